import type { Json } from '../../../json.ts'
import { isList, isObject, textOf } from '../json-values.ts'
import type { File } from '../world/state.ts'
import type { Workplace } from './method.ts'

const shownTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/gif']

/** Seen processed: not before, and Slack says no type of it until then. */
export const isProcessed = (file: File, now: number): boolean =>
  file.state === 'complete' && (file.processedAt ?? 0) <= now

/** Every `slack_file` in blocks, with where it stands. */
export function pointedFiles(value: Json, pointer: string): { readonly id: string; readonly pointer: string }[] {
  if (isList(value)) return value.flatMap((one, index) => pointedFiles(one, `${pointer}/${index}`))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name !== 'slack_file') return pointedFiles(inner, `${pointer}/${name}`)
    const id = isObject(inner) ? textOf(inner['id']) : undefined
    return id === undefined ? [] : [{ id, pointer: `${pointer}/${name}` }]
  })
}

/** What Slack says of blocks that point at files: it has to know them, and to have looked through them. */
export function fileProblems(blocks: Json, { world, clock }: Workplace): string[] {
  return pointedFiles(blocks, '/blocks').flatMap(({ id, pointer }) => {
    const file = world.state.files.find((one) => one.id === id)
    const shown = file !== undefined && isProcessed(file, clock.now()) && shownTypes.includes(file.mimetype)
    return shown ? [] : [`invalid slack file [json-pointer:${pointer}]`]
  })
}
