import type { Answering } from '../fake-api.ts'
import type { JsonObject } from '../../../src/json.ts'
import type { LogLine, LogQuery } from '../../../src/clusters/cluster.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { aCluster, problemOf } from '../a-cluster.ts'
import { createFakeApi, json, status } from '../fake-api.ts'
import { aContainer, aPod } from '../objects.ts'
import { afterEach, describe, expect, it } from 'vitest'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const stamp = (nanos: number): string =>
  `2026-01-01T00:00:0${Math.floor(nanos / 1e9)}.${String(nanos % 1e9).padStart(9, '0')}Z`
const said = (...lines: readonly (readonly [number, string])[]): string =>
  lines.map(([nanos, text]) => `${stamp(nanos)} ${text}\n`).join('')
const running = (restartCount = 0): JsonObject =>
  aPod({ status: { containerStatuses: [aContainer({ running: {} }, { restartCount })] } })
const ended = (restartCount = 0): JsonObject =>
  aPod({ status: { containerStatuses: [aContainer({ terminated: { exitCode: 0 } }, { restartCount })] } })

/** `streams[n]` answers the n-th log request, `pods[n]` is the pod at its n-th reading; the last ones stay. */
async function reading({
  streams,
  pods = [running()],
  query = {},
  limits = {},
}: {
  streams: readonly Answering[]
  pods?: readonly (JsonObject | undefined)[]
  query?: Partial<LogQuery>
  limits?: object
}) {
  const clock = createManualClock()
  const count = { log: 0, pod: 0 }
  const api = await createFakeApi((request, response, nth) => {
    if (request.url.pathname.endsWith('/log')) {
      streams[Math.min(count.log, streams.length - 1)]?.(request, response, nth)
      count.log += 1
      return
    }
    const pod = pods[Math.min(count.pod, pods.length - 1)]
    count.pod += 1
    if (pod) json(response, pod)
    else status(response, 404, { message: 'pods "web-1" not found' })
  })
  const cluster = aCluster({ way: api.url, clock, limits })
  const stop = new AbortController()
  closing.push(
    () => api.close(),
    () => cluster.close(),
    async () => stop.abort(),
  )
  const lines = cluster.as('bot').logs({ namespace: 'shop', pod: 'web-1', container: 'web', ...query }, stop.signal)
  const asked = (): readonly Record<string, string>[] =>
    api.seen.filter(({ url }) => url.pathname.endsWith('/log')).map(({ url }) => Object.fromEntries(url.searchParams))
  return { clock, api, stop, lines, asked }
}

async function all(lines: AsyncIterable<LogLine>): Promise<readonly string[]> {
  const texts: string[] = []
  for await (const { text } of lines) texts.push(text)
  return texts
}

const follow = { follow: true } as const
const answer =
  (text: string): Answering =>
  (_, response) =>
    void response.end(text)
const cutAfter =
  (text: string): Answering =>
  (_, response) =>
    void response.write(text, () => response.destroy())

