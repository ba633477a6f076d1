import { aFakePrometheus, matrix } from './fake-prometheus.ts'
import type { Asked, FakePrometheus, Reply } from './fake-prometheus.ts'

const metrics = [
  'container_cpu_usage_seconds_total',
  'container_memory_working_set_bytes',
  'kube_pod_container_resource_requests',
  'kube_pod_container_resource_limits',
  'kube_pod_container_status_restarts_total',
] as const

/** What each of them says at every moment. */
const values: Readonly<Record<string, string>> = {
  container_cpu_usage_seconds_total: '0.25',
  container_memory_working_set_bytes: String(200 * 1024 ** 2),
  kube_pod_container_resource_requests: '0.5',
  kube_pod_container_resource_limits: '1',
  kube_pod_container_status_restarts_total: '3',
}

/** A source that measures containers and no requests; `instead` answers before it does. */
export function someNumbers(instead: (asked: Asked) => Reply | undefined = () => undefined): Promise<FakePrometheus> {
  return aFakePrometheus((asked) => {
    const other = instead(asked)
    if (other) return other
    const { path, params } = asked
    if (path.endsWith('/label/__name__/values')) return { data: metrics }
    const value = metrics.find((metric) => params['query']?.includes(metric))
    const said = value === undefined ? '7' : (values[value] ?? '7')
    if (path.endsWith('/query')) {
      return { data: { resultType: 'vector', result: [{ metric: {}, value: [Number(params['time']), said] }] } }
    }
    if (!path.endsWith('/query_range')) return { status: 404, body: 'not found' }
    const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(params[name]))
    if (start === undefined || end === undefined || step === undefined) return { status: 400, body: '' }
    const count = Math.floor((end - start) / step) + 1
    return matrix([
      { metric: {}, values: Array.from({ length: count }, (_, index) => [start + index * step, said] as const) },
    ])
  })
}

/** For readback.yaml: each of these clusters has its numbers there. */
export const metricsYaml = (sources: Readonly<Record<string, { readonly url: URL }>>): string =>
  `metrics:\n${Object.entries(sources)
    .map(([cluster, { url }]) => `  ${cluster}: { prometheus: "${url.href}" }\n`)
    .join('')}`
