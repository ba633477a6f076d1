import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClusterAccess, LogLine, LogQuery } from '../../src/clusters/cluster.ts'
import type { Pod } from '../../src/clusters/nouns.ts'
import { ClusterError } from '../../src/clusters/problems.ts'
import { readPod } from '../../src/clusters/reading/pod.ts'
import { stampAt } from '../../src/logs/line.ts'
import { tailLogs } from '../../src/logs/tail.ts'
import type { TailQuery } from '../../src/logs/tail-source.ts'
import { createFakeCluster } from '../support/fake-cluster.ts'
import { aPod } from '../support/pod-builder.ts'
import { noon } from './an-entry.ts'

const running = (name: string, containers: readonly string[] = ['app']): Pod => {
  const pod = readPod(aPod({ name, uid: `uid-${name}` }))
  const [usual] = pod.containers
  if (usual === undefined) throw new Error('a pod without containers')
  return { ...pod, containers: containers.map((own) => ({ ...usual, name: own, state: 'running' })) }
}

const line = (ms: number, text: string): LogLine => ({ stamp: stampAt(noon + ms), text })
const sizeOf = ({ stamp, text }: LogLine): number => Buffer.byteLength(`${stamp} ${text}\n`)

/** A cluster that answers as the kubelet does: the last lines, and of these so many bytes from the first one on. */
function aCluster(logs: Readonly<Record<string, readonly LogLine[]>>, onLine: () => void = () => {}) {
  const asked: LogQuery[] = []
  const access: ClusterAccess = {
    ...createFakeCluster().access,
    logs: async function* (query: LogQuery, signal: AbortSignal) {
      asked.push(query)
      const whole = logs[`${query.pod}/${query.container}`]
      if (whole === undefined)
        throw new ClusterError({ code: 'cluster_failed', cluster: 'prod', status: 400, detail: 'waiting to start' })
      let left = query.limitBytes ?? Infinity
      for (const one of whole.slice(-(query.tailLines ?? whole.length))) {
        if (signal.aborted || left <= 0) return
        const bytes = sizeOf(one)
        yield left >= bytes ? one : { ...one, text: one.text.slice(0, Math.max(0, left - 32)) }
        left -= bytes
        onLine()
      }
    },
  }
  return { access, asked }
}

const query = (more: Partial<TailQuery> = {}): TailQuery => ({
  container: 'all',
  tail: 50,
  since: undefined,
  of: 'current',
  filter: {},
  mask: (text) => text,
  ...more,
})
const signal = (): AbortSignal => new AbortController().signal
const textsOf = ({ entries }: { readonly entries: readonly { readonly text: string }[] }): readonly string[] =>
  entries.map(({ text }) => text)

test('the newest of all containers are shown, in order, however many containers there are', async () => {
  const anyLogs = fc.array(fc.array(fc.nat({ max: 5_000 }), { maxLength: 60 }), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(anyLogs, fc.integer({ min: 1, max: 30 }), async (moments, tail) => {
      const written = moments.map((own, index) =>
        own.toSorted((a, b) => a - b).map((ms, at) => ({ ms, text: `${index}/${at}` })),
      )
      const logs = Object.fromEntries(
        written.map((own, index) => [`web-${index}/app`, own.map(({ ms, text }) => line(ms, text))]),
      )
      const { access } = aCluster(logs)
      const pods = moments.map((_, index) => running(`web-${index}`))
      const found = await tailLogs(pods, query({ tail }), { access, signal: signal() })
      const newest = written.flat().sort((a, b) => a.ms - b.ms)
      expect(found.entries.map(({ stamp }) => stamp)).toEqual(newest.slice(-tail).map(({ ms }) => stampAt(noon + ms)))
      for (const [index, own] of written.entries()) {
        const shown = textsOf(found).filter((text) => text.startsWith(`${index}/`))
        expect(shown).toEqual(own.slice(own.length - shown.length).map(({ text }) => text))
      }
      expect(found).toMatchObject({ partly: [], unfinished: [], short: false })
    }),
  )
})

test('lines of one container keep their order where their stamps go back', async () => {
  const { access } = aCluster({ 'web/app': [line(0, 'one'), line(50, 'two'), line(40, 'three'), line(60, 'four')] })
  expect(textsOf(await tailLogs([running('web')], query(), { access, signal: signal() }))).toEqual([
    'one',
    'two',
    'three',
    'four',
  ])
})