describe('one look at a log', () => {
  it('gives stamps and texts, and asks for what was wanted', async () => {
    const { lines, asked } = await reading({
      streams: [answer(said([1, 'a'], [2, '  b  c ']) + `${stamp(3)} no newline`)],
      query: { tailLines: 0, sinceSeconds: 90, previous: true, limitBytes: 1_000 },
    })
    const got: LogLine[] = []
    for await (const line of lines) got.push(line)
    expect(got).toEqual([
      { stamp: stamp(1), text: 'a' },
      { stamp: stamp(2), text: '  b  c ' },
      { stamp: stamp(3), text: 'no newline' },
    ])
    expect(asked()).toEqual([
      {
        container: 'web',
        timestamps: 'true',
        previous: 'true',
        tailLines: '0',
        sinceSeconds: '90',
        limitBytes: '1000',
      },
    ])
  })

  it('keeps lines that the kubelet wrote without a stamp, empty ones, and bytes that are no UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`unable to retrieve container logs\n${stamp(1)} \n${stamp(2)} \u8ba2\u5355 `),
      Buffer.from([0xff, 0xfe, 0x0a]),
    ])
    const { lines } = await reading({ streams: [(_, response) => void response.end(bytes)] })
    expect(await all(lines)).toEqual(['unable to retrieve container logs', '', '订单 \ufffd\ufffd'])
  })

  it('puts characters and lines together that came in pieces', async () => {
    const bytes = Buffer.from(said([1, '订单超时'], [2, 'b']))
    const { lines } = await reading({
      streams: [
        (_, response) => {
          const one = (from: number): void => {
            if (from >= bytes.length) response.end()
            else response.write(bytes.subarray(from, from + 5), () => setImmediate(one, from + 5))
          }
          one(0)
        },
      ],
    })
    expect(await all(lines)).toEqual(['订单超时', 'b'])
  })

  it.each([1, 2, 3])(
    'cuts a line that is too long between two characters, and says how much is gone (%i)',
    async (shift) => {
      const long = 'x'.repeat(shift) + '订'.repeat(100)
      const { lines } = await reading({
        streams: [answer(said([1, long], [2, 'next']))],
        limits: { logLineBytes: 100 },
      })
      const got: LogLine[] = []
      for await (const line of lines) got.push(line)
      expect(got[0]?.text).toMatch(/^x+订+…$/)
      expect(got[0]?.cut).toBeGreaterThan(200)
      expect(got[1]).toEqual({ stamp: stamp(2), text: 'next' })
    },
  )

  it('a container that waits to start is a problem that says so', async () => {
    const { lines } = await reading({
      streams: [
        (_, response) =>
          status(response, 400, {
            reason: 'BadRequest',
            message: 'container "web" in pod "web-1" is waiting to start: ContainerCreating',
          }),
      ],
    })
    expect(await problemOf(all(lines))).toMatchObject({
      code: 'cluster_failed',
      status: 400,
      detail: expect.stringContaining('waiting to start'),
    })
  })

  it('a cut is a problem, not a short log', async () => {
    const { lines } = await reading({
      streams: [(_, response) => void response.write(said([1, 'a']), () => response.destroy())],
    })
    expect(await problemOf(all(lines))).toMatchObject({ code: 'cluster_no_answer' })
  })
})

