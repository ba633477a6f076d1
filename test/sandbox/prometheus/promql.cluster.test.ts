import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { presets } from '../../../src/metrics/presets.ts'
import type { Asking } from '../../../src/metrics/preset.ts'
import { openPrometheus } from '../../../src/sandbox/prometheus/server.ts'
import { aRealPrometheus, hasPrometheus } from '../../support/real-prometheus.ts'
import { shopSeries, storageOfSeries } from '../../support/written-series.ts'

const minute = 60_000
const token = 'not-a-secret-of-anybody'

const value = z.tuple([z.number(), z.string()])
const Matrix = z.object({
  status: z.literal('success'),
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), values: z.array(value) })),
  }),
})
const Refusal = z.object({ status: z.literal('error'), errorType: z.string() })

/** Points by label set; a text: it was refused as that. */
type Answer = Readonly<Record<string, readonly (readonly [at: number, value: number])[]>> | string

async function answered(url: URL, path: string, params: readonly (readonly [string, string])[]): Promise<unknown> {
  const address = new URL(`/api/v1/${path}?${String(new URLSearchParams(params.map(([...pair]) => pair)))}`, url)
  return (await fetch(address, { headers: { authorization: `Bearer ${token}` } })).json()
}

async function asked(
  url: URL,
  query: string,
  over: { readonly from: number; readonly to: number; readonly stepMs: number },
): Promise<Answer> {
  const answer = await answered(url, 'query_range', [
    ['query', query],
    ['start', `${over.from / 1000}`],
    ['end', `${over.to / 1000}`],
    ['step', `${over.stepMs / 1000}`],
  ])
  const refusal = Refusal.safeParse(answer)
  if (refusal.success) return refusal.data.errorType
  return Object.fromEntries(
    Matrix.parse(answer).data.result.map(({ metric, values }) => [
      JSON.stringify(Object.entries(metric).sort(([one], [other]) => (one < other ? -1 : 1))),
      values.map(([at, text]) => [at, rounded(text)] as const),
    ]),
  )
}

/** Ten digits: sums of floating numbers may be added in another order. */
function rounded(text: string): number {
  const number = text === '+Inf' ? Number.POSITIVE_INFINITY : text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text)
  return Number.isFinite(number) ? Number(number.toPrecision(10)) : number
}

const asking = (by: readonly string[]): Asking => ({
  subject: { namespace: 'shop', kind: 'Deployment', name: 'web' },
  shared: [],
  by,
  rateMs: 300_000,
})

/** By the way whose metrics are there. */
const ofPresets = presets.flatMap((preset) => {
  const own = 'by' in preset ? [preset.by] : [[], ['pod'], ['code']]
  const bounds = 'bounds' in preset ? preset.bounds : []
  return own.flatMap((by) => [
    ...preset.ways[0].traces(asking(by)).map(({ query }) => query),
    ...bounds.map((bound) => bound.query(asking(by))),
  ])
})

