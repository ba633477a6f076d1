import { gathered } from '../pod-track.ts'
import type { PodTrack, Run, Warmth } from '../pod-track.ts'
import type { Exposed } from '../scrapes.ts'
import { exposed } from './exposed.ts'
import { chill, failures, slowdown, slowness } from './load.ts'
import type { Load, RequestKind } from './load.ts'

const bounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, Number.POSITIVE_INFINITY] as const

/** What the service itself exposes: every request once in its counter and once in its histogram. */
export function httpMetrics(track: PodTrack, load: Load): readonly Exposed[] {
  const { namespace, name: pod, container } = track.facts
  const make = exposed({ job: container, instance: `${pod}:8080`, namespace, pod, container }, track)
  const running =
    (value: (run: Run, moment: number) => number): Exposed['value'] =>
    (moment) => {
      const run = track.runAt(moment)
      return run && value(run, moment)
    }
  const slower = slowness(track.facts.tag)
  /** `weight` says what one request counts where requests take so many times their usual time. */
  const counted = (kind: RequestKind, weight: (times: number) => number) => {
    const known = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()] as const
    const full = (share: number, warmth: Warmth): number => {
      const found = known[warmth].get(share)
      if (found !== undefined) return found
      const crowding = load.crowding(share)
      const times = slowdown(crowding) * chill[warmth] * slower
      const made = weight(times) * (kind.code < '500' ? 1 : failures(crowding) * slower)
      known[warmth].set(share, made)
      return made
    }
    return (run: Run, moment: number): number =>
      kind.perSecond * gathered(run, moment, { wave: kind.wave, weight: full })
  }
  const requests = load.kinds.map((kind) => {
    const count = counted(kind, () => 1)
    return make(
      'http_requests_total',
      { method: kind.method, code: kind.code },
      running((run, at) => Math.floor(count(run, at))),
    )
  })
  const methods = [...new Set(load.kinds.map(({ method }) => method))]
  const durations = methods.flatMap((method) => {
    const kinds = load.kinds.filter((kind) => kind.method === method)
    const buckets = bounds.map((bound) => {
      const counts = kinds.map((kind) => counted(kind, (times) => within(bound, kind.median * times)))
      const le = bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound)
      return { le, value: running((run, at) => sumOf(counts, (count) => Math.floor(count(run, at)))) }
    })
    const times = kinds.map((kind) => counted(kind, (times) => 1.21 * kind.median * times))
    return [
      ...buckets.map(({ le, value }) => make('http_request_duration_seconds_bucket', { method, le }, value)),
      ...buckets.slice(-1).map(({ value }) => make('http_request_duration_seconds_count', { method }, value)),
      make(
        'http_request_duration_seconds_sum',
        { method },
        running((run, at) => sumOf(times, (time) => time(run, at))),
      ),
    ]
  })
  return [make('up', {}, (at) => (track.runAt(at) === undefined ? 0 : 1)), ...requests, ...durations]
}

/** The share of requests that take at most so long, where half of them take the median: log-logistic, with a long tail. */
const within = (bound: number, median: number): number => 1 / (1 + (median / bound) ** 3)

const sumOf = <Item>(items: readonly Item[], value: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0)
