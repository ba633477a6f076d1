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
  return events.filter(({ about }) => own.has(about.name) || (about.kind === 'Pod' && isMadeBy(name, about.name)))
}

/** An event, and the workload that it is about, where one that is there can be told by its name. */
export interface AttributedEvent {
  readonly event: KubernetesEvent
  readonly workload?: string
}

/** Each event with the workload whose object it names, or that made the object it names: of several that could have, the one with the longest name. */
export function attribute(
  events: readonly KubernetesEvent[],
  workloads: readonly Pick<Workload, 'name'>[],
): readonly AttributedEvent[] {
  const names = workloads.map(({ name }) => name).sort((one, other) => other.length - one.length)
  return events.map((event) => {
    const { name } = event.about
    const workload = names.find((one) => one === name) ?? names.find((one) => isMadeBy(one, name))
    return { event, ...(workload === undefined ? {} : { workload }) }
  })
}

/**
 * What controllers append to a workload's name: the hash of a revision (up to ten letters, hardly ever fewer than six), the random end of a pod (five;
 * letters as in k8s.io/apimachinery/pkg/util/rand), or a StatefulSet's ordinal. Pods that are gone already are known by nothing else; `web-admin` and
 * `web-db` are none of `web`'s.
 */
const letters = '[bcdfghjklmnpqrstvwxz2456789]'
const made = new RegExp(`^-${letters}{5,10}$|^-${letters}{6,10}-${letters}{5}$|^-\\d+$`)

const isMadeBy = (workload: string, name: string): boolean =>
  name.startsWith(workload) && made.test(name.slice(workload.length))
