import { boundsOf, containers, definePreset, of } from '../preset.ts'
import { sumBy } from '../promql.ts'

const usage = { metric: 'container_memory_working_set_bytes', of: 'pod' } as const

/** Memory that counts against the limit, i.e. without caches that can be given back. */
export const memory = definePreset({
  name: 'memory',
  unit: 'bytes',
  ways: [{ needs: [usage], traces: (asking) => [{ query: sumBy(asking.by, of(usage, asking, ...containers)) }] }],
  bounds: boundsOf('memory'),
})
