import { containers, definePreset, sumOfRate } from '../preset.ts'

const throttled = { metric: 'container_cpu_cfs_throttled_periods_total', of: 'pod' } as const
const periods = { metric: 'container_cpu_cfs_periods_total', of: 'pod' } as const

/** The share of scheduling periods in which containers were held back at their CPU limit. */
export const throttling = definePreset({
  name: 'throttling',
  unit: 'ratio',
  ways: [
    {
      needs: [throttled, periods],
      traces: (asking) => {
        const held = sumOfRate(throttled, asking, ...containers)
        return [{ query: `${held} / (${sumOfRate(periods, asking, ...containers)} > 0)` }]
      },
    },
  ],
})
