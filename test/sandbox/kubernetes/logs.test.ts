import type { JsonObject } from '../../../src/json.ts'
import type { TestCluster } from './test-cluster.ts'
import { eventually, pods, shop, startCluster } from './test-cluster.ts'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'

const pod = (image: string, annotations: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', annotations },
  spec: { containers: [{ name: 'app', image }] },
})

async function started(image = 'registry.example/web:1.0', annotations: JsonObject = {}) {
  const cluster = await startCluster({ seed: [shop, pod(image, annotations)] })
  await cluster.clock.advance(1050)
  return cluster
}

const log = `${pods}/web/log`
const read = async ({ call }: TestCluster, query: string) =>
  (await call('GET', `${log}?${query}`)).text.split('\n').slice(0, -1)
const numbers = (lines: readonly string[]) => lines.map((line) => Number(/seq["=:]+(\d+)/.exec(line)?.[1]))

describe('the log of a pod', () => {
  test('is twenty lines at the start and two a second after', async () => {
    const cluster = await started()
    expect(await read(cluster, '')).toHaveLength(22)
    await cluster.clock.advance(10_000)
    expect(numbers(await read(cluster, ''))).toEqual(Array.from({ length: 42 }, (_line, index) => index))
  })

  test('honours log-burst and log-rate', async () => {
    const cluster = await started('registry.example/web:1.0', { 'kubelab/log-burst': '5', 'kubelab/log-rate': '100' })
    expect(await read(cluster, '')).toHaveLength(105)
  })

  test('tailLines gives the last lines, and none at 0', async () => {
    const cluster = await started()
    expect(numbers(await read(cluster, 'tailLines=3'))).toEqual([19, 20, 21])
    expect(await read(cluster, 'tailLines=0')).toEqual([])
  })

  test('timestamps have nine digits, rise, and repeat now and then', async () => {
    const cluster = await started()
    const stamps = (await read(cluster, 'timestamps=true')).map((line) => line.split(' ')[0] ?? '')
    expect(stamps.every((stamp) => /^2026-01-01T00:00:0\d\.\d{9}Z$/.test(stamp))).toBe(true)
    expect(stamps).toEqual([...stamps].sort())
    expect(new Set(stamps).size).toBeLessThan(stamps.length)
  })

  test('sinceTime is cut to whole seconds, so lines of that second come again', async () => {
    const cluster = await started()
    await cluster.clock.advance(10_000)
    const [exact, late] = await Promise.all(
      ['2026-01-01T00:00:05Z', '2026-01-01T00:00:05.900000000Z'].map((since) => read(cluster, `sinceTime=${since}`)),
    )
    expect(late).toEqual(exact)
    expect(late?.length).toBe(13)
  })

  test('sinceSeconds gives what is younger', async () => {
    const cluster = await started()
    await cluster.clock.advance(10_000)
    // The line of that very moment belongs to it.
    expect(await read(cluster, 'sinceSeconds=5')).toHaveLength(11)
  })

  test('limitBytes cuts in the middle of a line', async () => {
    const cluster = await started()
    expect((await cluster.call('GET', `${log}?limitBytes=50`)).text).toHaveLength(50)
  })

  test('follow goes on as lines are due and ends when the pod does', async () => {
    const cluster = await started('registry.example/web:1.0', { 'kubelab/stop-after': '2s' })
    const stream = await cluster.stream(`${log}?follow=true&tailLines=1`)
    await eventually(() => stream.lines().length === 1)
    await cluster.clock.advance(2000)
    await eventually(() => stream.lines().length === 5)
    cluster.simulation.delete({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' })
    await cluster.clock.advance(1000)
    expect(stream.ended()).toBe('open')
    await cluster.clock.advance(2000)
    await eventually(() => stream.ended() === 'end')
    expect(numbers(stream.lines())).toEqual(stream.lines().map((_line, index) => 21 + index))
  })

  test('lines that are put in stand where they were put, also for those who follow', async () => {
    const cluster = await started()
    const stream = await cluster.stream(`${log}?follow=true&tailLines=1`)
    cluster.simulation.appendLog({ namespace: 'shop', name: 'web' }, 'FATAL out of money')
    await eventually(() => stream.lines().length === 2)
    await cluster.clock.advance(1000)
    await eventually(() => stream.lines().length === 4)
    expect(stream.lines()[1]).toBe('FATAL out of money')
    expect((await read(cluster, '')).indexOf('FATAL out of money')).toBe(22)
  })

  test('of a crash ends with a panic, and previous gives the run before', async () => {
    const cluster = await started('registry.example/web:crash')
    const current = await read(cluster, '')
    expect(current).toHaveLength(10)
    expect(current.at(-1)).toMatch(/^panic: runtime error/)
    expect(await read(cluster, 'previous=true')).toEqual(current)
    await cluster.clock.advance(500)
    expect((await read(cluster, '')).at(-1)).not.toMatch(/^panic/)
    expect((await read(cluster, 'previous=true')).at(-1)).toMatch(/^panic/)
  })

  test('follow of a crashing container ends when it dies', async () => {
    const cluster = await startCluster({ seed: [shop, pod('registry.example/web:crash')] })
    await cluster.clock.advance(100)
    const stream = await cluster.stream(`${log}?follow=true`)
    await cluster.clock.advance(500)
    await eventually(() => stream.ended() === 'end')
    expect(stream.lines().at(-1)).toMatch(/^panic/)
  })

  test('of a pod that waits is 400 with the reason it waits for', async () => {
    const cluster = await started('registry.example/web:missing')
    const { code, body } = await cluster.call('GET', log)
    expect([code, body['message']]).toEqual([
      400,
      'container "app" in pod "web" is waiting to start: trying and failing to pull image',
    ])
  })

  test('of 100,000 lines arrives whole', async () => {
    const cluster = await started('registry.example/web:1.0', { 'kubelab/log-burst': '100000' })
    expect(await read(cluster, '')).toHaveLength(100_002)
  })

  test('leaves no timer behind when the follower goes', async () => {
    const cluster = await started()
    const stream = await cluster.stream(`${log}?follow=true`)
    await eventually(() => stream.lines().length === 22)
    stream.close()
    await eventually(() => cluster.clock.pending() === 0)
    expect(cluster.simulation.openStreams()).toBe(0)
  })
})

describe('a log that is a file', () => {
  const files = async (options: { readonly logFiles?: 'allowed' }) => {
    const folder = await mkdtemp(join(tmpdir(), 'log-file-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'app.log')
    await writeFile(path, 'one\ntwo\nthree\n')
    const cluster = await startCluster({
      seed: [shop, pod('registry.example/web:1.0', { 'kubelab/log-file': path })],
      ...options,
    })
    await cluster.clock.advance(1000)
    return { cluster, path }
  }

  test('is followed as it grows, from the wanted line on', async () => {
    const { cluster, path } = await files({ logFiles: 'allowed' })
    expect(await read(cluster, 'tailLines=2')).toEqual(['two', 'three'])
    const stream = await cluster.stream(`${log}?follow=true&tailLines=1`)
    await eventually(() => stream.lines().length === 1)
    await appendFile(path, 'four\n')
    await eventually(() => cluster.clock.pending() > 0)
    await cluster.clock.advance(100)
    await eventually(() => stream.lines().length === 2)
    expect(stream.lines()).toEqual(['three', 'four'])
  })

  test('is not shown unless the simulation allows it', async () => {
    const { cluster } = await files({})
    expect(await read(cluster, '')).not.toContain('one')
  })
})
