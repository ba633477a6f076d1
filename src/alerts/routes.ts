import type { ChannelId, GroupId, UserId } from '../chat/identity.ts'
import type { Recurrence } from '../time/recurrence.ts'
import type { Alert, Labels, Notice } from './alert.ts'

export interface EscalationStep {
  readonly afterMs: number
  readonly mention: GroupId | UserId
}

/** Label → values, one of which an alert must carry. */
export type LabelMatch = ReadonlyMap<string, readonly string[]>

export interface Route {
  readonly match: LabelMatch
  readonly channel: ChannelId
  readonly escalate: readonly EscalationStep[]
  /** While it is on, posts carry no mentions; nothing is held back. */
  readonly quiet: Recurrence | undefined
}

/** The last one matches everything. */
export type Routes = readonly [Route, ...Route[]]

export const matches = (match: LabelMatch, labels: Labels): boolean =>
  [...match].every(([label, values]) => values.includes(labels[label] ?? ''))

/** The first route that matches. */
export function routeOf(routes: Routes, labels: Labels): Route {
  return routes.find(({ match }) => matches(match, labels)) ?? routes[0]
}

/** The last route: where things go that fit nowhere else. */
export const usualRoute = (routes: Routes): Route => routes.at(-1) ?? routes[0]

/** The first in the file among the routes of several alerts that stand on one card. */
export function foremost(routes: Routes, all: readonly Labels[]): Route {
  const meant = new Set(all.map((labels) => routeOf(routes, labels)))
  return routes.find((route) => meant.has(route)) ?? usualRoute(routes)
}

export interface RoutedNotice {
  readonly route: Route
  readonly notice: Notice
}

/** One notice for each channel that its alerts go to: every alert stands where its own labels say. */
export function routed(routes: Routes, notice: Notice): readonly RoutedNotice[] {
  const parts = new Map<ChannelId, Alert[]>()
  for (const alert of notice.alerts) {
    const { channel } = routeOf(routes, alert.labels)
    const part = parts.get(channel) ?? []
    part.push(alert)
    parts.set(channel, part)
  }
  return [...parts].map(([channel, alerts], index) => ({
    route: foremost(
      routes,
      alerts.map(({ labels }) => labels),
    ),
    notice: {
      ...notice,
      alerts,
      groupKey: `${notice.groupKey}\n${channel}`,
      truncated: index === 0 ? notice.truncated : 0,
    },
  }))
}
