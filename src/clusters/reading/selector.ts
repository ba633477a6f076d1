import type { JsonObject } from '../../json.ts'
import { listOf, names } from './fields.ts'
import { z } from 'zod'

const Selector = z.object({
  matchLabels: names,
  matchExpressions: listOf(z.object({ key: z.string(), operator: z.string(), values: listOf(z.string()) })),
})

/** A label selector as the API's query parameter: `app=web,tier in (a,b),!canary`. An unknown operator throws. */
export function selectorQuery(selector: JsonObject): string {
  const { matchLabels, matchExpressions } = Selector.parse(selector)
  const equals = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`)
  const expressions = matchExpressions.map(({ key, operator, values }) => {
    switch (operator) {
      case 'In':
        return `${key} in (${values.join(',')})`
      case 'NotIn':
        return `${key} notin (${values.join(',')})`
      case 'Exists':
        return key
      case 'DoesNotExist':
        return `!${key}`
      default:
        throw new TypeError(`unknown selector operator ${operator}`)
    }
  })
  return [...equals, ...expressions].join(',')
}
