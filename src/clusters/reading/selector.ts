import type { JsonObject } from '../../json.ts'
import { listOf, names } from './fields.ts'
import { z } from 'zod'

const Selector = z.object({
  matchLabels: names,
  matchExpressions: listOf(
    z.object({
      key: z.string(),
      operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
      values: listOf(z.string()),
    }),
  ),
})

/** A label selector as the API's query parameter: `app=web,tier in (a,b),!canary`. Throws ZodError for an operator that is not among them. */
export function selectorQuery(selector: JsonObject): string {
  const { matchLabels, matchExpressions } = Selector.parse(selector)
  const equals = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`)
  const expressions = matchExpressions.map(({ key, operator, values }) => {
    if (operator === 'Exists') return key
    if (operator === 'DoesNotExist') return `!${key}`
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`
  })
  return [...equals, ...expressions].join(',')
}
