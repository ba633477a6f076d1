import { trafficOf } from '../company/traffic.ts'
import { readCluster } from './cluster-reading.ts'
import { containerMetrics } from './metrics/container-metrics.ts'
import { httpMetrics } from './metrics/http-metrics.ts'
import { createLoad } from './metrics/load.ts'
import type { Load } from './metrics/load.ts'
import { podMetrics } from './metrics/pod-metrics.ts'
import { createWorkloadMetrics } from './metrics/workload-metrics.ts'
import type { PodTrack } from './pod-track.ts'
import { createPopulation, rememberedMs } from './population.ts'
import { matches } from './promql/matching.ts'
import type { Storage } from './promql/storage.ts'
import { scraped, keptEveryMs } from './scrapes.ts'
import type { Exposed } from './scrapes.ts'

/** The numbers of one simulated cluster: computed for the two weeks before, following the cluster from then on. */
export interface Database extends Storage {
  /** The cluster has changed. */
  observe(): void
}

export interface DatabaseOptions {
  readonly name: string
  readonly environment: string
  readonly cluster: Parameters<typeof readCluster>[0]
  readonly now: () => number
}

export function createDatabase({ name, environment, cluster, now }: DatabaseOptions): Database {
  const openedAt = now()
  const population = createPopulation({ seed: name, openedAt })
  const workloads = createWorkloadMetrics({ openedAt, from: openedAt - rememberedMs })
  const loads = new Map<string, Load>()
  const ofPods = new WeakMap<PodTrack, readonly Exposed[]>()

  const loadOf = (workload: string): Load => {
    const known = loads.get(workload)
    if (known !== undefined) return known
    const profile = trafficOf(workload.split('/')[2] ?? '', environment === 'production' ? 'production' : 'test')
    const load = createLoad(`${name} ${workload}`, { profile, pods: population.usual(workload) })
    loads.set(workload, load)
    return load
  }
  const ofPod = (track: PodTrack): readonly Exposed[] => {
    const known = ofPods.get(track)
    if (known !== undefined) return known
    const load = loadOf(track.facts.workload)
    const made = [...containerMetrics(track, load), ...podMetrics(track), ...httpMetrics(track, load)]
    ofPods.set(track, made)
    return made
  }
  const observe = (): void => {
    const seen = readCluster(cluster)
    population.observe(seen, now())
    workloads.observe(seen.workloads, now())
  }
  observe()

  return {
    observe,
    select: (matchers, { from, to }) => {
      const moment = now()
      // Series of pods that nobody asked for are not even made: there are thousands.
      const aboutPods = matchers.filter(({ label }) => label === 'namespace' || label === 'pod')
      const pods = population
        .pods()
        .filter(({ facts: { namespace, name: pod } }) =>
          matches(new Map(Object.entries({ namespace, pod })), aboutPods),
        )
      // A series that ended is still read once more, for its being gone.
      return [...pods.flatMap(ofPod), ...workloads.exposed()]
        .filter(
          ({ life, labels }) => life.from <= to && (life.to() ?? to) + keptEveryMs > from && matches(labels, matchers),
        )
        .map((one) => scraped(one, moment))
    },
  }
}
