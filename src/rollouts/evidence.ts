import type { ClusterAccess } from '../clusters/cluster.ts'
import type { KubernetesEvent, Pod, Workload } from '../clusters/nouns.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { Evidence } from './reasons.ts'

export interface EvidenceParts {
  readonly access: ClusterAccess
  /** Hides secrets in foreign text. */
  readonly mask: (text: string) => string
  readonly signal: AbortSignal
}

/** Gathers what pods say about their troubles, asking no more than a stuck rollout needs. One for each watched rollout. */
export interface EvidenceRoom {
  /** `revised`: only pods of the present template tell of this rollout. Throws `ClusterError` when the pods themselves cannot be listed. */
  gather(workload: Workload, pods: 'all' | 'revised'): Promise<Evidence>
}

/** Reasons that an event explains better. */
const tellsLittle = /^(?:|ContainersNot\w+|NotReady|ImagePullBackOff)$/

const podsAskedAbout = 3
const podsWhoseLogsAreRead = 2
const lines = 10
const longestLine = 300
const longestLog = 16_384

export function createEvidenceRoom(parts: EvidenceParts): EvidenceRoom {
  const { access, mask } = parts
  /** By pod, container and restart count: a crash is read once. Only those of the last look are kept. */
  let read = new Map<string, readonly string[]>()
  let revision: { readonly generation: number; readonly name: string } | undefined

  /** The name of the revision that the present template has; undefined while the controller has not made it, or we may not look. */
  async function currentRevision(workload: Workload): Promise<string | undefined> {
    const { observedGeneration: generation } = workload
    if (revision?.generation === generation) return revision.name
    const all = await optional(access.revisions(workload), [])
    const name = all.value.find(({ current }) => current)?.name
    revision = name === undefined ? undefined : { generation, name }
    return name
  }

  async function eventsFor(workload: Workload, waiting: readonly Pod[]): Promise<readonly KubernetesEvent[]> {
    const { namespace, kind, name } = workload
    const mute = waiting.filter(({ reasons }) => reasons.every(({ reason }) => tellsLittle.test(reason)))
    const about = [{ kind, name }, ...mute.slice(0, podsAskedAbout).map((pod) => ({ kind: 'Pod', name: pod.name }))]
    const found = await Promise.all(about.map((object) => optional(access.events({ namespace, about: object }), [])))
    return found.flatMap(({ value }) => value)
  }

  async function logsOf(waiting: readonly Pod[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const crashed = waiting.flatMap((pod) => {
      const container = pod.containers.find(({ reason }) => reason === 'CrashLoopBackOff')
      return container ? [{ pod, container }] : []
    })
    const kept = new Map<string, readonly string[]>()
    const byPod = new Map<string, readonly string[]>()
    for (const { pod, container } of crashed.slice(0, podsWhoseLogsAreRead)) {
      const key = `${pod.uid}/${container.name}/${container.restarts}`
      const found = read.get(key) ?? (await lastLines(parts, { pod, container: container.name }))
      kept.set(key, found)
      byPod.set(pod.name, found)
    }
    read = kept
    return byPod
  }

  return {
    gather: async (workload, which) => {
      const { namespace, selector } = workload
      const listed = await optional(access.pods({ namespace, selector }), [])
      const name = which === 'revised' ? await currentRevision(workload) : undefined
      const pods =
        name === undefined
          ? listed.value
          : listed.value.filter((pod) => isOf(pod, { revision: name, workload: workload.name }))
      const waiting = pods.filter(({ ready, deleting }) => !ready && !deleting)
      const events = waiting.length > 0 || pods.length < workload.replicas ? await eventsFor(workload, waiting) : []
      return {
        pods: pods.map((pod) => ({
          ...pod,
          reasons: pod.reasons.map((cause) => ({ ...cause, message: mask(cause.message) })),
        })),
        events: events.map((event) => ({ ...event, message: mask(event.message) })),
        logs: await logsOf(waiting),
        ...(listed.refused === undefined ? {} : { unread: listed.refused }),
      }
    },
  }
}

/** Pods carry their revision's name or its hash, depending on the kind. */
function isOf(
  { labels, owner }: Pod,
  { revision, workload }: { readonly revision: string; readonly workload: string },
): boolean {
  const hash = labels['controller-revision-hash']
  if (hash !== undefined) return hash === revision || `${workload}-${hash}` === revision
  const template = labels['pod-template-hash']
  return template === undefined ? owner?.name === revision : `${workload}-${template}` === revision
}

/** What the bot may not see is left out and said; any other fault is the caller's. */
async function optional<Value>(
  asked: Promise<Value>,
  otherwise: Value,
): Promise<{ readonly value: Value; readonly refused?: string }> {
  try {
    return { value: await asked }
  } catch (error) {
    if (!(error instanceof ClusterError) || error.problem.code !== 'cluster_forbidden') throw error
    return { value: otherwise, refused: error.problem.detail }
  }
}

/** Of the container that crashed, while another one already waits in its place. Empty where the node kept nothing. */
async function lastLines(
  { access, mask, signal }: EvidenceParts,
  { pod, container }: { readonly pod: Pod; readonly container: string },
): Promise<readonly string[]> {
  const query = {
    namespace: pod.namespace,
    pod: pod.name,
    container,
    previous: true,
    tailLines: lines,
    limitBytes: longestLog,
  }
  const found: string[] = []
  try {
    for await (const { text } of access.logs(query, signal)) found.push(mask(text).slice(0, longestLine))
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
  }
  return found.slice(-lines)
}
