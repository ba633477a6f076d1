import { overHttp } from '../http-series.ts'
import { definePreset, sumOfRate } from '../preset.ts'

/** Requests answered in a second. */
export const requests = definePreset({
  name: 'requests',
  unit: 'per_second',
  ways: overHttp(({ requests: counted }) => ({
    needs: [counted] as const,
    traces: (asking) => [{ query: sumOfRate(counted, asking) }],
  })),
})
