import { selectorQuery } from '../../../src/clusters/reading/selector.ts'
import { expect, it } from 'vitest'

it('a selector becomes the query that selects the same', () => {
  const query = selectorQuery({
    matchLabels: { app: 'web', 'app.kubernetes.io/name': 'x' },
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'track', operator: 'NotIn', values: ['canary'] },
      { key: 'team', operator: 'Exists' },
      { key: 'legacy', operator: 'DoesNotExist', values: null },
    ],
  })
  expect(query).toBe('app=web,app.kubernetes.io/name=x,tier in (a,b),track notin (canary),team,!legacy')
})

it('an operator that nobody knows is refused, for leaving it out would select more', () => {
  expect(() => selectorQuery({ matchExpressions: [{ key: 'a', operator: 'Near', values: [] }] })).toThrow('operator')
})
