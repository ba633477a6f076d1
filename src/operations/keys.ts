import type { Plan } from '../plans/plan.ts'

/** The patched object, as a look-up key: operations on the same object find each other by it. */
export const objectKey = ({ workload, object }: Pick<Plan, 'workload' | 'object'>): string => {
  return `object:${workload.cluster}/${object.namespace}/${object.kind}/${object.name}`
}

/** The workload people speak of; differs from the object when an autoscaler is patched. */
export const workloadKey = (workload: Plan['workload']): string =>
  `workload:${workload.cluster}/${workload.namespace}/${workload.kind}/${workload.name}`

/** What has not ended yet, of everything that is kept under a key. */
export const openKey = (key: string): string => `open:${key}`

const dayMs = 86_400_000

/** What ended on a workload on that day (UTC). */
export const endedKey = (workload: Plan['workload'], at: number): string =>
  `ended:${workloadKey(workload)}@${Math.floor(at / dayMs)}`

/** Changes of a workload whose rollout failed. */
export const failedKey = (workload: Plan['workload']): string => `failed:${workloadKey(workload)}`
