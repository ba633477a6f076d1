import type { AlertGroup } from '../alerts/group.ts'
import { isFiring } from '../alerts/reduce.ts'
import { common, labelsOf } from '../alerts/workload.ts'
import { shortened } from '../shortened.ts'
import type { Texts } from './texts/en.ts'

/** What the cards of a group say in several places. */

const longestName = 120

/** The alert's name, or up to three where the group has several. */
export function nameOf(group: AlertGroup, { alerts: words }: Texts): string {
  const names = [...new Set(labelsOf(group).map((labels) => labels['alertname'] ?? ''))].filter((name) => name !== '')
  const [first] = names
  const name = first === undefined ? words.unnamed : names.slice(0, 3).join(', ')
  return shortened(group.source === 'readback' ? words.watchdogSilent(name) : name, longestName)
}

/** `prod shop/web`: as much of it as all alerts of the group have in common. */
export function placeOf(group: AlertGroup): string {
  const all = labelsOf(group)
  const { workload } = group
  const cluster = workload?.cluster ?? common(all, 'cluster')
  const namespace = workload?.namespace ?? common(all, 'namespace')
  const name = workload?.name ?? common(all, 'pod') ?? common(all, 'node') ?? common(all, 'instance')
  const object = [namespace, name].filter((part) => part !== undefined).join('/')
  return shortened([cluster, object].filter((part) => part !== undefined && part !== '').join(' '), 160)
}

export interface Counts {
  readonly firing: number
  readonly resolved: number
}

/** Those beyond the list count as firing, those that were dropped from it as resolved. */
export function countsOf({ members, beyond, dropped }: AlertGroup): Counts {
  const firing = members.filter(isFiring).length
  return { firing: firing + beyond, resolved: members.length - firing + dropped }
}

/** Since when the oldest firing goes on (or went on), and no later than we heard of it: clocks of sources may be wrong. */
export function sinceOf({ members, openedAt }: AlertGroup): number {
  const meant = members.some(isFiring) ? members.filter(isFiring) : members
  const starts = meant.map(({ starts: [start = 0], heardAt }) => (start > 0 ? Math.min(start, heardAt) : heardAt))
  return starts.length === 0 ? openedAt : Math.min(...starts)
}

/** What its author wrote about it, in the reader's language where there is one: a line, and perhaps more. */
export function tellingsOf(group: AlertGroup, { alerts: words }: Texts): readonly string[] {
  const annotations = group.members.find(({ details }) => details)?.details?.annotations ?? {}
  const own = (...names: readonly string[]): string =>
    names.map((name) => annotations[name]?.trim() ?? '').find((text) => text !== '') ?? ''
  const line = words.inYourLanguage(own('summary', 'message'), own('summaryCn', 'summary_cn'))
  const more = own('description')
  return [shortened(line, 400), ...(more === line ? [] : [shortened(more, 800)])].filter((text) => text !== '')
}
