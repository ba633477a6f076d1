import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { expect, onTestFinished, test } from 'vitest'
import { createCatalogue } from '../../src/metrics/catalogue.ts'
import { measurePreset } from '../../src/metrics/measure.ts'
import { memory } from '../../src/metrics/presets/memory.ts'
import { cpu } from '../../src/metrics/presets/cpu.ts'
import { createSource } from '../../src/metrics/source.ts'
import { formatValue } from '../../src/metrics/units.ts'
import { windowOf } from '../../src/metrics/window.ts'
import { systemClock } from '../../src/time/clock.ts'
import { deploymentNamed } from '../support/clusters.ts'
import { measureWords as words } from '../support/measure-words.ts'
import { kubelab, observe, observer } from '../support/observe.ts'
import { builtPainter } from '../support/painter.ts'
import { aScene, shownText } from '../support/scene.ts'

const Matrix = z.object({
  data: z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) }),
})

/** Prometheus as `curl` asks it: no code of ours. */
async function plainly(query: string, at: { readonly from: number; readonly to: number; readonly stepMs: number }) {
  const params = { query, start: `${at.from / 1000}`, end: `${at.to / 1000}`, step: `${at.stepMs / 1000}` }
  const answer = await fetch(new URL(`/api/v1/query_range?${String(new URLSearchParams(params))}`, observer))
  const { data } = Matrix.parse(await answer.json())
  return data.result[0]?.values.map(([seconds, value]) => [seconds * 1000, Number(value)]) ?? []
}

const deploymentPods = (name: string): string => `${name}-[a-z0-9]{1,10}-[a-z0-9]{5}`

test.skipIf(kubelab === undefined)(
  'a board, a comparison and two clusters from a real Prometheus, with the numbers that it gives to anybody (needs kubelab)',
  async () => {
    const kubeconfig = process.env['KUBECONFIG']
    if (!kubeconfig || kubelab === undefined)
      throw new Error('test:cluster needs KUBECONFIG with contexts test and prod')
    const source = (cluster: string) => `{ prometheus: "${observer.href}", matcher: { cluster: ${cluster} } }`
    const scene = await aScene(kubeconfig, {
      painter: await builtPainter(),
      settings: (yaml) => `${yaml}metrics:\n  test: ${source('test')}\n  prod: ${source('prod')}\n`,
    })
    const { namespace, house } = scene
    await observe(kubelab, { kubeconfig, webhook: 'http://127.0.0.1:1', token: 'not-a-secret' })
    const run = (cpuCores: string, used: string) => ({
      namespace,
      body: deploymentNamed('web', { annotations: { 'kubelab/cpu': cpuCores, 'kubelab/memory': used } }),
    })
    await scene.test.apps.createNamespacedDeployment(run('0.5', '300Mi'))
    await scene.prod.apps.createNamespacedDeployment(run('1.5', '700Mi'))
    const used = (cluster: string) =>
      `sum(container_memory_working_set_bytes{cluster="${cluster}",namespace="${namespace}",pod=~"${deploymentPods('web')}",container!=""})`
    const rate = (cluster: string) =>
      `sum(rate(container_cpu_usage_seconds_total{cluster="${cluster}",namespace="${namespace}",container!=""}[300s]))`
    const recent = () => {
      const found = windowOf({ to: Date.now(), rangeMs: 120_000, stepMs: 5_000 })
      if (!found.ok) throw new Error(found.problem.code)
      return found.window
    }
    const seen = async (query: string) => (await plainly(query, recent())).length
    for (const cluster of ['test', 'prod']) {
      await expect.poll(() => seen(rate(cluster)), { timeout: 60_000, interval: 1_000 }).toBeGreaterThan(2)
    }

    // The numbers on the lines are those that anybody gets for the same query.
    const catalogue = createCatalogue({ clock: systemClock })
    const window = recent()
    for (const cluster of ['test', 'prod']) {
      const asked = createSource(
        {
          cluster,
          url: observer,
          credential: { kind: 'none' },
          matchers: [{ label: 'cluster', is: '=', value: cluster }],
          certificates: async () => ({}),
        },
        { clock: systemClock },
      )
      onTestFinished(() => asked.close())
      const spots = [{ source: asked, subject: { namespace, kind: 'Deployment' as const, name: 'web' } }]
      for (const [preset, query] of [
        [memory, used(cluster)],
        [cpu, rate(cluster)],
      ] as const) {
        const measured = await measurePreset(
          { preset, spots, by: [], window, compareMs: undefined },
          { catalogue, words },
        )
        const points = measured.series[0]?.points.filter(([, value]) => value !== null)
        expect(points?.length).toBeGreaterThan(0)
        expect(points).toEqual(await plainly(query, window))
      }
    }

    await scene.type('U0ANN', '/scale web 3')
    await scene.card('Scale web on test', 'done')
    await scene.type('U0ANN', '/metrics web --range 5m --compare 1d')
    const board = await scene.card(`${namespace}/web on test`, '"type":"image"', 'Memory', 'Restarts', '1 change by me')
    expect(shownText(board)).not.toContain('Latency')
    await scene.type('U0ANN', '/metrics web memory --range 2m --step 5s --cluster test,prod')
    const both = await scene.card(`${namespace}/web on test, prod`, 'prod: last', 'test: last')
    const said = /prod: last ([\d.]+ [KMG]iB)/.exec(shownText(both))?.[1]
    const values = (await plainly(used('prod'), { ...window, to: recent().to })).slice(-6)
    expect(values.map(([, value = 0]) => formatValue(value, 'bytes', { cores: () => '' }))).toContain(said)
    const folder = process.env['READBACK_PICTURES']
    if (folder !== undefined) {
      house.slack.world.state.files.forEach(({ content = '' }, index) =>
        writeFileSync(`${folder}/metrics-${index}.png`, Buffer.from(content, 'base64')),
      )
    }
    expect(house.faults).toEqual([])
  },
  180_000,
)
