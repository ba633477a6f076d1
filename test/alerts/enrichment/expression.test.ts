import { describe, expect, it, test } from 'vitest'
import { comparisonIn, expressionIn } from '../../../src/alerts/enrichment/expression.ts'

describe('the link of an alert', () => {
  it('holds the expression as Prometheus writes it', () => {
    const url = 'http://prom:9090/graph?g0.expr=up%7Bjob%3D%22a%22%7D+%3D%3D+0&g0.tab=1'
    expect(expressionIn(url)).toBe('up{job="a"} == 0')
  })

  it.each([
    undefined,
    '',
    'not a link',
    'http://grafana/d/abc',
    'http://prom/graph?g0.expr=',
    `http://p/?g0.expr=${'x'.repeat(6000)}`,
  ])('holds none: %s', (url) => expect(expressionIn(url)).toBeUndefined())
})

test.each([
  ['up == 0', 'up', 0],
  ['rate(x{a!="b",c=~"d>e"}[5m]) > 1.5', 'rate(x{a!="b",c=~"d>e"}[5m])', 1.5],
  ['(a > b) >= 2e3', '(a > b)', 2000],
  ['sum by (pod) (x) > bool -1', 'sum by (pod) (x)', -1],
  ['1 < vector_things', 'vector_things', 1],
  [' x  <=  .5 ', 'x', 0.5],
])('parts %s at its threshold', (expression, measured, threshold) => {
  expect(comparisonIn(expression.trim())).toEqual({ measured, threshold })
})

test.each([
  'absent(up)',
  'a > b',
  'a > 1 and b > 2',
  'a > 1 unless on(pod) b',
  'x{l="a > 1"}',
  'a or b',
  'a > (1',
  '> 1',
  '',
  'x > 1 > 2',
])('leaves %j whole', (expression) => {
  expect(comparisonIn(expression)).toEqual({ measured: expression })
})

test('a name with a word of PromQL in it is only a name', () => {
  expect(comparisonIn('candor_or_band > 3')).toEqual({ measured: 'candor_or_band', threshold: 3 })
})
