import { expect, test } from 'vitest'
import type { Asking } from '../../src/metrics/preset.ts'
import { presets } from '../../src/metrics/presets.ts'
import { unitOfQuery } from '../../src/metrics/query-unit.ts'
import type { Unit } from '../../src/metrics/series.ts'

test.each<[string, Unit]>([
  ['sum(rate(container_cpu_usage_seconds_total{namespace="shop"}[5m]))', 'cores'],
  ['sum by (pod) (container_memory_working_set_bytes{pod=~"web-.*/x"})', 'bytes'],
  ['topk(5, sum without (instance) (rate(node_network_receive_bytes_total[1m])))', 'bytes_per_second'],
  ['sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))', 'ratio'],
  ['(sum(rate(http_requests_total{code=~"5.."}[5m])) or 0 * sum(up)) / sum(rate(http_requests_total[5m]))', 'plain'],
  ['container_memory_working_set_bytes / on (pod) group_left kube_limit_bytes', 'ratio'],
  ['container_memory_working_set_bytes / 1024', 'plain'],
  ['a_bytes / b_seconds', 'plain'],
  ['100 * a_bytes / b_bytes', 'plain'],
  ['a_bytes - b_bytes', 'bytes'],
  ['a_bytes - b_bytes offset 1w', 'bytes'],
  ['histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))', 'seconds'],
  ['rate(http_request_duration_seconds_sum[5m]) / rate(http_request_duration_seconds_count[5m])', 'seconds'],
  ['max(kube_job_status_start_time_seconds) by (job) > 3', 'seconds'],
  ['increase(kube_pod_container_status_restarts_total[10m])', 'count'],
  ['rate(kube_pod_container_status_restarts_total[10m]) * 600', 'plain'],
  ['rate(node_disk_io_time_seconds_total[5m])', 'plain'],
  ['count(up == 0)', 'count'],
  ['clamp_max(cache_hit_ratio, 1)', 'ratio'],
  ['((up))', 'plain'],
  ['-a_bytes', 'plain'],
  ['sum(up', 'plain'],
  ['', 'plain'],
  ['"a_bytes"', 'plain'],
  [`${'('.repeat(400)}a_bytes${')'.repeat(400)}`, 'bytes'],
  [`a_bytes${' + a_bytes'.repeat(1_000)}`, 'plain'],
])('%s counts %s', (query, unit) => {
  expect(unitOfQuery(query)).toBe(unit)
})

const asking: Asking = {
  subject: { namespace: 'shop', kind: 'Deployment', name: 'web' },
  shared: [],
  by: [],
  rateMs: 300_000,
}

test.each(presets.filter(({ name }) => !['errors', 'restarts', 'replicas', 'volumes'].includes(name)))(
  'typed by hand, the query of $name has the unit of the preset',
  ({ ways: [first], unit }) => {
    for (const { query } of first.traces(asking)) expect(unitOfQuery(query)).toBe(unit)
  },
)
