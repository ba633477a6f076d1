import { boundsOf, containers, definePreset, sumOfRate } from '../preset.ts'

const usage = { metric: 'container_cpu_usage_seconds_total', of: 'pod' } as const

/** CPU that containers use, against what they asked for and may use. */
export const cpu = definePreset({
  name: 'cpu',
  unit: 'cores',
  ways: [{ needs: [usage], traces: (asking) => [{ query: sumOfRate(usage, asking, ...containers) }] }],
  bounds: boundsOf('cpu'),
})
