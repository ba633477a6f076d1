import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import { fingerprintOf, noticeOf } from './notice.ts'
import type { FiredAlert, Labels } from './notice.ts'

export interface DispatcherSettings {
  /** Labels that make a group. */
  readonly groupBy: readonly string[]
  /** Between a group's first alert and its first notice. */
  readonly groupWaitMs: number
  /** Between two notices of a group that changed. */
  readonly groupIntervalMs: number
  /** Between two notices that say the same. */
  readonly repeatMs: number
  /** Before a notice that was not taken is sent again. */
  readonly againMs: number
}

export const hasty: DispatcherSettings = {
  groupBy: ['alertname', 'cluster', 'namespace'],
  groupWaitMs: 1_500,
  groupIntervalMs: 4_000,
  repeatMs: 4 * 3_600_000,
  againMs: 2_000,
}

export interface DispatcherParts {
  readonly clock: Clock
  readonly settings: DispatcherSettings
  readonly externalUrl: () => string
  readonly isSilenced: (labels: Labels) => boolean
  /** Resolves true once the receiver has taken it. */
  readonly send: (notice: JsonObject) => Promise<boolean>
}

export interface Dispatcher {
  /** All that fires now: what fired before and is not among it is over. */
  tell(firing: readonly FiredAlert[]): void
  /** Somebody silenced something, or took that back. */
  stir(): void
  firing(): readonly FiredAlert[]
  stop(): void
}

interface Group {
  readonly labels: Labels
  readonly alerts: Map<string, FiredAlert>
  /** What the receiver knows: the firing ones. */
  told: string
  toldAt: number
  notBefore: number
  busy: boolean
  cancel: () => void
}

const nothing = (): void => {}

/** Alertmanager's way with alerts: gathered into groups, told when a group changes, told again until the receiver has it. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { clock, settings, isSilenced, send } = parts
  const groups = new Map<string, Group>()
  let stopped = false

  function groupFor(alert: FiredAlert): Group {
    const labels = Object.fromEntries(
      settings.groupBy.flatMap((name) => (alert.labels[name] === undefined ? [] : [[name, alert.labels[name]]])),
    )
    const key = JSON.stringify(labels)
    const known = groups.get(key)
    if (known) return known
    const notBefore = clock.now() + settings.groupWaitMs
    const group: Group = { labels, alerts: new Map(), told: '', toldAt: 0, notBefore, busy: false, cancel: nothing }
    groups.set(key, group)
    return group
  }

  function plan(group: Group): void {
    group.cancel()
    if (stopped || group.busy) return
    group.cancel = clock.after(Math.max(0, group.notBefore - clock.now()), () => flush(group))
  }

  const firingOf = (alerts: Iterable<FiredAlert>): string =>
    [...alerts]
      .flatMap(({ labels, endsAt }) => (endsAt === undefined ? [fingerprintOf(labels)] : []))
      .sort()
      .join()

  function flush(group: Group): void {
    const shown = [...group.alerts.values()].filter(({ labels }) => !isSilenced(labels))
    if (shown.length === 0) return forgetSilenced(group)
    const now = firingOf(shown)
    const isNews = now !== group.told || (now !== '' && clock.now() - group.toldAt >= settings.repeatMs)
    if (!isNews) return forgetOver(group, [])
    group.busy = true
    void send(noticeOf({ labels: group.labels, alerts: shown }, parts.externalUrl())).then((taken) => {
      group.busy = false
      group.notBefore = clock.now() + (taken ? settings.groupIntervalMs : settings.againMs)
      if (taken) {
        group.told = now
        group.toldAt = clock.now()
        forgetOver(group, shown)
      }
      if (groups.has(JSON.stringify(group.labels))) plan(group)
    })
  }

  /** What is over and was told so is nobody's business any more. */
  function forgetOver(group: Group, told: readonly FiredAlert[]): void {
    for (const alert of told) {
      const id = fingerprintOf(alert.labels)
      if (alert.endsAt !== undefined && group.alerts.get(id) === alert) group.alerts.delete(id)
    }
    if (group.told === '')
      for (const [id, { endsAt }] of group.alerts) if (endsAt !== undefined) group.alerts.delete(id)
    if (group.alerts.size === 0 && group.told === '') forget(group)
  }

  /** Of a group that is silenced as a whole nothing is told, not even that it is over. */
  function forgetSilenced(group: Group): void {
    for (const [id, { endsAt }] of group.alerts) if (endsAt !== undefined) group.alerts.delete(id)
    if (group.alerts.size === 0) forget(group)
  }

  function forget(group: Group): void {
    group.cancel()
    groups.delete(JSON.stringify(group.labels))
  }

  return {
    tell: (firing) => {
      const now = new Set(firing.map(({ labels }) => fingerprintOf(labels)))
      for (const alert of firing) {
        const group = groupFor(alert)
        const id = fingerprintOf(alert.labels)
        if (group.alerts.get(id)?.endsAt !== undefined || !group.alerts.has(id)) group.alerts.set(id, alert)
      }
      for (const group of groups.values()) {
        for (const [id, alert] of group.alerts)
          if (!now.has(id) && alert.endsAt === undefined) group.alerts.set(id, { ...alert, endsAt: clock.now() })
        plan(group)
      }
    },
    stir: () => {
      for (const group of groups.values()) plan(group)
    },
    firing: () =>
      [...groups.values()].flatMap(({ alerts }) => [...alerts.values()].filter(({ endsAt }) => endsAt === undefined)),
    stop: () => {
      stopped = true
      for (const group of groups.values()) group.cancel()
    },
  }
}
