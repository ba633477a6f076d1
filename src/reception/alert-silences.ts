import { isDeepStrictEqual } from 'node:util'
import { silencedBy, unsilenced } from '../alerts/deeds.ts'
import type { AlertGroup } from '../alerts/group.ts'
import type { Matcher } from '../alerts/matchers.ts'
import { matchersOf, writeMatcher } from '../alerts/matchers.ts'
import { reachOfGroup, reachOfMatchers } from '../alerts/reach.ts'
import type { Refusal } from '../policy/decision.ts'
import { change, record } from './alert-acts.ts'
import { clustersOf, findGroup, refusalWithin, refused } from './alert-groups.ts'
import type { Acted, Acting } from './alert-groups.ts'

const leastMs = 30 * 60_000
const mostMs = 24 * 3_600_000

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

/** Matchers are free text: what they reach beyond the alert is decided like the alert itself. */
async function refusalToSilence(
  group: AlertGroup,
  matchers: readonly Matcher[],
  acting: Acting,
): Promise<Refusal | undefined> {
  const clusters = clustersOf(acting)
  const reach = reachOfMatchers(matchers, clusters)
  // All that makes the group is asked for, so nothing beyond it is reached.
  const within = matchersOf(group).every((one) => matchers.some((other) => isDeepStrictEqual(one, other)))
  if (within && isDeepStrictEqual(reach, reachOfGroup(group, clusters))) return undefined
  return refusalWithin({ ...reach, extent: 'all' }, 'silence', acting)
}
