import type { Metric } from './preset.ts'

/** What servers, meshes and gateways call one thing. */
interface HttpSeries {
  /** Counts requests. */
  readonly requests: Metric
  /** Labels that may hold the status. */
  readonly status: readonly string[]
  /** Buckets of how long requests take, and what one second is in them. */
  readonly buckets: Metric
  readonly perSecond: number
}

const pod = (metric: string): Metric => ({ metric, of: 'pod' })

/** In the order in which they are tried. */
const httpSeries: readonly [HttpSeries, ...HttpSeries[]] = [
  {
    requests: pod('http_requests_total'),
    status: ['code', 'status', 'status_code'],
    buckets: pod('http_request_duration_seconds_bucket'),
    perSecond: 1,
  },
  // Spring Boot (Micrometer).
  {
    requests: pod('http_server_requests_seconds_count'),
    status: ['status'],
    buckets: pod('http_server_requests_seconds_bucket'),
    perSecond: 1,
  },
  // OpenTelemetry's semantic conventions.
  {
    requests: pod('http_server_request_duration_seconds_count'),
    status: ['http_response_status_code'],
    buckets: pod('http_server_request_duration_seconds_bucket'),
    perSecond: 1,
  },
  {
    requests: { metric: 'istio_requests_total', of: 'mesh' },
    status: ['response_code'],
    buckets: { metric: 'istio_request_duration_milliseconds_bucket', of: 'mesh' },
    perSecond: 1_000,
  },
  {
    requests: { metric: 'nginx_ingress_controller_requests', of: 'ingress' },
    status: ['status'],
    buckets: { metric: 'nginx_ingress_controller_request_duration_seconds_bucket', of: 'ingress' },
    perSecond: 1,
  },
]

/** The same list of ways for every preset about requests. */
export function overHttp<Way>(make: (series: HttpSeries) => Way): readonly [Way, ...Way[]] {
  const [first, ...others] = httpSeries
  return [make(first), ...others.map(make)]
}
