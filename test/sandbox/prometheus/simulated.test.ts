import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { shop } from '../../../src/sandbox/company/workloads.ts'
import { createKubernetesSimulation } from '../../../src/sandbox/kubernetes/simulation.ts'
import { createRules } from '../../../src/sandbox/alertmanager/rules.ts'
import { workloadsOf } from '../../../src/sandbox/page/cluster-view.ts'
import { createDatabase } from '../../../src/sandbox/prometheus/database.ts'
import { alertingOf } from '../../../src/sandbox/prometheus/rule-groups.ts'
import { openPrometheus } from '../../../src/sandbox/prometheus/server.ts'
import { createManualClock } from '../../support/manual-clock.ts'

const token = 'of-the-test'
const hour = 3_600_000
const day = 24 * hour

const Reply = z.object({
  status: z.string(),
  errorType: z.string().optional(),
  error: z.string().optional(),
  data: z.unknown().optional(),
})
const Vector = z.object({
  resultType: z.literal('vector'),
  result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
})
const Matrix = z.object({
  resultType: z.literal('matrix'),
  result: z.array(
    z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])) }),
  ),
})

const Rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ name: z.string(), state: z.string(), query: z.string() })) })),
})
const Alerts = z.object({
  alerts: z.array(z.object({ labels: z.record(z.string(), z.string()), state: z.string() })),
})

/** A production cluster of the trial a minute after its beginning, and its Prometheus. */
async function trial(name: 'test' | 'prod' = 'prod') {
  const rules = createRules()
  const clock = createManualClock()
  const simulation = createKubernetesSimulation({ clock, name, seed: shop(name) })
  onTestFinished(() => simulation.close())
  const now = () => clock.now()
  const environment = name === 'prod' ? 'production' : 'test'
  const storage = createDatabase({ name, environment, cluster: simulation, now })
  simulation.onChange(() => storage.observe())
  const server = await openPrometheus({ storage, token, now, alerting: () => alertingOf(rules.state(), now()) })
  onTestFinished(() => server.close())
  await clock.advance(60_000)

  const call = async (path: string, given: Readonly<Record<string, string>>, more: RequestInit = {}) => {
    const answer = await fetch(`${server.url}/api/v1/${path}?${new URLSearchParams(given).toString()}`, {
      headers: { authorization: `Bearer ${token}` },
      ...more,
    })
    return { code: answer.status, body: Reply.parse(await answer.json()) }
  }
  const query = async (text: string, at = clock.now()) => {
    const { body } = await call('query', { query: text, time: String(at / 1000) })
    expect(body.error).toBeUndefined()
    return Vector.parse(body.data).result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }))
  }
  const number = async (text: string, at = clock.now()) => {
    const [first, ...others] = await query(text, at)
    expect(others).toEqual([])
    return first?.value
  }
  const range = async (
    text: string,
    { from, to, step }: { readonly from: number; readonly to: number; readonly step: number },
  ) => {
    const given = { query: text, start: String(from / 1000), end: String(to / 1000), step: String(step / 1000) }
    const { body } = await call('query_range', given)
    expect(body.error).toBeUndefined()
    return Matrix.parse(body.data).result.map(({ metric, values }) => ({
      metric,
      values: values.map(([, value]) => Number(value)),
    }))
  }
  const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
  const watched = { name, workloads: () => workloadsOf(simulation) }
  return { clock, simulation, server, rules, watched, url: server.url, call, query, number, range, web }
}

const cpu =
  'sum(rate(container_cpu_usage_seconds_total{namespace="shop",pod=~"web-[a-z0-9]+-[a-z0-9]{5}",container!=""}[5m]))'
const requests = 'sum(rate(http_requests_total{namespace="shop",pod=~"web-.*"}[5m]))'

