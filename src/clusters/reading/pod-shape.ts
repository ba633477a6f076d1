import type { JsonObject } from '../../json.ts'
import { Condition, count, flag, listOf, Metadata, text, time } from './fields.ts'
import { z } from 'zod'

const Terminated = z.object({ exitCode: count, signal: count, reason: text, message: text, finishedAt: time })
const State = z
  .object({
    waiting: z.object({ reason: text, message: text }).nullish(),
    running: z.object({ startedAt: time }).nullish(),
    terminated: Terminated.nullish(),
  })
  .nullish()
  .transform((state) => state ?? {})
const ContainerStatus = z.object({
  name: z.string(),
  ready: flag,
  started: flag,
  restartCount: count,
  containerID: text,
  state: State,
  lastState: State,
})
const Container = z.object({ name: z.string(), image: text, restartPolicy: text })
const Shape = z.object({
  metadata: Metadata,
  spec: z.object({
    nodeName: text,
    containers: listOf(Container),
    initContainers: listOf(Container),
    ephemeralContainers: listOf(Container),
  }),
  status: z
    .object({
      phase: text,
      reason: text,
      message: text,
      conditions: listOf(Condition),
      containerStatuses: listOf(ContainerStatus),
      initContainerStatuses: listOf(ContainerStatus),
      ephemeralContainerStatuses: listOf(ContainerStatus),
    })
    .prefault({}),
})

/** The fields of a pod that this room looks at, absent ones filled in. */
export type PodShape = z.infer<typeof Shape>
export type ContainerStatus = z.infer<typeof ContainerStatus>

export function readPodShape(object: JsonObject): PodShape {
  return Shape.parse(object)
}
