import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished } from 'vitest'
import { temporaryFolder } from './temporary-folder.ts'
import type { WrittenSeries } from './written-series.ts'

/** Both are there after `kubelab observe` has once run. */
export const hasPrometheus = ['prometheus', 'promtool'].every(
  (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0,
)

/** A real Prometheus that knows these series and scrapes nothing, gone with the test. */
export async function aRealPrometheus(series: readonly WrittenSeries[]): Promise<URL> {
  const folder = temporaryFolder()
  const [metrics, data, config] = ['metrics', 'data', 'prometheus.yaml'].map((name) => join(folder, name))
  if (metrics === undefined || data === undefined || config === undefined)
    throw new Error('three names have three paths')
  writeFileSync(metrics, openMetrics(series))
  writeFileSync(config, 'scrape_configs: []\n')
  await promisify(execFile)('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', metrics, data], {
    maxBuffer: 64_000_000,
  })
  const address = `127.0.0.1:${await freePort()}`
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=60d',
      `--web.listen-address=${address}`,
    ],
    { stdio: 'ignore' },
  )
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const url = new URL(`http://${address}`)
  await expect
    .poll(async () => (await fetch(new URL('/-/ready', url)).catch(() => undefined))?.status, { timeout: 30_000 })
    .toBe(200)
  return url
}

/** https://prometheus.io/docs/specs/om/open_metrics_spec/#overall-structure, without types: any name is good then. */
function openMetrics(series: readonly WrittenSeries[]): string {
  const byName = new Map<string, WrittenSeries[]>()
  for (const one of series) {
    const name = one.labels['__name__'] ?? ''
    byName.set(name, [...(byName.get(name) ?? []), one])
  }
  const lines = [...byName].flatMap(([name, all]) =>
    all.flatMap(({ labels, samples }) => {
      const pairs = Object.entries(labels).filter(([label]) => label !== '__name__')
      const text = pairs.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')
      return samples.map(([at, value]) => `${name}{${text}} ${written(value)} ${at / 1000}`)
    }),
  )
  return `${lines.join('\n')}\n# EOF\n`
}

const written = (value: number): string =>
  Number.isNaN(value) ? 'NaN' : Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