test('two weeks are there before the trial began, with days, and last week is like this one without being the same', async () => {
  const { clock, range } = await trial()
  const to = clock.now()
  const [line] = await range(requests, { from: to - 13 * day, to, step: hour })
  const values = line?.values ?? []
  expect(values).toHaveLength(13 * 24 + 1)
  expect(Math.min(...values)).toBeGreaterThan(5)
  expect(Math.max(...values)).toBeGreaterThan(2 * Math.min(...values))
  const [now, before] = [values.slice(-100), values.slice(-100 - 168, -168)]
  const apart = now.map((value, index) => Math.abs(value - (before[index] ?? 0)) / value)
  expect(Math.max(...apart)).toBeGreaterThan(0.02)
  expect(apart.reduce((sum, one) => sum + one, 0) / apart.length).toBeLessThan(0.25)
})

test('numbers have their usual size: cores below the limit, memory between request and limit, requests as many as answers', async () => {
  const { number, query } = await trial()
  expect(await number(cpu)).toBeGreaterThan(0.05)
  expect(await number(cpu)).toBeLessThan(2)
  for (const { value } of await query(
    'container_memory_working_set_bytes{container!=""} / on (namespace,pod,container) group_left kube_pod_container_resource_limits{resource="memory"}',
  )) {
    expect(value).toBeGreaterThan(0.2)
    expect(value).toBeLessThan(1)
  }
  expect(
    await number('sum(kube_pod_container_resource_requests{namespace="shop",pod=~"web-.*",resource="cpu"})'),
  ).toBeCloseTo(0.4)
  expect(await number('kube_deployment_spec_replicas{deployment="web"}')).toBe(4)
  const counted = await number('sum(http_requests_total{pod=~"web-.*"})')
  const timed = await number('sum(http_request_duration_seconds_bucket{pod=~"web-.*",le="+Inf"})')
  expect(Math.abs((counted ?? 0) - (timed ?? 1))).toBeLessThan(100)
  const p95 = await number(
    'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{pod=~"web-.*"}[5m])))',
  )
  expect(p95).toBeGreaterThan(0.03)
  expect(p95).toBeLessThan(1)
  expect(
    await number('sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))'),
  ).toBeLessThan(0.03)
})

test('scaled down, the same traffic is on fewer pods: the sum stays, each has more, and answers take longer', async () => {
  const { clock, simulation, number, web } = await trial()
  const each = 'max(rate(http_requests_total{pod=~"web-.*",code="200"}[5m]))'
  const slow = 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{pod=~"web-.*"}[5m])))'
  const before = { all: await number(requests), each: await number(each), slow: await number(slow) }
  simulation.patch(web, { spec: { replicas: 1 } })
  await clock.advance(10 * 60_000)
  expect(await number('kube_deployment_status_replicas{deployment="web"}')).toBe(1)
  expect((await number(requests)) ?? 0).toBeGreaterThan(0.7 * (before.all ?? 0))
  expect((await number(requests)) ?? 0).toBeLessThan(1.3 * (before.all ?? 0))
  expect((await number(each)) ?? 0).toBeGreaterThan(2.5 * (before.each ?? 0))
  expect((await number(slow)) ?? 0).toBeGreaterThan(2 * (before.slow ?? 0))
})

const p95 = 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{pod=~"web-.*"}[5m])))'

test('a pod that takes the place of a killed one is cold for a minute: it answers later than its peers', async () => {
  const { clock, simulation, query, web } = await trial()
  const each =
    'histogram_quantile(0.95, sum by (le, pod) (rate(http_request_duration_seconds_bucket{pod=~"web-.*"}[5m])))'
  const before = (await query(each)).map(({ metric }) => metric['pod'] ?? '')
  simulation.delete({ ...web, apiVersion: 'v1', kind: 'Pod', name: before[0] ?? '' })
  /** How many times as long as its slowest peer the new one takes. */
  const lag = async (): Promise<number> => {
    const found = (await query(each)).filter(({ metric }) => metric['pod'] !== before[0])
    const fresh = found.find(({ metric }) => !before.includes(metric['pod'] ?? ''))
    const peers = found.filter((one) => one !== fresh).map(({ value }) => value)
    return (fresh?.value ?? 0) / Math.max(...peers)
  }
  await clock.advance(90_000)
  expect(await lag()).toBeGreaterThan(2)
  await clock.advance(10 * 60_000)
  expect(await lag()).toBeLessThan(1.2)
})

