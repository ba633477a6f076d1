import type { JsonObject } from '../../json.ts'
import type { KubernetesEvent } from '../nouns.ts'
import { text, time } from './fields.ts'
import { z } from 'zod'

const Shape = z.object({
  metadata: z.object({ creationTimestamp: time }).prefault({}),
  type: text,
  reason: text,
  message: text,
  involvedObject: z.object({ kind: text, name: text }).prefault({}),
  count: z.number().nullish(),
  firstTimestamp: time,
  lastTimestamp: time,
  eventTime: time,
  series: z.object({ count: z.number().nullish(), lastObservedTime: time }).nullish(),
})

/** A core/v1 Event. Old writers fill first and last time, new ones `eventTime` and `series`; both read the same here. */
export function readEvent(object: JsonObject): KubernetesEvent {
  const event = Shape.parse(object)
  const created = event.metadata.creationTimestamp
  const firstAt = event.firstTimestamp || event.eventTime || created
  return {
    type: event.type,
    reason: event.reason,
    message: event.message,
    about: event.involvedObject,
    count: event.series?.count ?? event.count ?? 1,
    firstAt,
    lastAt: event.series?.lastObservedTime || event.lastTimestamp || firstAt,
  }
}
