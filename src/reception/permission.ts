import type { ClusterName } from '../clusters/names.ts'
import type { Workload } from '../clusters/nouns.ts'
import type { Action, Refusal } from '../policy/decision.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'

/** May this person read that there? Undefined: yes. */
export async function refusalToRead(
  asking: Asking,
  desk: Desk,
  where: {
    readonly action: Action
    readonly cluster: ClusterName
    readonly namespace?: string
    readonly name?: string
  },
): Promise<Refusal | undefined> {
  const environment = desk.clusters.get(where.cluster)?.environment ?? ''
  const decision = await desk.policy.decide({ actor: asking.speaker.actor, environment, ...where })
  if (decision.verdict === 'deny') return decision.refusal
  // A read cannot wait for an approval; a grant that asks for one does not give it.
  if (decision.verdict === 'approval') {
    return { code: 'policy_no_grant', rule: decision.rule, roles: [], nearest: [], rolesThatMay: [] }
  }
  return undefined
}

/** Somewhere on that cluster, at least: which namespaces, is asked once they are known. */
export async function mayReadSomewhere(
  asking: Asking,
  desk: Desk,
  where: { readonly action: Action; readonly cluster: ClusterName },
): Promise<Refusal | undefined> {
  const environment = desk.clusters.get(where.cluster)?.environment ?? ''
  const decision = await desk.policy.decide({ actor: asking.speaker.actor, environment, ...where, question: true })
  return decision.verdict === 'deny' ? decision.refusal : undefined
}

/** Workloads in namespaces that this person may read. */
export async function onlyReadable(
  workloads: readonly Workload[],
  { asking, desk, action }: { readonly asking: Asking; readonly desk: Desk; readonly action: Action },
): Promise<readonly Workload[]> {
  const allowed = new Map<string, boolean>()
  for (const { cluster, namespace } of workloads) {
    if (allowed.has(namespace)) continue
    allowed.set(namespace, (await refusalToRead(asking, desk, { action, cluster, namespace })) === undefined)
  }
  return workloads.filter(({ namespace }) => allowed.get(namespace) === true)
}
