import { z } from 'zod'

/** A cluster's name in readback.yaml. */
export const ClusterName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/)
  .brand<'ClusterName'>()
export type ClusterName = z.infer<typeof ClusterName>

/** The workload kinds whose pods the bot changes. */
export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const
export type WorkloadKind = (typeof workloadKinds)[number]

/** One workload on one cluster, by name. The same name may later be another object: changes also hold the uid. */
export interface WorkloadRef {
  readonly cluster: ClusterName
  readonly namespace: string
  readonly kind: WorkloadKind
  readonly name: string
}

/** `prod:shop/deployment/web`: the workload as one would type it, with nothing left to guess. */
export const typedTarget = ({
  cluster,
  namespace,
  kind,
  name,
}: Omit<WorkloadRef, 'cluster'> & { readonly cluster: string }): string =>
  `${cluster}:${namespace}/${kind.toLowerCase()}/${name}`

/** Any namespaced object that is read or patched. */
export interface ObjectRef {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}