test('a version that is slow is seen in its times and its errors, and no more once it is taken back', async () => {
  const { clock, simulation, number, web } = await trial()
  const errors = 'sum(rate(http_requests_total{pod=~"web-.*",code=~"5.."}[5m]))'
  const before = { p95: (await number(p95)) ?? 0, errors: (await number(errors)) ?? 0 }
  const ship = (tag: string): void =>
    void simulation.patch(web, {
      spec: { template: { spec: { containers: [{ name: 'web', image: `registry.example/shop/web:${tag}` }] } } },
    })
  ship('1.9.0-slow')
  await clock.advance(8 * 60_000)
  expect(await number(p95)).toBeGreaterThan(4 * before.p95)
  expect(await number(errors)).toBeGreaterThan(3 * before.errors)
  ship('1.4.2')
  await clock.advance(10 * 60_000)
  expect(await number(p95)).toBeLessThan(1.3 * before.p95)
})

test('a pod that is killed is gone at once, and its successor counts from nought', async () => {
  const { clock, simulation, query, web } = await trial()
  const count = 'sum by (pod) (http_requests_total{pod=~"web-.*"})'
  const killed = (await query(count))[0]?.metric['pod'] ?? ''
  simulation.delete({ ...web, apiVersion: 'v1', kind: 'Pod', name: killed })
  await clock.advance(45_000)
  const after = await query(count)
  expect(after).toHaveLength(4)
  expect(after.map(({ metric }) => metric['pod'])).not.toContain(killed)
  expect(Math.min(...after.map(({ value }) => value))).toBeLessThan(2_000)
  expect(await query(`up{pod="${killed}"}`)).toEqual([])
})

test('a deploy that crashes counts its restarts, is seen to loop, and the rest goes on serving', async () => {
  const { clock, simulation, number, query, web } = await trial()
  simulation.patch(web, {
    spec: { template: { spec: { containers: [{ name: 'web', image: 'registry.example/shop/web:1.7.0-crash' }] } } },
  })
  await clock.advance(3 * 60_000)
  expect(
    (await number('max(increase(kube_pod_container_status_restarts_total{namespace="shop",pod=~"web-.*"}[5m])) > 1')) ??
      0,
  ).toBeGreaterThan(1)
  expect(await query('kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}')).not.toEqual([])
  expect((await number('kube_deployment_status_replicas_unavailable{deployment="web"} > 0')) ?? 0).toBeGreaterThan(0)
  expect((await number(requests)) ?? 0).toBeGreaterThan(10)
})

test('what an alert links to is a comparison that holds while the alert fires', async () => {
  const { clock, simulation, rules, watched, query, web } = await trial()
  simulation.patch(web, {
    spec: { template: { spec: { containers: [{ name: 'web', image: 'registry.example/shop/web:1.7.0-crash' }] } } },
  })
  await clock.advance(90_000)
  rules.fire(watched, clock.now())
  await clock.advance(20_000)
  const firing = rules.fire(watched, clock.now())
  expect(firing.map(({ labels }) => labels['alertname'])).toContain('KubePodCrashLooping')
  for (const { generatorUrl } of firing) {
    const expression = new URL(generatorUrl).searchParams.get('g0.expr') ?? ''
    expect(expression).toMatch(/ > \d+$/)
    expect(await query(expression)).not.toEqual([])
  }
})