/** Whatever else people ask; each gives something, or is refused. */
const written = `
odd
odd{kind!="nan"} > 10
odd > bool 0
odd >= 0 or -odd
- odd
odd % 7
odd ^ 2
odd{kind="below"} / 0
max(odd)
min(odd)
avg by (kind) (odd)
sum(odd{kind="below"})
count(odd)
group by (kind) (odd)
quantile(0.3, container_memory_working_set_bytes)
quantile by (pod) (1.5, container_memory_working_set_bytes)
topk(2, container_memory_working_set_bytes)
bottomk by (namespace) (1, container_memory_working_set_bytes)
topk(1, odd)
avg_over_time(odd[10m])
min_over_time(odd[10m])
max_over_time(odd[10m])
sum_over_time(odd{kind="below"}[10m])
count_over_time(odd[10m])
last_over_time(odd{kind="below"}[10m])
present_over_time(odd[10m])
stddev_over_time(odd{kind="below"}[10m])
quantile_over_time(0.9, odd{kind="below"}[10m])
absent_over_time(nothing{a="b"}[10m])
absent(odd{kind="none"})
absent(odd)
changes(odd[10m])
resets(http_requests_total[30m])
deriv(container_memory_working_set_bytes[10m])
delta(container_memory_working_set_bytes[10m])
idelta(container_memory_working_set_bytes[10m])
rate(http_requests_total[1m])
rate(http_requests_total[20s])
irate(http_requests_total[5m])
increase(http_requests_total[15m])
increase(http_requests_total{code="200"}[5m]) offset 10m
rate(http_requests_total[5m] offset 10m)
sum without (pod, path) (rate(http_requests_total[5m]))
sum by (pod) (rate(http_requests_total[5m])) / on (pod) group_left () sum by (pod) (container_memory_working_set_bytes{container="web"})
rate(http_requests_total[5m]) / ignoring (code, path) group_left sum without (code, path) (rate(http_requests_total[5m]))
http_requests_total * on (pod) group_left (persistentvolumeclaim) kube_pod_spec_volumes_persistentvolumeclaims_info
http_requests_total and on (pod) container_memory_working_set_bytes
http_requests_total unless on (code) http_requests_total{code="503"}
http_requests_total * http_requests_total
http_requests_total * on (pod) http_requests_total
http_requests_total == on (pod, code) group_left http_requests_total{path="/"}
container_memory_working_set_bytes > on (pod) kube_pod_container_resource_requests{resource="memory"}
container_memory_working_set_bytes > bool on (pod) kube_pod_container_resource_requests{resource="memory"}
container_memory_working_set_bytes == ignoring (x) container_memory_working_set_bytes
histogram_quantile(0.9, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))
histogram_quantile(0.9, rate(http_request_duration_seconds_bucket[5m]))
histogram_quantile(0, sum by (le) (http_request_duration_seconds_bucket))
histogram_quantile(1, sum by (le) (http_request_duration_seconds_bucket))
histogram_quantile(2, sum by (le) (http_request_duration_seconds_bucket))
histogram_quantile(0.5, http_request_duration_seconds_bucket{le!="+Inf"})
max_over_time(sum(rate(http_requests_total[2m]))[10m:1m])
avg_over_time(rate(http_requests_total{code="200"}[1m])[6m:30s])
count_over_time(odd[10m:])
abs(odd)
ceil(odd)
floor(odd)
round(odd)
round(odd, 0.5)
sqrt(odd)
exp(odd{kind="below"} / 10)
ln(odd)
log2(odd)
log10(odd)
sgn(odd)
clamp(odd, -5, 5)
clamp_min(odd, 0)
clamp_max(odd, 0)
timestamp(odd)
timestamp(odd * 1)
vector(1)
scalar(odd{kind="below"})
scalar(odd)
time() - timestamp(odd)
pi() * 2
1 / 0
-1 / 0
0 / 0
7 % -3
-7 % 3
2 ^ 3 ^ 2
-2 ^ 2
1 > bool 2
label_replace(http_requests_total, "short", "$1", "pod", ".*-(.*)")
label_replace(http_requests_total, "code", "", "code", "5..")
label_replace(http_requests_total, "all", "x-\${1}y$2", "pod", "(web)-(.*)-.*")
label_replace(http_requests_total, "pod", "same", "pod", ".*")
label_join(http_requests_total, "where", "/", "namespace", "pod")
sort(odd)
{__name__=~"kube_deployment_.*"}
{__name__=~"kube_deployment_.*", deployment=~"w.b|x"}
{__name__=~".*_bytes", pod!~".*-[xb].*"}
odd{missing=""}
sum(count_over_time(odd[2h]))
count(rate(container_cpu_usage_seconds_total[5m]) > 0.01) or vector(0)
sum(up) or vector(0)
sum(
odd[5m]
1 == 2
rate(odd)
odd{kind=~"("}
`
  .split('\n')
  .filter((line) => line !== '')

