import { z } from 'zod'
import type { KubernetesSimulation } from '../kubernetes/simulation.ts'
import { parseQuantity } from '../kubernetes/quantity.ts'
import { tagOf } from '../page/cluster-view.ts'
import type { PodFacts } from './pod-track.ts'

const Amounts = z.object({ cpu: z.string().default('0'), memory: z.string().default('0') }).prefault({})
const Pod = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    ownerReferences: z.array(z.object({ kind: z.string(), name: z.string() })).default([]),
  }),
  spec: z.object({
    nodeName: z.string().default(''),
    containers: z
      .array(
        z.object({
          name: z.string(),
          image: z.string().default(''),
          resources: z.object({ requests: Amounts, limits: Amounts }).prefault({}),
        }),
      )
      .min(1),
  }),
  status: z
    .object({
      containerStatuses: z
        .array(
          z.object({
            ready: z.boolean(),
            restartCount: z.number(),
            state: z
              .object({
                running: z.unknown().optional(),
                waiting: z.object({ reason: z.string().optional() }).optional(),
              })
              .prefault({}),
          }),
        )
        .default([]),
    })
    .prefault({}),
})
const counts = z.number().default(0)
const Workload = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({ replicas: z.number().optional() }),
  status: z
    .object({
      replicas: counts,
      readyReplicas: counts,
      availableReplicas: counts,
      unavailableReplicas: counts,
      updatedReplicas: counts,
      desiredNumberScheduled: counts,
      numberReady: counts,
    })
    .prefault({}),
})
export type WorkloadSeen = z.infer<typeof Workload>

export interface PodSeen {
  readonly facts: PodFacts
  readonly ready: boolean
  readonly running: boolean
  readonly looping: boolean
  readonly restarts: number
}

export interface ClusterSeen {
  readonly pods: readonly PodSeen[]
  readonly workloads: readonly WorkloadSeen[]
}

/** What kubelets and kube-state-metrics would look at now. */
export function readCluster(cluster: Pick<KubernetesSimulation, 'list'>): ClusterSeen {
  return {
    pods: z
      .array(Pod)
      .parse(cluster.list({ apiVersion: 'v1', kind: 'Pod' }))
      .map(podSeen),
    workloads: (['Deployment', 'StatefulSet', 'DaemonSet'] as const).flatMap((kind) =>
      z.array(Workload).parse(cluster.list({ apiVersion: 'apps/v1', kind })),
    ),
  }
}

function podSeen({ metadata, spec, status }: z.infer<typeof Pod>): PodSeen {
  const [container] = spec.containers
  const [state] = status.containerStatuses
  const [owner = { kind: '', name: '' }] = metadata.ownerReferences
  const amounts = ({ cpu, memory }: z.infer<typeof Amounts>) => ({
    cpu: parseQuantity(cpu),
    memory: parseQuantity(memory),
  })
  const { requests, limits } = container?.resources ?? {
    requests: { cpu: '0', memory: '0' },
    limits: { cpu: '0', memory: '0' },
  }
  const { namespace, name, uid } = metadata
  return {
    facts: {
      namespace,
      name,
      uid,
      owner,
      node: spec.nodeName,
      container: container?.name ?? '',
      tag: tagOf(container?.image),
      workload: workloadOf(namespace, owner),
      requests: amounts(requests),
      limits: amounts(limits),
    },
    ready: state?.ready === true,
    running: state?.state.running !== undefined,
    looping: state?.state.waiting?.reason === 'CrashLoopBackOff',
    restarts: state?.restartCount ?? 0,
  }
}

/** A ReplicaSet is called after its Deployment and a hash. */
function workloadOf(namespace: string, { kind, name }: PodFacts['owner']): string {
  return kind === 'ReplicaSet'
    ? `${namespace}/Deployment/${name.replace(/-[^-]*$/, '')}`
    : `${namespace}/${kind}/${name}`
}