test('of a log larger than what is read of one it is the newest lines that are shown, and it is said', async () => {
  const long = 'x'.repeat(1_000)
  const whole = Array.from({ length: 12_000 }, (_, at) => line(at, `${at} ${long}`))
  const { access, asked } = aCluster({ 'web/app': whole })
  const found = await tailLogs([running('web')], query({ filter: { grep: 'x' }, tail: 3 }), {
    access,
    signal: signal(),
  })
  expect(textsOf(found).map((text) => Number.parseInt(text, 10))).toEqual([11_997, 11_998, 11_999])
  // The three newest matches were found; older lines belong to nothing that is shown.
  expect(found).toMatchObject({ partly: [], unfinished: [] })
  expect(asked).toHaveLength(2)

  const rare = await tailLogs([running('web')], query({ filter: { grep: '^5 x' } }), { access, signal: signal() })
  expect(rare.entries).toEqual([])
  expect(rare.partly).toEqual([{ source: 'web/app', lines: expect.any(Number) }])
  expect(rare.partly[0]?.lines).toBeGreaterThan(7_000)
})

test('newest lines that are much longer than the others are found as well', async () => {
  const whole = [
    ...Array.from({ length: 100_000 }, (_, at) => line(at, `short ${at}`)),
    ...Array.from({ length: 200 }, (_, at) => line(200_000 + at, `long ${at} ${'x'.repeat(64_000)}`)),
  ]
  const { access, asked } = aCluster({ 'web/app': whole })
  const found = await tailLogs([running('web')], query({ filter: { grep: 'o' }, tail: 2 }), {
    access,
    signal: signal(),
  })
  expect(textsOf(found).map((text) => text.slice(0, 8))).toEqual(['long 198', 'long 199'])
  expect(found.unfinished).toEqual([])
  expect(asked.length).toBeLessThan(7)
})

test('what is asked of many containers is bounded in bytes for all of them together', async () => {
  const names = Array.from({ length: 60 }, (_, at) => `c${at}`)
  const logs = Object.fromEntries(names.map((name) => [`web/${name}`, [line(0, name)]]))
  const { access, asked } = aCluster(logs)
  await tailLogs([running('web', names)], query({ tail: 10_000 }), { access, signal: signal() })
  expect(asked).toHaveLength(60)
  expect(asked.reduce((sum, { limitBytes = Infinity }) => sum + limitBytes, 0)).toBeLessThanOrEqual(128 * 1_048_576)
})

test('many large lines are an answer of bounded size, and the oldest of them are left out with a word', async () => {
  const whole = Array.from({ length: 2_000 }, (_, at) => line(at, `${at} ${'x'.repeat(4_000)}`))
  const names = Array.from({ length: 10 }, (_, at) => `c${at}`)
  const { access } = aCluster(Object.fromEntries(names.map((name) => [`web/${name}`, whole])))
  const found = await tailLogs([running('web', names)], query({ tail: 10_000 }), { access, signal: signal() })
  expect(found.entries.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(4_000_000)
  expect(found.short).toBe(true)
  expect(textsOf(found).at(-1)).toMatch(/^1999 /)
})

test('a container that is not read to its end in time is named', async () => {
  const stop = new AbortController()
  let lines = 0
  const { access } = aCluster(
    { 'a/app': Array.from({ length: 100 }, (_, at) => line(at, `${at}`)), 'b/app': [line(0, 'b')] },
    () => {
      lines += 1
      if (lines === 10) stop.abort()
    },
  )
  const found = await tailLogs([running('a'), running('b')], query(), { access, signal: stop.signal })
  expect(found.unfinished).toContain('a/app')
})

test('what cannot be read is named, and the others are shown', async () => {
  const { access } = aCluster({ 'b/app': [line(0, 'b')] })
  const found = await tailLogs([running('a'), running('b')], query(), { access, signal: signal() })
  expect(textsOf(found)).toEqual(['b'])
  expect(found.failed).toMatchObject([{ pod: 'a', problem: { code: 'cluster_failed' } }])
})

test('stack traces stay whole, and the filter sees what people see', async () => {
  const { access, asked } = aCluster({
    'web/app': [
      line(0, 'INFO ok'),
      line(1, 'ERROR failed'),
      line(1, '  at x'),
      line(2, '\u001b[31mtoken=abc\u001b[0m'),
    ],
  })
  const mask = (text: string): string => text.replace('abc', '••••')
  const found = await tailLogs([running('web')], query({ filter: { grep: 'failed|••••' }, mask }), {
    access,
    signal: signal(),
  })
  expect(found.entries).toMatchObject([{ text: 'ERROR failed', more: ['  at x'] }, { text: 'token=••••' }])
  expect(asked[0]).not.toHaveProperty('tailLines')
})
