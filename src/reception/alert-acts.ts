import { isDeepStrictEqual } from 'node:util'
import { acknowledge, silencedBy, unacknowledge, unsilenced } from '../alerts/deeds.ts'
import { groupOfCard, readAlertGroupId } from '../alerts/group.ts'
import type { AlertGroup, AlertGroupId } from '../alerts/group.ts'
import type { Matcher } from '../alerts/matchers.ts'
import { writeMatcher } from '../alerts/matchers.ts'
import type { AlertProblem } from '../alerts/problems.ts'
import { reachOfGroup, reachOfMatchers } from '../alerts/reach.ts'
import type { Reach } from '../alerts/reach.ts'
import { clusterOf } from '../alerts/workload.ts'
import type { AlertNotes } from '../cards/alert-notes.ts'
import type { Place } from '../chat/incoming.ts'
import type { Action, Refusal } from '../policy/decision.ts'
import type { Asking } from './asking.ts'
import { spokenBy } from './desk.ts'
import type { Desk } from './desk.ts'
import { refusalToRead } from './permission.ts'

export type Acted =
  | { readonly ok: true; readonly group: AlertGroup }
  | { readonly ok: false; readonly problem: AlertProblem | Refusal }

export interface Acting {
  readonly asking: Asking
  readonly desk: Desk
}

const leastMs = 30 * 60_000
const mostMs = 24 * 3_600_000

const refused = (problem: AlertProblem | Refusal): Acted => ({ ok: false, problem })

/** The group in whose thread that is. */
export async function groupOfThread({ channel, thread }: Place, desk: Desk): Promise<AlertGroupId | undefined> {
  const card = thread === undefined ? undefined : await desk.cardAt({ channel, ts: thread })
  return card === undefined ? undefined : groupOfCard(card)
}

/** The group that is meant, if whoever asks may do that about it. */
export async function findGroup(typed: string | undefined, action: Action, { asking, desk }: Acting): Promise<Acted> {
  const id = typed === undefined ? await groupOfThread(asking.place, desk) : readAlertGroupId(typed)
  if (id === undefined)
    return refused(typed === undefined ? { code: 'alert_unnamed' } : { code: 'alert_unknown', id: typed })
  const found = await desk.alerts.ledger.get(id)
  if (!found) return refused({ code: 'alert_unknown', id })
  const refusal = await refusalToTouch(found.value, action, { asking, desk })
  return refusal ? refused(refusal) : { ok: true, group: found.value }
}

/** Decided where the alerts are. Those that belong to no configured cluster are for those who may do it on all of them. */
export const refusalToTouch = (group: AlertGroup, action: Action, acting: Acting): Promise<Refusal | undefined> =>
  refusalWithin(reachOfGroup(group, clustersOf(acting)), action, acting)

async function refusalWithin(
  { cluster: named, namespace, name }: Reach,
  action: Action,
  { asking, desk }: Acting,
): Promise<Refusal | undefined> {
  const all = [...desk.clusters.keys()]
  // A namespace of an unknown cluster is not that of ours.
  const within = {
    action,
    ...(named === undefined || namespace === undefined ? {} : { namespace }),
    ...(named === undefined || namespace === undefined || name === undefined ? {} : { name }),
  }
  for (const cluster of all.filter((each) => named === undefined || each === named)) {
    const refusal = await refusalToRead(asking, desk, { ...within, cluster })
    if (refusal) return refusal
  }
  return undefined
}

const clustersOf = ({ desk }: Acting): ReadonlySet<string> => new Set(desk.clusters.keys())

/** Matchers are free text: what they reach beyond the alert is decided like the alert itself. */
async function refusalToSilence(
  group: AlertGroup,
  matchers: readonly Matcher[],
  acting: Acting,
): Promise<Refusal | undefined> {
  const reach = reachOfMatchers(matchers, clustersOf(acting))
  if (isDeepStrictEqual(reach, reachOfGroup(group, clustersOf(acting)))) return undefined
  return refusalWithin(reach, 'silence', acting)
}

export async function acknowledgeGroup(typed: string | undefined, acting: Acting): Promise<Acted> {
  const found = await findGroup(typed, 'ack', acting)
  if (!found.ok) return found
  const { asking, desk } = acting
  await record({ what: 'ack', group: found.group }, acting)
  const at = await desk.store.now()
  return change(found.group.id, acting, (group) => {
    const deed = acknowledge(group, asking.person, at)
    if (!deed.ok || !deed.next) return deed
    const note = group.acknowledged ? [] : desk.alerts.notes.acknowledged(deed.next, { by: asking.person, at })
    return { ...deed, with: note }
  })
}

export async function unacknowledgeGroup(typed: string | undefined, acting: Acting): Promise<Acted> {
  const found = await findGroup(typed, 'ack', acting)
  if (!found.ok) return found
  const { asking, desk } = acting
  await record({ what: 'unack', group: found.group }, acting)
  const at = await desk.store.now()
  return change(found.group.id, acting, (group) => {
    const deed = unacknowledge(group, at)
    if (!deed.ok || !deed.next) return deed
    return { ...deed, with: desk.alerts.notes.unacknowledged(deed.next, { by: asking.person, at }) }
  })
}

