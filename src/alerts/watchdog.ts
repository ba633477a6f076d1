import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Change, Collection, Store } from '../store/store.ts'
import { put, remove } from '../store/store.ts'
import { Labels } from './alert.ts'
import type { Alert, Notice } from './alert.ts'
import { matches } from './routes.ts'
import type { LabelMatch } from './routes.ts'

/** An alert that must keep coming; `silenceMs` without it is an alarm of its own. */
export interface WatchdogRule {
  readonly match: LabelMatch
  readonly silenceMs: number
}

const Watchdog = z.object({
  labels: Labels,
  /** When it was last heard of, or expected from (store's clock). */
  heardAt: z.number(),
  /** When it has been silent for too long. */
  deadline: z.number(),
  /** It is silent, and that was said: repeated once a day while it lasts. */
  silentSince: z.number().exactOptional(),
})
export type Watchdog = Readonly<z.infer<typeof Watchdog>>

/** Due when silence is to be said (again). */
export const watchdogs: Collection<Watchdog> = {
  name: 'alert-watchdogs',
  parse: (raw) => Watchdog.parse(raw),
  due: ({ deadline }) => deadline,
}

const dayMs = 86_400_000
/** One that is silent for so long was taken down: it is not waited for any more. */
const forgottenMs = 30 * dayMs

/** Stands for all that may come, until the first one does. */
const anyWatchdog = 'any'

const idOf = (alert: Alert): string => createHash('sha256').update(alert.fingerprint).digest('hex').slice(0, 32)

export const isWatchdog = (rule: WatchdogRule | undefined, alert: Alert): boolean =>
  rule !== undefined && matches(rule.match, alert.labels)

/** A watchdog was heard of: it is waited for anew, and if it had been silent, that is over. */
export async function heardWatchdog(
  alert: Alert,
  rule: WatchdogRule,
  { store, at }: { readonly store: Pick<Store, 'get'>; readonly at: number },
): Promise<{ readonly id: string; readonly changes: readonly Change[]; readonly notices: readonly Notice[] }> {
  const id = idOf(alert)
  const [known, any] = await Promise.all([store.get(watchdogs, id), store.get(watchdogs, anyWatchdog)])
  const expected = any ? [remove(watchdogs, anyWatchdog, any.version)] : []
  const awaited = any?.value.silentSince === undefined ? [] : [silence(anyWatchdog, any.value, 'resolved')]
  // Its own end is the alarm: nothing has to be waited for.
  const deadline = alert.state === 'resolved' ? at : at + rule.silenceMs
  if (alert.state === 'resolved' && known?.value.silentSince !== undefined) return { id, changes: [], notices: [] }
  const value: Watchdog = { labels: alert.labels, heardAt: at, deadline }
  return {
    id,
    changes: [...expected, put(watchdogs, { id, value, expect: known?.version ?? 'absent' })],
    notices: [...awaited, ...(known?.value.silentSince === undefined ? [] : [silence(id, known.value, 'resolved')])],
  }
}

/** What one that is due comes to. */
export type Silenced =
  /** It was taken down long ago. */
  | { readonly kind: 'forget' }
  /** First `marked` is stored, so that its return is known to end something; then `notice` goes its way; then `said` is stored. */
  | { readonly kind: 'say'; readonly marked: Watchdog; readonly notice: Notice; readonly said: Watchdog }

/** Saying it once more after a crash between these three makes no difference. */
export function silenced(id: string, watchdog: Watchdog, at: number): Silenced {
  const silentSince = watchdog.silentSince ?? watchdog.deadline
  if (at - silentSince > forgottenMs) return { kind: 'forget' }
  const marked = { ...watchdog, silentSince }
  return { kind: 'say', marked, notice: silence(id, marked, 'firing'), said: { ...marked, deadline: at + dayMs } }
}

/**
 * When a bot begins to wait: where none was ever heard of, one is expected from now on; where the time ran out while the bot was away, it could
 * not hear, so that time begins anew, once. Those of an earlier configuration are not waited for.
 */
export async function awaitWatchdogs(
  rule: WatchdogRule,
  { store, at }: { readonly store: Pick<Store, 'list'>; readonly at: number },
): Promise<readonly Change[]> {
  const all = await store.list(watchdogs, { limit: 1_000 })
  const known = all.filter(({ value }) => matches(rule.match, value.labels))
  const strange = all
    .filter((one) => !known.includes(one) && (one.id !== anyWatchdog || known.length > 0))
    .map(({ id, version }) => remove(watchdogs, id, version))
  if (known.length === 0) {
    const before = all.find(({ id }) => id === anyWatchdog)?.version ?? 'absent'
    const labels = Object.fromEntries([...rule.match].map(([label, [value = '']]) => [label, value]))
    const value: Watchdog = { labels, heardAt: at, deadline: at + rule.silenceMs }
    return [...strange, put(watchdogs, { id: anyWatchdog, value, expect: before })]
  }
  const graced = known.filter(
    ({ value: { silentSince, deadline, heardAt } }) =>
      silentSince === undefined && deadline < at && deadline === heardAt + rule.silenceMs,
  )
  const again = graced.map(({ id, value, version }) =>
    put(watchdogs, { id, value: { ...value, deadline: at + rule.silenceMs }, expect: version }),
  )
  return [...strange, ...again]
}

/** The one that stands for all, though one was heard of: both were written at the same moment. */
export const isSuperfluous = async (id: string, store: Pick<Store, 'list'>): Promise<boolean> =>
  id === anyWatchdog && (await store.list(watchdogs, { limit: 2 })).length > 1

/** The bot's own alert about it, which goes the way of all others. */
function silence(id: string, { labels, heardAt, silentSince }: Watchdog, state: Alert['state']): Notice {
  const startsAt = silentSince ?? heardAt
  return {
    source: 'readback',
    groupKey: `watchdog/${id}`,
    groupLabels: {},
    truncated: 0,
    alerts: [{ fingerprint: id, state, startsAt, labels: { ...labels, severity: 'critical' }, annotations: {} }],
  }
}
