import type { Caller, ClusterAccess } from '../clusters/cluster.ts'
import type { ObjectRef } from '../clusters/names.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { PlanProblem } from './plan.ts'

/** Under which plural the API serves the kinds that are patched. */
const resources: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'deployments'],
  ['StatefulSet', 'statefulsets'],
  ['DaemonSet', 'daemonsets'],
  ['HorizontalPodAutoscaler', 'horizontalpodautoscalers'],
])

/**
 * What the cluster's own rights would say to the write, asked before anybody is asked to approve it. Undefined where it would be allowed, and where
 * the review is refused or not answered: the write itself has the last word.
 */
export async function missingRight(
  access: Pick<ClusterAccess, 'mayI'>,
  { object, cluster, caller }: { readonly object: ObjectRef; readonly cluster: string; readonly caller: Caller },
): Promise<PlanProblem | undefined> {
  const resource = resources.get(object.kind)
  if (resource === undefined) return undefined
  const { namespace, name } = object
  const group = object.apiVersion.includes('/') ? object.apiVersion.replace(/\/.*$/, '') : ''
  try {
    const allowed = await access.mayI({ verb: 'patch', group, resource, namespace, name })
    return allowed ? undefined : { code: 'plan_not_permitted', cluster, namespace, verb: 'patch', resource, caller }
  } catch (error) {
    if (error instanceof ClusterError) return undefined
    throw error
  }
}
