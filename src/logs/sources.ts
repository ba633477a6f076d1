import type { Pod } from '../clusters/nouns.ts'

/** One container whose lines are read. */
export interface Source {
  readonly pod: string
  readonly container: string
}

/** Enough for any workload that a person can read along; more pods are counted, not read. */
export const mostSources = 50

/**
 * The container named; else what `kubectl.kubernetes.io/default-container` says, where the pod has it; else the first one. Pods that have
 * no such container, or have not come far enough to have logs, are left out.
 */
export function sourcesOf(pods: readonly Pod[], container: string | undefined): readonly Source[] {
  return pods
    .flatMap((pod): Source[] => {
      const main = pod.containers.filter(({ role }) => role === 'main')
      const wanted =
        container ??
        main.find(({ name }) => name === pod.defaultContainer)?.name ??
        main[0]?.name ??
        pod.containers[0]?.name
      const found = pod.containers.find(({ name }) => name === wanted)
      return found && hasLogs(found) ? [{ pod: pod.name, container: found.name }] : []
    })
    .slice(0, mostSources)
}

const hasLogs = ({ state, last, restarts }: Pod['containers'][number]): boolean =>
  state === 'running' || state === 'terminated' || last !== undefined || restarts > 0
