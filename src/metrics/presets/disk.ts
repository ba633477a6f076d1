import { containers, definePreset, sumOfRate } from '../preset.ts'

const read = { metric: 'container_fs_reads_bytes_total', of: 'pod' } as const
const written = { metric: 'container_fs_writes_bytes_total', of: 'pod' } as const

/** Bytes that containers read from and write to disks. */
export const disk = definePreset({
  name: 'disk',
  unit: 'bytes_per_second',
  ways: [
    {
      needs: [read, written],
      traces: (asking) => [
        { name: 'read', query: sumOfRate(read, asking, ...containers) },
        { name: 'written', query: sumOfRate(written, asking, ...containers) },
      ],
    },
  ],
})
