import { createRandom } from '../../src/sandbox/kubernetes/random.ts'
import { matches } from '../../src/sandbox/prometheus/promql/matching.ts'
import type { Storage } from '../../src/sandbox/prometheus/promql/storage.ts'

/** One series as it was scraped; `__name__` is one of its labels, times are epoch ms. */
export interface WrittenSeries {
  readonly labels: Readonly<Record<string, string>>
  readonly samples: readonly (readonly [at: number, value: number])[]
}

/** The same series for the simulated Prometheus. */
export function storageOfSeries(series: readonly WrittenSeries[]): Storage {
  const all = series.map(({ labels, samples }) => ({
    labels: new Map(Object.entries(labels)),
    samples: (from: number, to: number) =>
      samples.filter(([at]) => at > from && at <= to).map(([at, value]) => ({ at, value })),
  }))
  return { select: (matchers) => all.filter(({ labels }) => matches(labels, matchers)) }
}

const everyMs = 15_000
const pods = ['x2x7k', 'b8n4q', 'jm2ww'].map((end) => `web-7d9f8b6c5-${end}`)

/**
 * A workload `shop/web` of three pods with everything that presets are made of, scraped every 15 s between `from` and `to`: the second pod began late, the
 * third was gone early, a counter began again in the middle, and for seven minutes nothing was scraped at all. The same in every run.
 */
export function shopSeries({ from, to }: { readonly from: number; readonly to: number }): readonly WrittenSeries[] {
  const span = to - from
  const unscraped = { from: from + 0.6 * span, to: from + 0.6 * span + 420_000 }
  const series = (labels: Readonly<Record<string, string>>, value: (minutes: number, random: number) => number) => {
    const random = createRandom(JSON.stringify(labels))
    const first = from + Math.floor(random.next() * (everyMs - 2)) + 1
    const [begin, end] = labels['pod'] === pods[1] ? [0.3, 1] : labels['pod'] === pods[2] ? [0, 0.8] : [0, 1]
    const samples: (readonly [number, number])[] = []
    for (let at = first; at <= to; at += everyMs) {
      const lives = at >= from + begin * span && at <= from + end * span
      if (lives && (at < unscraped.from || at > unscraped.to))
        samples.push([at, value((at - from) / 60_000, random.next())])
    }
    return { labels, samples }
  }
  /** A counter that has counted before, grows by so much a minute, and begins again in the middle. */
  const counter = (labels: Readonly<Record<string, string>>, perMinute: number) => {
    let total = 1_000 * perMinute
    let before = 0
    return series(labels, (minutes, random) => {
      const again = before < span / 120_000 && minutes >= span / 120_000 && labels['pod'] === pods[0]
      total = again ? 0.2 * perMinute : total + (minutes - before) * perMinute * (0.6 + 0.8 * random)
      before = minutes
      return total
    })
  }
  const own = { namespace: 'shop' }
  return [
    ...pods.flatMap((pod) => {
      const labels = (name: string, more: Readonly<Record<string, string>> = {}) => ({
        __name__: name,
        ...own,
        pod,
        ...more,
      })
      const container = { container: 'web' }
      return [
        counter(labels('container_cpu_usage_seconds_total', container), 18),
        counter(labels('container_cpu_usage_seconds_total', { container: '' }), 19),
        counter(labels('container_cpu_cfs_periods_total', container), 600),
        counter(labels('container_cpu_cfs_throttled_periods_total', container), 40),
        counter(labels('container_fs_reads_bytes_total', container), 3e6),
        counter(labels('container_fs_writes_bytes_total', container), 5e7),
        counter(labels('container_network_receive_bytes_total', { interface: 'eth0' }), 4e8),
        counter(labels('container_network_transmit_bytes_total', { interface: 'eth0' }), 2e8),
        series(labels('container_memory_working_set_bytes', container), (minutes, random) =>
          Math.round(2e8 + 1e6 * minutes + 1e7 * random),
        ),
        ...(['requests', 'limits'] as const).flatMap((kind) =>
          (['cpu', 'memory'] as const).map((resource) =>
            series(labels(`kube_pod_container_resource_${kind}`, { ...container, resource }), () =>
              resource === 'cpu' ? (kind === 'limits' ? 1 : 0.25) : kind === 'limits' ? 2 ** 29 : 2 ** 28,
            ),
          ),
        ),
        series(labels('kube_pod_container_status_restarts_total', container), (minutes) => Math.floor(minutes / 50)),
        series(
          labels('kube_pod_spec_volumes_persistentvolumeclaims_info', { persistentvolumeclaim: `data-${pod}` }),
          () => 1,
        ),
        counter(labels('http_requests_total', { code: '200', path: '/' }), 900),
        counter(labels('http_requests_total', { code: '404', path: '/missing' }), 9),
        ...(pod === pods[2] ? [] : [counter(labels('http_requests_total', { code: '503', path: '/' }), 4)]),
        ...['0.01', '0.05', '0.1', '0.5', '1', '+Inf'].map((le, index) =>
          counter(labels('http_request_duration_seconds_bucket', { le }), 150 * (index + 1)),
        ),
      ]
    }),
    ...pods.flatMap((pod) => [
      series(
        { __name__: 'kubelet_volume_stats_used_bytes', ...own, persistentvolumeclaim: `data-${pod}` },
        (minutes) => 5e9 + 1e6 * minutes,
      ),
      series(
        { __name__: 'kubelet_volume_stats_capacity_bytes', ...own, persistentvolumeclaim: `data-${pod}` },
        () => 1e10,
      ),
    ]),
    series({ __name__: 'kube_deployment_spec_replicas', ...own, deployment: 'web' }, () => 3),
    series({ __name__: 'kube_deployment_status_replicas_available', ...own, deployment: 'web' }, (minutes) =>
      minutes > 40 ? 2 : 3,
    ),
    series({ __name__: 'odd', ...own, kind: 'nan' }, (minutes) =>
      Math.floor(minutes) % 3 === 0 ? Number.NaN : minutes,
    ),
    series({ __name__: 'odd', ...own, kind: 'inf' }, (minutes) =>
      Math.floor(minutes) % 4 === 0 ? Number.POSITIVE_INFINITY : -minutes,
    ),
    series({ __name__: 'odd', ...own, kind: 'below' }, (minutes, random) => 20 * Math.sin(minutes / 7) - random),
  ]
}
