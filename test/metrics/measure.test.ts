import { describe, expect, it, onTestFinished } from 'vitest'
import { createCatalogue } from '../../src/metrics/catalogue.ts'
import { measurePreset, measureQuery } from '../../src/metrics/measure.ts'
import { cpu } from '../../src/metrics/presets/cpu.ts'
import { latency } from '../../src/metrics/presets/latency.ts'
import { createSource } from '../../src/metrics/source.ts'
import { systemClock } from '../../src/time/clock.ts'
import { aFakePrometheus, errorReply, matrix } from '../support/fake-prometheus.ts'
import type { Asked, Reply } from '../support/fake-prometheus.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { measureWords as words } from '../support/measure-words.ts'

const window = { from: 1_000_000, to: 1_060_000, stepMs: 30_000 }
const subject = { namespace: 'shop', kind: 'Deployment', name: 'web' } as const
const usage = 'container_cpu_usage_seconds_total'
const request = 'kube_pod_container_resource_requests'

const values = (from: number, ...numbers: readonly string[]) =>
  numbers.map((value, index) => [from + index * 30, value] as const)

async function aPlace(cluster: string, reply: (asked: Asked) => Reply) {
  const fake = await aFakePrometheus(reply)
  const settings = { cluster, url: fake.url, credential: { kind: 'none' }, matchers: [] } as const
  const source = createSource({ ...settings, certificates: async () => ({}) }, { clock: systemClock })
  onTestFinished(() => source.close())
  return { fake, source, spot: { source, subject } }
}

const has =
  (names: readonly string[], range: (asked: Asked) => Reply) =>
  (asked: Asked): Reply =>
    asked.path.endsWith('values') ? { data: names } : range(asked)

const usual = () => ({ catalogue: createCatalogue({ clock: createManualClock() }), words })

describe('a preset', () => {
  it('is one line for the workload, held against what it asked for where that is known', async () => {
    const { spot, fake } = await aPlace(
      'prod',
      has([usage, request], ({ params }) =>
        matrix([{ metric: {}, values: values(1000, params['query']?.includes(request) ? '1' : '0.25', '0.5', 'NaN') }]),
      ),
    )
    const measured = await measurePreset({ preset: cpu, spots: [spot], by: [], window, compareMs: undefined }, usual())
    expect(measured).toMatchObject({ unit: 'cores', unshown: 0, shadows: [], problems: [] })
    expect(measured.series).toEqual([
      {
        name: 'web',
        labels: {},
        points: [
          [1_000_000, 0.25],
          [1_030_000, 0.5],
          [1_060_000, null],
        ],
      },
    ])
    expect(measured.lines).toMatchObject([{ kind: 'request', label: words.bounds.request }])
    expect(fake.asked.map(({ path }) => path)).toEqual([
      '/api/v1/label/__name__/values',
      '/api/v1/query_range',
      '/api/v1/query_range',
    ])
  })

  it('of two clusters says whose each line is, and draws no limit that would be nobody’s', async () => {
    const reply = has([usage, request], () => matrix([{ metric: {}, values: values(1000, '1') }]))
    const [prod, test] = [await aPlace('prod', reply), await aPlace('test', reply)]
    const spots = [prod.spot, test.spot]
    const measured = await measurePreset({ preset: cpu, spots, by: ['pod'], window, compareMs: undefined }, usual())
    expect(measured.series.map(({ name }) => name)).toEqual(['prod', 'test'])
    expect(measured.lines).toEqual([])
  })

  it('that does not exist there says so, and asks nothing more', async () => {
    const { spot, fake } = await aPlace(
      'prod',
      has([], () => matrix([])),
    )
    const measured = await measurePreset(
      { preset: latency, spots: [spot], by: [], window, compareMs: undefined },
      usual(),
    )
    expect(measured.problems).toEqual([{ code: 'metrics_preset_empty', cluster: 'prod', preset: 'latency' }])
    expect(fake.asked).toHaveLength(1)
  })

  it('costs its own cluster alone where that one fails', async () => {
    const good = await aPlace(
      'prod',
      has([usage], () => matrix([{ metric: {}, values: values(1000, '1') }])),
    )
    const bad = await aPlace('test', () => errorReply(422, 'execution', 'too many samples'))
    const spots = [good.spot, bad.spot]
    const measured = await measurePreset({ preset: cpu, spots, by: [], window, compareMs: undefined }, usual())
    expect(measured.series.map(({ name }) => name)).toEqual(['prod'])
    expect(measured.problems).toEqual([
      { code: 'metrics_refused', cluster: 'test', kind: 'execution', detail: 'too many samples' },
    ])
  })

  it('may have its own past behind it, moved into the range', async () => {
    const { spot } = await aPlace(
      'prod',
      has([usage], ({ params }) => {
        const start = Number(params['start'])
        return matrix([{ metric: {}, values: values(start, start === 1000 ? '5' : '3') }])
      }),
    )
    const measured = await measurePreset({ preset: cpu, spots: [spot], by: [], window, compareMs: 600_000 }, usual())
    expect(measured.series[0]?.points[0]).toEqual([1_000_000, 5])
    expect(measured.shadows).toMatchObject([{ name: 'web' }])
    expect(measured.shadows[0]?.points[0]).toEqual([1_000_000, 3])
  })
})

describe('what exists', () => {
  it('is asked once and kept for a while; nothing, and a fault, are asked for again', async () => {
    const clock = createManualClock(10_000_000)
    let names: readonly string[] = []
    const { source, fake } = await aPlace('prod', () => ({ data: names }))
    const catalogue = createCatalogue({ clock })
    expect(await catalogue.existing(source, subject, 0)).toEqual({ ok: true, value: new Set() })
    names = [usage]
    expect(await catalogue.existing(source, subject, 0)).toEqual({ ok: true, value: new Set([usage]) })
    expect(await catalogue.existing(source, subject, 0)).toEqual({ ok: true, value: new Set([usage]) })
    expect(fake.asked).toHaveLength(2)
    await clock.advance(300_001)
    await catalogue.existing(source, subject, 0)
    expect(fake.asked).toHaveLength(3)
  })
})

describe('a query of somebody’s own', () => {
  it('names its series by what tells them apart, the largest first, and counts what a picture cannot bear', async () => {
    const series = Array.from({ length: 30 }, (_, index) => ({
      metric: { __name__: 'up', job: 'web', pod: `web-${index}` },
      values: values(1000, String(index)),
    }))
    const { source } = await aPlace('prod', () => matrix(series))
    const measured = await measureQuery({ query: 'up', sources: [source], window, compareMs: undefined })
    expect(measured.series).toHaveLength(10)
    expect(measured.series[0]?.name).toBe('pod="web-29"')
    expect(measured.unshown).toBe(20)
  })

  it('that the source refuses is answered with its own words', async () => {
    const { source } = await aPlace('prod', () => errorReply(400, 'bad_data', 'parse error: unexpected end'))
    const measured = await measureQuery({ query: 'sum(', sources: [source], window, compareMs: undefined })
    expect(measured.problems).toMatchObject([{ code: 'metrics_refused', detail: 'parse error: unexpected end' }])
  })
})