/** Each is right, and nothing is found. */
const silent = [
  'clamp(odd, 5, -5)',
  'odd{kind=~""}',
  'odd @ 0',
  'nothing',
  'sum(nothing)',
  'http_requests_total and on (pod) kubelet_volume_stats_used_bytes',
]

/** Samples that both know, and the moments between which they lie. */
async function both() {
  // Off the grid of everything: a sample at the very edge of a range counts in one version of Prometheus and does not in another.
  const to = Math.floor(Date.now() / minute) * minute - 10 * minute + 7_003
  const span = { from: to - 160 * minute, to }
  const series = shopSeries(span)
  const real = await aRealPrometheus(series)
  const simulated = await openPrometheus({ storage: storageOfSeries(series), token, now: () => to })
  onTestFinished(() => simulated.close())
  return { real, simulated: new URL(simulated.url), span }
}

test.skipIf(!hasPrometheus)(
  'over a range the simulated Prometheus answers as a real one that knows the same samples (needs prometheus and promtool)',
  async () => {
    const { real, simulated, span } = await both()
    const over = { from: span.to - 150 * minute, to: span.to, stepMs: 90_000 }
    for (const query of [...ofPresets, ...written, ...silent]) {
      const [ours, theirs] = await Promise.all([asked(simulated, query, over), asked(real, query, over)])
      expect.soft(ours, query).toEqual(theirs)
      expect.soft(JSON.stringify(theirs) === '{}', `${query} gives nothing`).toBe(silent.includes(query))
    }
  },
)

const moments = [
  'odd',
  'odd[3m]',
  'odd[3m] offset 5m',
  'sort_desc(odd)',
  'sort(container_memory_working_set_bytes)',
  'topk(2, container_memory_working_set_bytes)',
  'scalar(kube_deployment_spec_replicas)',
  'time()',
  '1 / 0',
  '"a text"',
  'nothing',
]

/** Order counts where the query makes one, as in `sort`; elsewhere Prometheus has none. */
const inOrder = (query: string, answer: unknown): unknown => {
  const read = z
    .object({ data: z.object({ resultType: z.enum(['vector', 'matrix']), result: z.array(z.json()) }) })
    .safeParse(answer)
  if (!read.success || /^(?:sort|topk)/.test(query)) return answer
  const { resultType, result } = read.data.data
  return { resultType, result: result.map((one) => JSON.stringify(sorted(one))).sort() }
}

/** The same with keys of objects in order. */
const sorted = (value: unknown): unknown => {
  const labelled = z.looseObject({ metric: z.record(z.string(), z.string()) }).safeParse(value)
  if (!labelled.success) return value
  const { metric, ...rest } = labelled.data
  return { ...rest, metric: Object.entries(metric).sort(([one], [other]) => (one < other ? -1 : 1)) }
}

test.skipIf(!hasPrometheus)(
  'so it does at one moment, and about names and labels (needs prometheus and promtool)',
  async () => {
    const { real, simulated, span } = await both()
    const same = async (path: string, params: readonly (readonly [string, string])[]): Promise<void> => {
      const [ours, theirs] = await Promise.all([simulated, real].map((url) => answered(url, path, params)))
      const query = params.find(([name]) => name === 'query')?.[1] ?? ''
      expect.soft(inOrder(query, ours), `${path} ${query}`).toEqual(inOrder(query, theirs))
    }
    for (const query of moments)
      await same('query', [
        ['query', query],
        ['time', `${span.to / 1000}`],
      ])
    const between = [
      ['start', `${span.from / 1000}`],
      ['end', `${span.to / 1000}`],
    ] as const
    const web = '{namespace="shop",pod=~"web-.*"}'
    await same('label/__name__/values', [['match[]', web], ['match[]', 'kube_deployment_spec_replicas'], ...between])
    await same('label/pod/values', between)
    await same('label/nothing/values', between)
    await same('labels', [['match[]', web], ...between])
  },
)
