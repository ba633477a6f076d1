import type { Pod, PodContainer } from '../clusters/nouns.ts'

/** One container whose lines are read. */
export interface Source {
  readonly namespace: string
  readonly pod: string
  readonly uid: string
  readonly container: string
  readonly restarts: number
}

/** A pod that has nothing to read, in the cluster's words. */
export interface Waiting {
  readonly pod: string
  readonly reason: string
}

/** What there is to read of pods. */
export interface Sources {
  readonly sources: readonly Source[]
  /** Containers beyond the limit, which are not read. */
  readonly over: number
  readonly waiting: readonly Waiting[]
}

/** Enough for any workload that a person can read along. Each is a connection to the cluster. */
export const mostSources = 120

/** All containers of a pod, where it has none of that name. */
const allContainers = 'all'

/**
 * The container named (init and ephemeral ones too), or `all`; else what `kubectl.kubernetes.io/default-container` says, where the pod has it;
 * else the first one.
 */
export function sourcesOf(pods: readonly Pod[], container: string | undefined): Sources {
  const waiting: Waiting[] = []
  const sources = pods.flatMap((pod): Source[] => {
    const wanted = wantedOf(pod, container)
    const readable = pod.reasons.some(({ reason }) => reason === 'Evicted') ? [] : wanted.filter(hasLogs)
    if (readable.length === 0) waiting.push({ pod: pod.name, reason: whyNot(pod, wanted, container) })
    const { namespace, name, uid } = pod
    return readable.map(({ name: own, restarts }) => ({ namespace, pod: name, uid, container: own, restarts }))
  })
  return { sources: sources.slice(0, mostSources), over: Math.max(0, sources.length - mostSources), waiting }
}

function wantedOf(pod: Pod, container: string | undefined): readonly PodContainer[] {
  const { containers } = pod
  if (container !== undefined) {
    const named = containers.filter(({ name }) => name === container)
    return named.length === 0 && container === allContainers ? containers : named
  }
  const main = containers.filter(({ role }) => role === 'main')
  const usual = main.find(({ name }) => name === pod.defaultContainer) ?? main[0] ?? containers[0]
  return usual === undefined ? [] : [usual]
}

const hasLogs = ({ state, last, restarts }: PodContainer): boolean =>
  state === 'running' || state === 'terminated' || last !== undefined || restarts > 0

function whyNot(pod: Pod, wanted: readonly PodContainer[], container: string | undefined): string {
  const [reason] = pod.reasons
  if (reason !== undefined) return reason.reason
  if (wanted.length === 0 && container !== undefined) return `no container ${container}`
  return wanted[0]?.reason || pod.status
}
