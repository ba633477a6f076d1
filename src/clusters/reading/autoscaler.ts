import type { JsonObject } from '../../json.ts'
import type { Autoscaler } from '../nouns.ts'
import { count, Metadata, text } from './fields.ts'
import { ownersOf } from './owners.ts'
import { z } from 'zod'

const Shape = z.object({
  metadata: Metadata,
  spec: z.object({
    scaleTargetRef: z.object({ kind: z.string(), name: z.string(), apiVersion: text }),
    minReplicas: z
      .number()
      .nullish()
      .transform((value) => value ?? 1),
    maxReplicas: z.number(),
  }),
  status: z.object({ currentReplicas: count, desiredReplicas: count }).prefault({}),
})

/** An `autoscaling/v2` HorizontalPodAutoscaler as sent. */
export function readAutoscaler(object: JsonObject): Autoscaler {
  const { metadata, spec, status } = Shape.parse(object)
  const keda =
    metadata.ownerReferences.find((owner) => owner.kind === 'ScaledObject')?.name ??
    metadata.labels['scaledobject.keda.sh/name']
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    apiVersion: 'autoscaling/v2',
    target: spec.scaleTargetRef,
    min: spec.minReplicas,
    max: spec.maxReplicas,
    current: status.currentReplicas,
    desired: status.desiredReplicas,
    ...(keda !== undefined && { scaledObject: keda }),
    owners: ownersOf(object, 'HorizontalPodAutoscaler').filter((owner) => !owner.name.startsWith('ScaledObject/')),
    object: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', ...object },
  }
}
