import type { Change, Commit } from '../store.ts'
import type { Document } from './document.ts'
import type { Effect } from './tables.ts'

export type Standing = (collection: string, id: string) => Document | undefined

/** Whether a commit holds against what stands there, and what it comes to. A passed deadline is told before a conflict. */
export function weigh(
  changes: readonly Change[],
  now: number,
  standing: Standing,
): { readonly answer: Commit; readonly effects: readonly Effect[] } {
  for (const { notAfter, collection, id } of changes) {
    if (notAfter !== undefined && now > notAfter)
      return { answer: { ok: false, reason: 'too_late', collection, id }, effects: [] }
  }
  const effects: Effect[] = []
  for (const change of changes) {
    const { collection, id } = change
    const present = standing(collection, id)
    if (!holds(change, present)) return { answer: { ok: false, reason: 'conflict', collection, id }, effects: [] }
    const effect = effectOf(change, present)
    if (effect !== undefined) effects.push(effect)
  }
  return { answer: { ok: true }, effects }
}

function holds({ expect }: Change, present: Document | undefined): boolean {
  if (expect === 'any') return true
  return expect === 'absent' ? present === undefined : present?.version === expect
}

function effectOf({ kind, collection, id, body }: Change, present: Document | undefined): Effect | undefined {
  if (kind === 'remove') return present === undefined ? undefined : { collection, id, document: undefined }
  if (kind === 'check' || body === undefined) return undefined
  const due = body.due !== undefined && Number.isFinite(body.due) ? body.due : undefined
  const version = (present?.version ?? 0) + 1
  return { collection, id, document: { id, version, json: body.json, keys: [...new Set(body.keys)], due } }
}