test('its rules and alerts are those that the Alertmanager is told of: pending first, then firing, then none', async () => {
  const { clock, simulation, rules, watched, call, web } = await trial()
  const seen = async () => {
    const { body } = await call('rules', { type: 'alert', 'rule_name[]': 'KubePodCrashLooping' })
    const groups = Rules.parse(body.data).groups
    const alerts = Alerts.parse((await call('alerts', {})).body.data).alerts
    return {
      rules: groups.flatMap((group) => group.rules.map(({ name, state, query }) => ({ name, state, query }))),
      loops: new Set(
        alerts.filter(({ labels }) => labels['alertname'] === 'KubePodCrashLooping').map((one) => one.state),
      ),
    }
  }
  const query = 'sum by (namespace, container) (kube_pod_container_status_restarts_total) > 1'
  expect(await seen()).toEqual({ rules: [{ name: 'KubePodCrashLooping', state: 'inactive', query }], loops: new Set() })
  simulation.patch(web, {
    spec: { template: { spec: { containers: [{ name: 'web', image: 'registry.example/shop/web:1.7.0-crash' }] } } },
  })
  await clock.advance(90_000)
  rules.fire(watched, clock.now())
  expect(await seen()).toMatchObject({ rules: [{ state: 'pending' }], loops: new Set(['pending']) })
  await clock.advance(5_000)
  const told = rules.fire(watched, clock.now())
  expect(told.every(({ labels }) => labels['cluster'] === 'prod')).toBe(true)
  expect(await seen()).toMatchObject({ rules: [{ state: 'firing' }], loops: new Set(['firing']) })
  expect((await call('rules', { type: 'record' })).body.data).toEqual({ groups: [] })
})

test('taken away nobody is answered, brought back all is there that happened meanwhile', async () => {
  const { clock, server, number } = await trial()
  const before = (await number(requests)) ?? 0
  await server.goAway()
  await expect(number(requests)).rejects.toThrow('fetch failed')
  await clock.advance(60_000)
  await server.comeBack()
  expect((await number(requests)) ?? 0).toBeGreaterThan(0.5 * before)
})

test('without its token nobody is answered; what is wrong is said as Prometheus says it', async () => {
  const { call, url } = await trial('test')
  expect((await fetch(`${url}/api/v1/query?query=up`)).status).toBe(401)
  expect((await fetch(`${url}/api/v1/query?query=up`, { headers: { authorization: 'Bearer other' } })).status).toBe(401)
  const refused = async (path: string, given: Readonly<Record<string, string>>) => {
    const { code, body } = await call(path, given)
    return [code, body.status, body.errorType, body.error]
  }
  const bad = (error: string) => [400, 'error', 'bad_data', error]
  expect(await refused('query', { query: 'sum(' })).toEqual(
    bad('invalid parameter "query": 1:5: parse error: unexpected end of input'),
  )
  expect(await refused('query', { query: 'up', time: 'noon' })).toEqual(
    bad('invalid parameter "time": cannot parse "noon" to a valid timestamp'),
  )
  expect(await refused('query_range', { query: 'up', start: '0', end: '60', step: '0' })).toEqual(
    bad(
      'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
    ),
  )
  expect(await refused('query_range', { query: 'up', start: '60', end: '0', step: '1' })).toEqual(
    bad('invalid parameter "end": end timestamp must not be before start time'),
  )
  expect((await refused('query_range', { query: 'up', start: '0', end: '31536000', step: '1' }))[3]).toMatch(
    /11,000 points/,
  )
  expect((await refused('query', { query: 'up * on (nothing) up' }))[0]).toBe(422)
})

test('names, labels and forms', async () => {
  const { call } = await trial('test')
  const names = await call('label/__name__/values', { 'match[]': '{namespace="shop",pod=~"web-.*"}' })
  expect(names.body.data).toEqual(expect.arrayContaining(['container_cpu_usage_seconds_total', 'http_requests_total']))
  expect((await call('labels', { 'match[]': 'kube_deployment_spec_replicas' })).body.data).toEqual([
    '__name__',
    'deployment',
    'instance',
    'job',
    'namespace',
  ])
  expect(
    (await call('series', { 'match[]': 'kube_deployment_spec_replicas{deployment="web"}' })).body.data,
  ).toHaveLength(1)
  const form = await call(
    'query',
    {},
    {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ query: '1 + 1' }).toString(),
    },
  )
  expect(form.body.data).toMatchObject({ resultType: 'scalar', result: [expect.any(Number), '2'] })
})
