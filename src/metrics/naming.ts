import type { Found } from './answers.ts'
import type { Asking } from './preset.ts'
import { extentOf } from './series.ts'
import type { Labels, Series } from './series.ts'

/** A picture on a phone bears no more lines. */
export const mostSeries = 10

/** `prod · p99 · web-1`: whatever tells a series from the others of its panel. */
export function nameOf(parts: readonly (string | undefined)[], otherwise: string): string {
  const said = parts.filter((part) => part !== undefined && part !== '')
  return said.length === 0 ? otherwise : said.join(' · ')
}

/** Names of a preset's series: its parts, then the values of the labels that it is split by. */
export const namesOfTrace =
  ({ subject, by }: Pick<Asking, 'subject' | 'by'>, parts: readonly (string | undefined)[]) =>
  (labels: Labels): string =>
    nameOf([...parts, splitOf(labels, by)], subject.name)

/** Names of a query's series on one cluster: all that tells them apart. */
export const namesOfQuery =
  ({ cluster }: { readonly cluster: string }, prefix: string | undefined) =>
  (found: readonly Pick<Found, 'labels'>[]): ((labels: Labels) => string) => {
    const apart = namesApart(found)
    return (labels) => nameOf([prefix, apart(labels)], cluster)
  }

/** Values of the labels it is split by. */
const splitOf = (labels: Labels, by: readonly string[]): string => by.flatMap((label) => labels[label] ?? []).join(' ')

/** `code="500", pod="web-1"`: all that tells one series of a query from the others; what all share is left out. */
export function namesApart(found: readonly Pick<Found, 'labels'>[]): (labels: Labels) => string {
  const keys = [...new Set(found.flatMap(({ labels }) => Object.keys(labels)))].filter(
    (key) => found.length === 1 || new Set(found.map(({ labels }) => labels[key])).size > 1,
  )
  return (labels) =>
    keys
      .filter((key) => key !== '__name__' && labels[key] !== undefined)
      .map((key) => `${key}=${JSON.stringify(labels[key])}`)
      .join(', ')
}

/** Largest last value first, those without any value last; no more than a picture bears. */
export function foremost(series: readonly Series[]): { readonly series: readonly Series[]; readonly unshown: number } {
  const ordered = series
    .map((each) => ({ each, weight: extentOf(each)?.last.value ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => b.weight - a.weight || a.each.name.localeCompare(b.each.name))
    .map(({ each }) => each)
  return { series: ordered.slice(0, mostSeries), unshown: Math.max(0, ordered.length - mostSeries) }
}
