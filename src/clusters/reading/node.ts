import type { JsonObject } from '../../json.ts'
import type { Node } from '../nouns.ts'
import { Condition, flag, listOf } from './fields.ts'
import { z } from 'zod'

const Shape = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ unschedulable: flag }).prefault({}),
  status: z.object({ conditions: listOf(Condition) }).prefault({}),
})

export function readNode(object: JsonObject): Node {
  const { metadata, spec, status } = Shape.parse(object)
  const isTrue = status.conditions.filter((condition) => condition.status === 'True').map(({ type }) => type)
  return {
    name: metadata.name,
    ready: isTrue.includes('Ready'),
    schedulable: !spec.unschedulable,
    pressures: isTrue.filter((type) => type.endsWith('Pressure') || type === 'NetworkUnavailable'),
  }
}
