import { definePreset, of } from '../preset.ts'
import { sumBy } from '../promql.ts'

const used = { metric: 'kubelet_volume_stats_used_bytes', of: 'claim' } as const
const capacity = { metric: 'kubelet_volume_stats_capacity_bytes', of: 'claim' } as const
const mounted = { metric: 'kube_pod_spec_volumes_persistentvolumeclaims_info', of: 'pod' } as const

const claim = 'persistentvolumeclaim'
/** Several nodes may report one claim. */
const most = (inner: string): string => `max by (${claim}) (${inner})`

/** How full the claims are that its pods mount. Some provisioners report the whole export instead of the claim. */
export const volumes = definePreset({
  name: 'volumes',
  unit: 'ratio',
  by: [claim],
  ways: [
    {
      needs: [used, capacity, mounted],
      traces: (asking) => [
        {
          query: `${most(of(used, asking))} / (${most(of(capacity, asking))} > 0) and on (${claim}) ${sumBy([claim], of(mounted, asking))}`,
        },
      ],
    },
  ],
})
