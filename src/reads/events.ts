import type { ClusterAccess } from '../clusters/cluster.ts'
import type { KubernetesEvent, Workload } from '../clusters/nouns.ts'
import { unlessForbidden } from './answers.ts'

/** Events about a workload and everything that belongs to it: its ReplicaSets, pods and autoscaler. Oldest first. */
export async function workloadEvents(workload: Workload, access: ClusterAccess): Promise<readonly KubernetesEvent[]> {
  const { namespace, name, selector } = workload
  const [events, revisions, pods] = await Promise.all([
    access.events({ namespace }),
    unlessForbidden(access.revisions(workload)),
    unlessForbidden(access.pods({ namespace, selector })),
  ])
  const own = new Set([name, ...(revisions ?? []).map((one) => one.name), ...(pods ?? []).map((one) => one.name)])
  // Pods that are gone already are known only by their names, which begin with the name of what made them.
  const made = [...own].map((one) => `${one}-`)
  return events.filter(
    ({ about }) => own.has(about.name) || (about.kind === 'Pod' && made.some((start) => about.name.startsWith(start))),
  )
}
