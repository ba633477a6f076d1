import { definePreset, of } from '../preset.ts'
import { sumBy } from '../promql.ts'

const restarted = { metric: 'kube_pod_container_status_restarts_total', of: 'pod' } as const

/** How often the containers that are there have restarted since their pods began; it falls when pods are replaced. */
export const restarts = definePreset({
  name: 'restarts',
  unit: 'count',
  ways: [{ needs: [restarted], traces: (asking) => [{ query: sumBy(asking.by, of(restarted, asking)) }] }],
})
