import { definePreset, sumOfRate } from '../preset.ts'

const received = { metric: 'container_network_receive_bytes_total', of: 'pod' } as const
const sent = { metric: 'container_network_transmit_bytes_total', of: 'pod' } as const

/** Bytes in and out of the pods, all interfaces. */
export const network = definePreset({
  name: 'network',
  unit: 'bytes_per_second',
  ways: [
    {
      needs: [received, sent],
      traces: (asking) => [
        { name: 'received', query: sumOfRate(received, asking) },
        { name: 'sent', query: sumOfRate(sent, asking) },
      ],
    },
  ],
})
