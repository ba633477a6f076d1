import { gathered, shareAt } from '../pod-track.ts'
import type { PodTrack, Run } from '../pod-track.ts'
import type { Exposed } from '../scrapes.ts'
import { exposed } from './exposed.ts'
import { heldBack } from './load.ts'
import type { Load } from './load.ts'

const idleCores = 0.004
/** A runtime that starts is busy with itself. */
const boot = { cores: 0.35, seconds: 12 }
const dayMs = 86_400_000
const periodsPerSecond = 10

/** cAdvisor, as the kubelet serves it. */
export function containerMetrics(track: PodTrack, load: Load): readonly Exposed[] {
  const { namespace, name: pod, container, node, limits } = track.facts
  const target = { job: 'kubelet', instance: `${node}:10250`, metrics_path: '/metrics/cadvisor', namespace, pod, node }
  const make = exposed(target, track)
  const { kinds, profile, work } = load
  const one = { wave: work, weight: () => 1 }
  const running =
    (value: (run: Run, moment: number) => number): Exposed['value'] =>
    (moment) => {
      const run = track.runAt(moment)
      return run && value(run, moment)
    }
  const requests = (run: Run, moment: number): number => profile.requestsPerSecond * gathered(run, moment, one)
  const seconds = (run: Run, moment: number): number => (moment - run.from) / 1000
  const bytes = (each: number) => running((run, moment) => each * requests(run, moment) + 220 * seconds(run, moment))
  const ofNetwork = { interface: 'eth0' }

  return [
    make(
      'container_cpu_usage_seconds_total',
      { container, cpu: 'total' },
      running(
        (run, moment) =>
          (profile.cpuMsPerRequest / 1000) * requests(run, moment) +
          idleCores * seconds(run, moment) +
          boot.cores * Math.min(boot.seconds, seconds(run, moment)),
      ),
    ),
    make(
      'container_memory_working_set_bytes',
      { container },
      running((run, moment) => {
        const grown = 1 - Math.exp(-(moment - run.from) / (dayMs / 12))
        const busy = (work.at(moment) - 1) * Math.min(2, load.crowding(shareAt(run, moment)))
        const collected = ((moment / 1000) % 420) / 420
        return Math.round(
          (limits.memory || 2 ** 28) * profile.memory * (0.62 + 0.3 * grown + 0.09 * busy + 0.035 * collected),
        )
      }),
    ),
    make('container_spec_memory_limit_bytes', { container }, () => limits.memory),
    make(
      'container_cpu_cfs_periods_total',
      { container },
      running((run, at) => Math.floor(periodsPerSecond * seconds(run, at))),
    ),
    make(
      'container_cpu_cfs_throttled_periods_total',
      { container },
      running((run, moment) => Math.floor(periodsPerSecond * throttled(run, moment, load))),
    ),
    make(
      'container_cpu_cfs_throttled_seconds_total',
      { container },
      running((run, at) => 0.04 * throttled(run, at, load)),
    ),
    make('container_network_receive_bytes_total', ofNetwork, bytes(1_450)),
    make('container_network_transmit_bytes_total', ofNetwork, bytes(9_800 + 40 * kinds.length)),
    make('container_fs_reads_bytes_total', { container, device: '/dev/sda' }, bytes(35)),
    make('container_fs_writes_bytes_total', { container, device: '/dev/sda' }, bytes(260)),
  ]
}

/** Held back where it is full: the wave is taken per pod, so a share counts once. */
function throttled(run: Run, moment: number, load: Load): number {
  return gathered(run, moment, { wave: load.work, weight: (share) => heldBack(load.crowding(share)) / share })
}
