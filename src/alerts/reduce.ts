import type { Alert, Notice } from './alert.ts'
import type { AlertGroup, Member, MemberDetails } from './group.ts'
import { severities, severityOf, worst } from './severity.ts'

/** Members of a group that are kept one by one; more are only counted. */
export const mostMembers = 1_000
/** Members whose labels and annotations are kept. */
export const mostDetails = 50
/** Firings of one alert that are told apart. */
export const mostStarts = 20

/**
 * A firing that is told so soon after its own end is old news: the other Alertmanager of a pair, or a webhook sent again. Later it means that it
 * goes on (Prometheus was away, and Alertmanager took that for an end).
 */
export const settleMs = 60_000
/** A start so far in the future is a wrong clock: it does not make what follows look old. */
const skewMs = 300_000

/** `moved`: the card shows something else now. `heard`: only that it was heard of again. */
export type Reduced = { readonly group: AlertGroup; readonly news: 'moved' | 'heard' }

/**
 * What is known of a group after one more notice, heard `at` (store's clock). The order in which notices of the same minute come in and how
 * often they do make no difference, up to `mostMembers`.
 */
export function reduce(before: AlertGroup, notice: Notice, at: number): Reduced {
  const members = new Map(before.members.map((member) => [member.fingerprint, member]))
  for (const alert of notice.alerts) {
    const known = members.get(alert.fingerprint)
    // What is over and was dropped already is not counted once more.
    if (!known && alert.state === 'resolved' && members.size >= mostMembers) continue
    members.set(alert.fingerprint, known ? heardAgain(known, alert, at) : heardFirst(alert, at))
  }
  const kept = keep([...members.values()])
  const group = {
    ...stateOf(before, kept.members, at),
    members: kept.members,
    beyond: kept.beyond + notice.truncated,
    dropped: before.dropped + kept.dropped,
    heardAt: Math.max(before.heardAt, at),
    // The first one stays: each Alertmanager of a pair has its own.
    ...(before.externalUrl === undefined && notice.externalUrl !== undefined
      ? { externalUrl: notice.externalUrl }
      : {}),
  }
  return looksOf(group) === looksOf(before)
    ? { group, news: 'heard' }
    : { group: { ...group, changedAt: at }, news: 'moved' }
}

/** Members that were not heard of in time are over. */
export function expire(before: AlertGroup, at: number): AlertGroup {
  const members = before.members.map((member) =>
    member.overAt === undefined && member.expiresAt !== undefined && member.expiresAt <= at
      ? { ...member, overAt: at }
      : member,
  )
  return { ...stateOf(before, members, at), members, changedAt: at }
}

/** The source has not said anything for too long: all of it counts as over. */
export function unheard(before: AlertGroup, at: number): AlertGroup {
  const members = before.members.map((member) => (member.overAt === undefined ? { ...member, overAt: at } : member))
  return { ...stateOf(before, members, at), members, beyond: 0, changedAt: at, unheard: true }
}

function heardFirst(alert: Alert, at: number): Member {
  const { fingerprint, startsAt, labels } = alert
  return {
    fingerprint,
    severity: severityOf(labels['severity']),
    starts: [startsAt],
    heardAt: at,
    ...overOf(alert, at),
    ...expiryOf(alert, at),
    details: detailsOf(alert),
  }
}

function heardAgain(known: Member, alert: Alert, at: number): Member {
  const [newest = 0] = known.starts
  if (alert.startsAt === newest) return sameFiring(known, alert, at)
  const starts = [...new Set([alert.startsAt, ...known.starts])].sort((a, b) => b - a).slice(0, mostStarts)
  const wrongClock = newest > at + skewMs
  if (alert.startsAt < newest && !wrongClock) return { ...known, starts }
  const rest = starts.filter((start) => start !== alert.startsAt && !(wrongClock && start === newest))
  return { ...heardFirst(alert, at), starts: [alert.startsAt, ...rest] }
}

function sameFiring(known: Member, alert: Alert, at: number): Member {
  const { endsAt, overAt, expiresAt, ...open } = known
  if (alert.state === 'firing') {
    const oldNews = overAt !== undefined && at - overAt < settleMs
    return oldNews
      ? known
      : { ...open, severity: severityOf(alert.labels['severity']), ...expiryOf(alert, at), details: detailsOf(alert) }
  }
  const ended = Math.max(endsAt ?? 0, alert.endsAt ?? 0)
  return {
    ...open,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    overAt: overAt ?? at,
    ...(ended === 0 ? {} : { endsAt: ended }),
    details: known.details ?? detailsOf(alert),
  }
}

const overOf = ({ state, endsAt }: Alert, at: number): Pick<Member, 'overAt' | 'endsAt'> =>
  state === 'firing' ? {} : { overAt: at, ...(endsAt === undefined ? {} : { endsAt }) }

const expiryOf = ({ state, lastsMs }: Alert, at: number): Pick<Member, 'expiresAt'> =>
  state === 'resolved' || lastsMs === undefined ? {} : { expiresAt: at + lastsMs }

const detailsOf = ({ labels, annotations, generatorUrl }: Alert): MemberDetails => ({
  labels,
  annotations,
  ...(generatorUrl === undefined ? {} : { generatorUrl }),
})

export const isFiring = ({ overAt }: Member): boolean => overAt === undefined

/** Worst first, then those that fire longest; what is over stands last, the newest of it first. */
function inOrder(one: Member, other: Member): number {
  if (isFiring(one) !== isFiring(other)) return isFiring(one) ? -1 : 1
  const over = (other.overAt ?? 0) - (one.overAt ?? 0)
  const grave = rank(one) - rank(other)
  const since = (one.starts[0] ?? 0) - (other.starts[0] ?? 0)
  return over || grave || since || (one.fingerprint < other.fingerprint ? -1 : 1)
}

const rank = ({ severity }: Member): number => severities.indexOf(severity)

function keep(all: readonly Member[]) {
  const sorted = [...all].sort(inOrder)
  const left = sorted.slice(mostMembers)
  const members = sorted.slice(0, mostMembers).map((member, index): Member => {
    if (index < mostDetails) return member
    const { details: _, ...bare } = member
    return bare
  })
  const beyond = left.filter(isFiring).length
  return { members, beyond, dropped: left.length - beyond }
}

/** The group without what its members make of it, and that. */
function stateOf(before: AlertGroup, members: readonly Member[], at: number): AlertGroup {
  const { resolvedAt, unheard: wasUnheard, ...rest } = before
  const firing = members.filter(isFiring)
  if (firing.length > 0) return { ...rest, state: 'firing', severity: worst(firing.map(({ severity }) => severity)) }
  const severity = worst(members.map((member) => member.severity))
  return {
    ...rest,
    state: 'resolved',
    severity,
    resolvedAt: resolvedAt ?? at,
    ...(wasUnheard === undefined || resolvedAt === undefined ? {} : { unheard: wasUnheard }),
  }
}

/** Everything that the card shows of it, and nothing else: a rule has the address of whichever Prometheus of a pair was asked last. */
function looksOf({ heardAt: _, changedAt: __, resolvedAt: ___, members, ...rest }: AlertGroup): string {
  return JSON.stringify({ ...rest, members: members.map(looksOfMember) })
}

function looksOfMember({ heardAt: _, overAt, expiresAt: __, details, ...member }: Member) {
  const { generatorUrl: ___, ...shown } = details ?? { generatorUrl: '' }
  return { ...member, over: overAt !== undefined, shown }
}
