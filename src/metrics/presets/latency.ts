import { overHttp } from '../http-series.ts'
import { definePreset, of } from '../preset.ts'
import type { TraceName } from '../preset.ts'
import { rate, sumBy } from '../promql.ts'

const quantiles = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
] as const satisfies readonly (readonly [TraceName, number])[]

/** How long requests take: half of them, 95 and 99 of a hundred; where it is split, the 95. Estimated from buckets. */
export const latency = definePreset({
  name: 'latency',
  unit: 'seconds',
  ways: overHttp(({ buckets, perSecond }) => ({
    needs: [buckets] as const,
    traces: (asking) => {
      const spread = sumBy(['le', ...asking.by], rate(of(buckets, asking), asking.rateMs))
      const wanted = asking.by.length === 0 ? quantiles : [quantiles[1]]
      return wanted.map(([name, quantile]) => ({
        name,
        query: `histogram_quantile(${quantile}, ${spread})${perSecond === 1 ? '' : ` / ${perSecond}`}`,
      }))
    },
  })),
})
