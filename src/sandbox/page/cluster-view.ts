import { z } from 'zod'
import type { KubernetesSimulation } from '../kubernetes/simulation.ts'
import type { PageWorkload, PodState } from './protocol.ts'

const Workload = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({
    replicas: z.number().optional(),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string() })) }) }),
  }),
  status: z.object({ desiredNumberScheduled: z.number().optional() }).optional(),
})
const Pod = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    deletionTimestamp: z.string().optional(),
  }),
  spec: z.object({ containers: z.array(z.object({ image: z.string() })) }),
  status: z
    .object({
      containerStatuses: z
        .array(
          z.object({
            ready: z.boolean(),
            state: z
              .object({
                waiting: z.object({ reason: z.string().optional() }).optional(),
                terminated: z.object({ reason: z.string().optional() }).optional(),
              })
              .optional(),
          }),
        )
        .optional(),
    })
    .optional(),
})
type Pod = z.infer<typeof Pod>

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const
const harmless = ['ContainerCreating', 'PodInitializing']

/** The workloads of a simulated cluster with their pods, for the page's live picture. */
export function workloadsOf(cluster: Pick<KubernetesSimulation, 'list'>): readonly PageWorkload[] {
  const pods = z.array(Pod).parse(cluster.list({ apiVersion: 'v1', kind: 'Pod' }))
  return kinds
    .flatMap((kind) => z.array(Workload).parse(cluster.list({ apiVersion: 'apps/v1', kind })))
    .filter(({ metadata }) => metadata.namespace !== 'kube-system')
    .map(({ kind, metadata, spec, status }) => {
      const labels = Object.entries(spec.selector.matchLabels)
      const own = pods.filter(
        (pod) =>
          pod.metadata.namespace === metadata.namespace &&
          labels.every(([name, value]) => pod.metadata.labels[name] === value),
      )
      return {
        namespace: metadata.namespace,
        name: metadata.name,
        kind,
        tag: tagOf(spec.template.spec.containers[0]?.image),
        wanted: spec.replicas ?? status?.desiredNumberScheduled ?? own.length,
        pods: own.map((pod) => ({
          name: pod.metadata.name,
          tag: tagOf(pod.spec.containers[0]?.image),
          ...stateOf(pod),
        })),
      }
    })
    .sort((a, b) => `${a.namespace}/${a.name}`.localeCompare(`${b.namespace}/${b.name}`))
}

function stateOf({ metadata, status }: Pod): { readonly state: PodState; readonly why: string } {
  if (metadata.deletionTimestamp !== undefined) return { state: 'leaving', why: 'Terminating' }
  const containers = status?.containerStatuses ?? []
  const trouble = containers
    .map(({ state }) => state?.waiting?.reason ?? state?.terminated?.reason)
    .find((reason) => reason !== undefined && !harmless.includes(reason))
  if (trouble !== undefined) return { state: 'failing', why: trouble }
  return containers.length > 0 && containers.every(({ ready }) => ready)
    ? { state: 'ready', why: 'Ready' }
    : { state: 'starting', why: 'Starting' }
}

/** `latest` where an image has none. */
export const tagOf = (image = ''): string => /:([^:/@]+)$/.exec(image.split('@')[0] ?? '')?.[1] ?? 'latest'
