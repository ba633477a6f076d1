import { z } from 'zod'

/** Absent and null are 0 on this wire. */
const count = z
  .number()
  .nullish()
  .transform((value) => value ?? 0)
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

const strategy = z
  .object({ type: text, rollingUpdate: z.object({ partition: count }).nullish() })
  .nullish()
  .transform((value) => ({ type: value?.type ?? '', partition: value?.rollingUpdate?.partition ?? 0 }))

const condition = z.object({ type: text, status: text, reason: text, message: text })

/** What a rollout is judged by: the fields of a Deployment, StatefulSet or DaemonSet that `kubectl rollout status` reads. */
export const Observed = z.object({
  metadata: z.object({ uid: z.string(), generation: count, resourceVersion: text }),
  spec: z.object({
    replicas: z
      .number()
      .nullish()
      .transform((value) => value ?? 1),
    paused: z
      .boolean()
      .nullish()
      .transform((value) => value ?? false),
    progressDeadlineSeconds: z.number().nullish(),
    strategy,
    updateStrategy: strategy,
    template: z.record(z.string(), z.unknown()),
  }),
  status: z
    .object({
      observedGeneration: count,
      replicas: count,
      updatedReplicas: count,
      readyReplicas: count,
      availableReplicas: count,
      desiredNumberScheduled: count,
      updatedNumberScheduled: count,
      numberReady: count,
      numberAvailable: count,
      conditions: z
        .array(condition)
        .nullish()
        .transform((value) => value ?? []),
    })
    .prefault({}),
})
export type Observed = z.infer<typeof Observed>

/** The bounds of an `autoscaling/v2` HPA. */
export const ObservedBounds = z
  .object({
    metadata: z.object({ uid: z.string() }),
    spec: z.object({
      minReplicas: z
        .number()
        .nullish()
        .transform((value) => value ?? 1),
      maxReplicas: z.number(),
    }),
  })
  .transform(({ metadata, spec }) => ({ uid: metadata.uid, min: spec.minReplicas, max: spec.maxReplicas }))
export type ObservedBounds = z.infer<typeof ObservedBounds>

/** Kubernetes writes "no deadline" as the largest int32. */
const noDeadline = 2_147_483_647

/** After how long without progress a Deployment is said to have failed; undefined where nothing says so. */
export function progressDeadlineMs({ spec }: Observed): number | undefined {
  const seconds = spec.progressDeadlineSeconds
  return seconds === null || seconds === undefined || seconds === noDeadline ? undefined : seconds * 1_000
}