export interface SilenceWish {
  readonly id: string
  readonly matchers: (group: AlertGroup) => readonly Matcher[]
  readonly lastingMs: number
  readonly reason: string
}

/** First at the Alertmanager, then on the card: whoever looks at the card can trust it. Once more after a crash finds what was made. */
export async function silenceGroup(wish: SilenceWish, acting: Acting): Promise<Acted> {
  const found = await findGroup(wish.id, 'silence', acting)
  if (!found.ok) return found
  const { asking, desk } = acting
  const { silences, notes, creator } = desk.alerts
  const { lastingMs } = wish
  // It leaves the bot for a place that shows it to others.
  const reason = desk.mask(wish.reason)
  if (!(lastingMs >= leastMs && lastingMs <= mostMs)) return refused({ code: 'silence_length' })
  if (!silences) return refused({ code: 'alertmanager_absent' })
  const matchers = wish.matchers(found.group)
  if (matchers.length === 0) return refused({ code: 'silence_matchers', part: '' })
  const refusal = await refusalToSilence(found.group, matchers, acting)
  if (refusal) return refused(refusal)
  const texts = matchers.map(writeMatcher)
  await record({ what: 'silence', group: found.group, details: { matchers: texts, lastingMs, reason } }, acting)
  const from = await desk.store.now()
  const until = from + lastingMs
  const by = asking.person
  const { id, silence } = found.group
  const replaces = silence === undefined ? {} : { replaces: silence.id }
  const made = await silences.make({ group: id, matchers, from, until, createdBy: creator(by), reason, ...replaces })
  if (!made.ok) return refused(made.problem)
  const kept = new Set([undefined, silence?.id, made.id])
  let displaced: string | undefined
  const changed = await change(id, acting, (group) => {
    displaced = group.silence?.id
    const next = silencedBy(group, { id: made.id, by, at: from, until, reason })
    return { ok: true, next, with: notes.silenced(next, { by, at: from, matchers: texts, until, reason }) }
  })
  // Somebody else has silenced it in the same moment: whoever came second ends what the card does not show any more.
  const ended = displaced === undefined || kept.has(displaced) ? undefined : await silences.endOne(displaced)
  return ended?.ok === false ? refused(ended.problem) : changed
}

export async function unsilenceGroup(typed: string | undefined, acting: Acting): Promise<Acted> {
  const found = await findGroup(typed, 'silence', acting)
  if (!found.ok) return found
  const { asking, desk } = acting
  const { silences, notes } = desk.alerts
  const { silence, id } = found.group
  if (!silence) return asking.again ? found : refused({ code: 'silence_none', id })
  if (!silences) return refused({ code: 'alertmanager_absent' })
  await record({ what: 'unsilence', group: found.group }, acting)
  const ended = await silences.end({ id: silence.id, group: id })
  if (!ended.ok) return refused(ended.problem)
  const at = await desk.store.now()
  return change(id, acting, (group) => {
    if (group.silence?.id !== silence.id) return { ok: true }
    const next = unsilenced(group)
    return { ok: true, next, with: notes.unsilenced(next, { by: asking.person, at }) }
  })
}

type Changing =
  | {
      readonly ok: true
      readonly next?: AlertGroup | undefined
      readonly with?: ReturnType<AlertNotes['acknowledged']>
    }
  | { readonly ok: false; readonly problem: AlertProblem }

async function change(id: AlertGroupId, { desk }: Acting, deed: (group: AlertGroup) => Changing): Promise<Acted> {
  let problem: AlertProblem | undefined
  const stored = await desk.alerts.ledger.amend(id, (group) => {
    const done = deed(group)
    problem = done.ok ? undefined : done.problem
    if (!done.ok || !done.next) return undefined
    return { next: done.next, ...(done.with ? { with: done.with } : {}) }
  })
  if (problem) return refused(problem)
  return stored ? { ok: true, group: stored.value } : refused({ code: 'alert_unknown', id })
}

/** On the trail, after the decision that allows it and before it is done. */
async function record(
  act: {
    readonly what: 'ack' | 'unack' | 'silence' | 'unsilence'
    readonly group: AlertGroup
    readonly details?: Readonly<Record<string, string | number | readonly string[]>>
  },
  { asking, desk }: Acting,
): Promise<void> {
  const { what, group, details = {} } = act
  await asking.recording.done()
  const cluster = clusterOf(group, new Set(desk.clusters.keys()))
  const name = group.members.find((member) => member.details)?.details?.labels['alertname']
  await desk.audit.record({
    what,
    who: spokenBy(asking.person),
    ...(cluster === undefined ? {} : { cluster }),
    channel: asking.place.channel,
    details: { alert: group.id, ...(name === undefined ? {} : { name }), ...details },
  })
}