describe('following a log', () => {
  it('ends with the container', async () => {
    const { lines, asked } = await reading({
      streams: [answer(said([1, 'a']))],
      pods: [running(), ended()],
      query: follow,
    })
    expect(await all(lines)).toEqual(['a'])
    expect(asked()).toHaveLength(1)
  })

  it('goes on after a cut, without hole and without repeat', async () => {
    const { lines, asked } = await reading({
      streams: [
        cutAfter(said([1, 'a'], [2, 'b'], [3, 'c']) + `${stamp(4)} ha`),
        answer(said([1, 'a'], [2, 'b'], [3, 'c'], [4, 'half'], [5, 'e'])),
      ],
      pods: [running(), running(), ended()],
      query: { ...follow, tailLines: 10 },
    })
    expect(await all(lines)).toEqual(['a', 'b', 'c', 'half', 'e'])
    expect(asked()[1]).toEqual({ container: 'web', timestamps: 'true', follow: 'true', sinceTime: stamp(3) })
  })

  it('tells lines with the same stamp apart', async () => {
    const { lines } = await reading({
      streams: [
        cutAfter(said([1, 'a'], [1, 'b'], [1, 'b'])),
        answer(said([1, 'a'], [1, 'b'], [1, 'b'], [1, 'b'], [1, 'c'])),
      ],
      pods: [running(), running(), ended()],
      query: follow,
    })
    expect(await all(lines)).toEqual(['a', 'b', 'b', 'b', 'c'])
  })

  it('goes on with what is newer where the last line was rotated away', async () => {
    const { lines } = await reading({
      streams: [cutAfter(said([1, 'a'], [5, 'e'])), answer(said([4, 'other'], [6, 'f']))],
      pods: [running(), running(), ended()],
      query: follow,
    })
    expect(await all(lines)).toEqual(['a', 'e', 'f'])
  })

  it('fetches the last words of a run that ended while the stream was cut', async () => {
    const { lines, asked } = await reading({
      streams: [cutAfter(said([1, 'a'], [2, 'b'])), answer(said([2, 'b'], [3, 'panic']))],
      pods: [running(0), running(1)],
      query: follow,
    })
    expect(await all(lines)).toEqual(['a', 'b', 'panic'])
    expect(asked()[1]).toEqual({ container: 'web', timestamps: 'true', previous: 'true', sinceTime: stamp(2) })
  })

  it.each<[string, JsonObject | undefined]>([
    ['is gone', undefined],
    ['is another one of that name', aPod({ metadata: { uid: 'other' } })],
  ])('ends when the pod %s', async (_, pod) => {
    const { lines, asked } = await reading({
      streams: [cutAfter(said([1, 'a']))],
      pods: [running(), pod],
      query: follow,
    })
    expect(await all(lines)).toEqual(['a'])
    expect(asked()).toHaveLength(1)
  })

  it('opens a silent stream anew, for a rotated log stalls without an end', async () => {
    const { lines, asked, api, clock, stop } = await reading({
      streams: [
        (_, response) => void response.write(said([1, 'a'])),
        (_, response) => void response.write(said([1, 'a'], [2, 'b'])),
      ],
      query: follow,
    })
    const got: string[] = []
    const done = (async () => {
      for await (const { text } of lines) {
        got.push(text)
        if (text === 'b') stop.abort()
      }
    })()
    await api.arrived(2)
    await clock.settle()
    await clock.advance(75_000)
    await api.arrived(4)
    await done
    expect(got).toEqual(['a', 'b'])
    expect(asked()[1]).toMatchObject({ sinceTime: stamp(1) })
    expect(clock.pending()).toBe(0)
  })

  it('does not lose what is said before the first line came, when only new lines were wanted', async () => {
    const { lines, asked, api, clock } = await reading({
      streams: [(_, response) => response.writeHead(200).flushHeaders(), answer(said([1, 'a']))],
      pods: [running(), running(), ended()],
      query: { ...follow, tailLines: 0 },
    })
    const got = all(lines)
    await api.arrived(2)
    await clock.settle()
    await clock.advance(75_000)
    expect(await got).toEqual(['a'])
    expect(asked()[1]).toMatchObject({ sinceSeconds: '76' })
  })

  it('waits out a server that is away', async () => {
    const { lines, api, clock } = await reading({
      streams: [
        cutAfter(said([1, 'a'])),
        (_, response) => void response.writeHead(503).end(),
        (_, response) => void response.writeHead(503).end(),
        (_, response) => void response.writeHead(503).end(),
        answer(said([1, 'a'], [2, 'b'])),
      ],
      pods: [running(), running(), running(), ended()],
      query: follow,
    })
    const got = all(lines)
    for (const requests of [3, 4, 5, 6, 7]) {
      await api.arrived(requests)
      await clock.settle()
      await clock.advance(2_000)
    }
    expect(await got).toEqual(['a', 'b'])
  })

  it('ends with the bytes that were asked for', async () => {
    const { lines, asked } = await reading({ streams: [answer(said([1, 'a']))], query: { ...follow, limitBytes: 50 } })
    expect(await all(lines)).toEqual(['a'])
    expect(asked()).toHaveLength(1)
  })

  it('ends quietly when aborted, and leaves nothing behind', async () => {
    const { lines, api, clock, stop } = await reading({
      streams: [(_, response) => void response.write(said([1, 'a']))],
      query: follow,
    })
    const got = all(lines)
    await api.arrived(2)
    await clock.settle()
    stop.abort()
    expect(await got).toEqual(['a'])
    expect(clock.pending()).toBe(0)
  })

  it('does not read on when its reader has left', async () => {
    const { lines, api, clock } = await reading({
      streams: [(_, response) => void response.write(said([1, 'a'], [2, 'b']))],
      query: follow,
    })
    for await (const line of lines) if (line.text === 'a') break
    await clock.settle()
    expect(clock.pending()).toBe(0)
    expect(api.seen).toHaveLength(2)
  })

  it('reads no faster than its lines are taken', async () => {
    let written = 0
    const text = said([1, 'x'.repeat(10_000)])
    const { lines, clock } = await reading({
      streams: [
        (_, response) => {
          const more = (): void => {
            while (written < 50_000_000 && response.write(text)) written += text.length
            if (written < 50_000_000) response.once('drain', more)
          }
          more()
        },
      ],
      query: follow,
    })
    for await (const line of lines) {
      expect(line.text).toHaveLength(10_000)
      for (let turn = 0; turn < 20; turn += 1) await clock.settle()
      expect(written).toBeLessThan(10_000_000)
      break
    }
  })
})
