import { overHttp } from '../http-series.ts'
import { definePreset, of } from '../preset.ts'
import { rate, sumBy } from '../promql.ts'
import type { Matcher } from '../promql.ts'

/**
 * The share of requests answered with 5xx. It is 0 only where requests were counted and none of them failed: a counter of failures need not exist
 * before the first. Without requests there is no share.
 */
export const errors = definePreset({
  name: 'errors',
  unit: 'ratio',
  ways: overHttp(({ requests, status }) => ({
    needs: [requests] as const,
    traces: (asking) => {
      const those = (is: Matcher['is'], value: string) => {
        const each = status.map((label) => rate(of(requests, asking, { label, is, value }), asking.rateMs))
        return sumBy(asking.by, each.join(' or '))
      }
      const all = those('!=', '')
      return [{ query: `(${those('=~', '5..')} or 0 * ${all}) / (${all} > 0)` }]
    },
  })),
})
