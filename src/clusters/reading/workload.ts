import type { JsonObject } from '../../json.ts'
import type { ClusterName, WorkloadKind } from '../names.ts'
import type { Container, Workload } from '../nouns.ts'
import { at, Condition, count, flag, isJsonObject, listOf, Metadata, text } from './fields.ts'
import { ownersOf } from './owners.ts'
import { selectorQuery } from './selector.ts'
import { z } from 'zod'

const Named = z.object({ name: z.string(), image: text })
const PodTemplate = z.object({ spec: z.object({ containers: listOf(Named), initContainers: listOf(Named) }) })
const Common = {
  metadata: Metadata,
  status: z
    .object({
      observedGeneration: count,
      conditions: listOf(Condition),
      readyReplicas: count,
      updatedReplicas: count,
      availableReplicas: count,
      desiredNumberScheduled: count,
      numberReady: count,
      updatedNumberScheduled: count,
      numberAvailable: count,
    })
    .prefault({}),
}
const Strategy = z.object({ type: text }).prefault({})
const Shape = z.object({
  ...Common,
  spec: z.object({
    replicas: z.number().default(1),
    paused: flag,
    strategy: Strategy,
    updateStrategy: Strategy,
    template: PodTemplate,
  }),
})

/** A Deployment, StatefulSet or DaemonSet as sent, read into what the three share. Throws ZodError on another shape. */
export function readWorkload(object: JsonObject, of: { cluster: ClusterName; kind: WorkloadKind }): Workload {
  const { metadata, spec, status } = Shape.parse(object)
  const selector = at(object, 'spec', 'selector')
  const daemon = of.kind === 'DaemonSet'
  return {
    ...of,
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    apiVersion: 'apps/v1',
    generation: metadata.generation,
    observedGeneration: status.observedGeneration,
    labels: metadata.labels,
    annotations: metadata.annotations,
    selector: isJsonObject(selector) ? selectorQuery(selector) : '',
    replicas: daemon ? status.desiredNumberScheduled : spec.replicas,
    ready: daemon ? status.numberReady : status.readyReplicas,
    updated: daemon ? status.updatedNumberScheduled : status.updatedReplicas,
    available: daemon ? status.numberAvailable : status.availableReplicas,
    paused: spec.paused,
    deleting: typeof metadata.deletionTimestamp === 'string',
    strategy: strategyOf(of.kind === 'Deployment' ? spec.strategy.type : spec.updateStrategy.type),
    containers: [
      ...spec.template.spec.initContainers.map((container): Container => ({ ...container, role: 'init' })),
      ...spec.template.spec.containers.map((container): Container => ({ ...container, role: 'main' })),
    ],
    conditions: status.conditions,
    owners: ownersOf(object, of.kind),
    object: { apiVersion: 'apps/v1', kind: of.kind, ...object },
  }
}

function strategyOf(type: string): Workload['strategy'] {
  return type === 'Recreate' || type === 'OnDelete' ? type : 'RollingUpdate'
}
