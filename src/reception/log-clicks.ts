import { filterForm } from '../cards/log-follow.ts'
import { plain } from '../cards/plain.ts'
import { problemMessage } from '../cards/problem-card.ts'
import { isSamePerson } from '../chat/identity.ts'
import type { Click, FormErrors } from '../chat/incoming.ts'
import { regex } from '../command-line/arguments/regex.ts'
import { say } from '../cards/problem.ts'
import { levels } from '../logs/level.ts'
import type { FilterWish } from '../logs/filter.ts'
import { askedAbout } from '../logs/follow-record.ts'
import type { Follow } from '../logs/follow-record.ts'
import { alone } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'
import { aboutOf, formContext } from './form-context.ts'
import { refusalToRead } from './permission.ts'

const wishes = { 'logs.stop': 'stop', 'logs.pause': 'pause', 'logs.resume': 'resume', 'logs.file': 'file' } as const
export type FollowClick = keyof typeof wishes | 'logs.filter'

export const isFollowClick = (action: string): action is FollowClick => action === 'logs.filter' || action in wishes

/** Buttons under a follow. Whoever started it may always stop it; all else is for those who may read what it shows. */
export async function answerFollowClick(
  { action, value }: { readonly action: FollowClick; readonly value: Click['value'] },
  asking: Asking,
  desk: Desk,
): Promise<Answer> {
  const found = await followFor(value, action === 'logs.stop' ? 'stop' : 'read', { asking, desk })
  if (!found.ok) return found.answer
  if (action === 'logs.filter') {
    return { kind: 'form', form: filterForm(found.follow, formContext('logs.filter', asking, value), asking.texts) }
  }
  const done = await desk.follows.wish(value, { kind: wishes[action] })
  if (!done) return over(asking)
  return action === 'logs.file' ? alone(plain(asking.texts.logs.fileComing)) : { kind: 'silent' }
}

/** What is wrong with the patterns of the form, beside their fields. */
export function filterErrors(
  values: Readonly<Record<string, string>>,
  { texts }: Pick<Asking, 'texts'>,
): FormErrors | undefined {
  const errors = (['grep', 'exclude'] as const).flatMap((name) => {
    const own = values[name]
    const read = own === undefined ? undefined : regex('').read({ own, sides: {} })
    if (read === undefined || read.ok) return []
    const line = { line: own ?? '', at: 0, length: own?.length ?? 0 }
    const argument = { name, usage: `--${name} REGEX`, kind: 'regex' } as const
    const problem = { code: 'command_bad_value', verb: 'logs', usage: '', ...line, argument } as const
    return [[name, say({ ...problem, found: own ?? '', fault: read.fault }, texts.problems).sentence] as const]
  })
  return errors.length === 0 ? undefined : Object.fromEntries(errors)
}

/** The form behind the Filter button, sent off. */
export async function filterFrom(
  { context, values }: { readonly context: string; readonly values: Readonly<Record<string, string>> },
  asking: Asking,
  desk: Desk,
): Promise<Answer> {
  const id = aboutOf(context)
  const found = await followFor(id, 'read', { asking, desk })
  if (!found.ok) return found.answer
  const { grep, exclude } = values
  const level = levels.find((one) => one === values['level'])
  const { context: around } = found.follow.filter
  const filter: FilterWish = { grep, exclude, level, context: around }
  return (await desk.follows.wish(id, { kind: 'filter', filter })) ? { kind: 'silent' } : over(asking)
}

type Found = { readonly ok: true; readonly follow: Follow } | { readonly ok: false; readonly answer: Answer }

async function followFor(
  id: string,
  to: 'stop' | 'read',
  { asking, desk }: { readonly asking: Asking; readonly desk: Desk },
): Promise<Found> {
  const follow = await desk.follows.find(id)
  if (!follow) return { ok: false, answer: over(asking) }
  const { by, places } = follow
  if (to === 'stop' && isSamePerson(by, asking.person)) return { ok: true, follow }
  const cluster = [...desk.clusters.keys()].find((name) => name === follow.cluster)
  if (cluster === undefined) return { ok: false, answer: over(asking) }
  for (const place of places) {
    const refusal = await refusalToRead(asking, desk, { action: 'logs', cluster, ...askedAbout(place) })
    if (refusal) return { ok: false, answer: alone(problemMessage(refusal, asking.texts)) }
  }
  return { ok: true, follow }
}

const over = ({ texts }: Asking): Answer => alone(problemMessage({ code: 'logs_over' }, texts))
