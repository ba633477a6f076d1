import type { Answering } from '../fake-api.ts'
import type { JsonObject } from '../../../src/json.ts'
import type { WatchEvent } from '../../../src/clusters/cluster.ts'
import type { ServerResponse } from 'node:http'
import { createManualClock } from '../../support/manual-clock.ts'
import { at } from '../../../src/clusters/reading/fields.ts'
import { aCluster, problemOf } from '../a-cluster.ts'
import { createFakeApi, json, status } from '../fake-api.ts'
import { aDeployment } from '../objects.ts'
import { afterEach, describe, expect, it } from 'vitest'

const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const version = (resourceVersion: string, uid = 'u'): JsonObject =>
  aDeployment({ metadata: { name: 'web', namespace: 'shop', uid, resourceVersion } })
const list = (response: ServerResponse, resourceVersion: string, ...items: readonly JsonObject[]): void =>
  json(response, { metadata: { resourceVersion }, items })
const line = (type: string, object: JsonObject): string => `${JSON.stringify({ type, object })}\n`

/** `watches[n]` answers the n-th watch, `lists[n]` the n-th list; the last ones answer all that follow. */
async function watching({
  lists,
  watches,
  limits = {},
}: {
  lists: readonly Answering[]
  watches: readonly Answering[]
  limits?: object
}) {
  const clock = createManualClock()
  const count = { list: 0, watch: 0 }
  const api = await createFakeApi((request, response, nth) => {
    const kind = request.url.searchParams.has('watch') ? 'watch' : 'list'
    const answers = kind === 'watch' ? watches : lists
    const answer = answers[Math.min(count[kind], answers.length - 1)]
    count[kind] += 1
    answer?.(request, response, nth)
  })
  const cluster = aCluster({ way: api.url, clock, limits })
  const stop = new AbortController()
  const events = cluster.as('bot').watch(web, stop.signal)[Symbol.asyncIterator]()
  closing.push(
    () => api.close(),
    () => cluster.close(),
    async () => stop.abort(),
  )
  const next = async (): Promise<string> => {
    const { done, value } = await events.next()
    return done ? 'end' : shown(value)
  }
  const asked = (): readonly string[] =>
    api.seen.map(({ url }) =>
      url.searchParams.has('watch') ? `watch ${url.searchParams.get('resourceVersion')}` : 'list',
    )
  return { clock, api, stop, events, next, asked }
}

function shown({ type, object }: WatchEvent): string {
  return `${type} ${JSON.stringify(at(object, 'metadata', 'resourceVersion')).replaceAll('"', '')}`
}

const open: Answering = (_, response) => response.writeHead(200).flushHeaders()

const down: Answering = (_, response) => status(response, 500, { message: 'etcd' })

describe('a watch', () => {
  it('begins with the object as it is, then tells each change, and asks for bookmarks and a bounded time', async () => {
    const { next, api } = await watching({
      lists: [(_, response) => list(response, '100', version('90'))],
      watches: [
        (_, response) =>
          void response.write(
            line('MODIFIED', version('101')) + line('BOOKMARK', version('150')) + line('MODIFIED', version('151')),
          ),
      ],
    })
    expect([await next(), await next(), await next()]).toEqual(['changed 90', 'changed 101', 'changed 151'])
    const { searchParams } = api.seen[1]?.url ?? new URL('x:')
    expect(Object.fromEntries(searchParams)).toEqual({
      fieldSelector: 'metadata.name=web',
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '100',
      timeoutSeconds: '300',
    })
  })

  it('goes on at once where a finished stream ended, from the last bookmark', async () => {
    const { next, asked } = await watching({
      lists: [(_, response) => list(response, '100', version('90'))],
      watches: [
        (_, response) => void response.end(line('BOOKMARK', version('140'))),
        (_, response) => void response.write(line('MODIFIED', version('141'))),
      ],
    })
    expect([await next(), await next()]).toEqual(['changed 90', 'changed 141'])
    expect(asked()).toEqual(['list', 'watch 100', 'watch 140'])
  })

  it('survives a line cut in the middle without losing the change', async () => {
    const whole = line('MODIFIED', version('102'))
    const { next, asked } = await watching({
      lists: [(_, response) => list(response, '100', version('90'))],
      watches: [
        (_, response) =>
          void response.write(line('MODIFIED', version('101')) + whole.slice(0, 50), () => response.destroy()),
        (_, response) => void response.write(whole),
      ],
    })
    expect([await next(), await next(), await next()]).toEqual(['changed 90', 'changed 101', 'changed 102'])
    expect(asked()).toEqual(['list', 'watch 100', 'watch 101'])
  })

  it.each<[string, Answering]>([
    ['an HTTP 410', (_, response) => status(response, 410, { reason: 'Expired' })],
    ['an ERROR event', (_, response) => void response.end(line('ERROR', { kind: 'Status', code: 410 }))],
  ])('lists again after %s, and tells what changed meanwhile once', async (_, expired) => {
    const { next, asked, clock, api } = await watching({
      lists: [
        (_request, response) => list(response, '100', version('90')),
        (_request, response) => list(response, '200', version('190')),
      ],
      watches: [expired, (_request, response) => void response.write(line('MODIFIED', version('201')))],
    })
    expect(await next()).toBe('changed 90')
    const change = next()
    await api.arrived(2)
    await clock.settle()
    await clock.advance(30_000)
    expect([await change, await next()]).toEqual(['changed 190', 'changed 201'])
    expect(asked()).toEqual(['list', 'watch 100', 'list', 'watch 200'])
  })

  it('tells nothing after listing again what is as it was', async () => {
    const { next, clock, api } = await watching({
      lists: [
        (_, response) => list(response, '100', version('90')),
        (_, response) => list(response, '200', version('90')),
      ],
      watches: [
        (_, response) => status(response, 410),
        (_, response) => void response.write(line('MODIFIED', version('201'))),
      ],
    })
    expect(await next()).toBe('changed 90')
    const change = next()
    await api.arrived(2)
    await clock.settle()
    await clock.advance(30_000)
    expect(await change).toBe('changed 201')
  })

  it('ends with the deletion, also of an object that was replaced while nobody looked', async () => {
    const seen = await watching({
      lists: [(_, response) => list(response, '100', version('90'))],
      watches: [(_, response) => void response.write(line('DELETED', version('101')))],
    })
    expect([await seen.next(), await seen.next(), await seen.next()]).toEqual(['changed 90', 'deleted 101', 'end'])

    const unseen = await watching({
      lists: [
        (_, response) => list(response, '100', version('90')),
        (_, response) => list(response, '200', version('190', 'another')),
      ],
      watches: [(_, response) => status(response, 410)],
    })
    await unseen.next()
    const gone = unseen.next()
    await unseen.api.arrived(2)
    await unseen.clock.settle()
    await unseen.clock.advance(30_000)
    expect([await gone, await unseen.next()]).toEqual(['deleted 90', 'end'])
  })

  it('takes a silent connection for dead after the idle limit, and asks again at once', async () => {
    const { next, clock, api, asked } = await watching({
      lists: [(_, response) => list(response, '100', version('90'))],
      watches: [open, (_, response) => void response.write(line('MODIFIED', version('101')))],
    })
    await next()
    const change = next()
    await api.arrived(2)
    await clock.settle()
    await clock.advance(74_999)
    expect(asked()).toHaveLength(2)
    await clock.advance(1)
    expect(await change).toBe('changed 101')
  })

  it('waits longer and longer while the server fails, one request at a time, then goes on', async () => {
    const { next, clock, api, asked } = await watching({
      lists: [(_, response) => list(response, '100', version('90'))],
      watches: [down, down, down, (_, response) => void response.write(line('MODIFIED', version('101')))],
    })
    await next()
    const change = next()
    for (const [requests, wait] of [
      [2, 1_000],
      [3, 2_000],
      [4, 4_000],
    ] as const) {
      await api.arrived(requests)
      await clock.settle()
      await clock.advance(wait - 1)
      expect(asked()).toHaveLength(requests)
      await clock.advance(1)
    }
    expect(await change).toBe('changed 101')
  })

  it('throws what waiting does not cure', async () => {
    const refused = await watching({
      lists: [(_, response) => list(response, '100', version('90'))],
      watches: [(_, response) => status(response, 403, { message: 'User "x" cannot watch resource "d"' })],
    })
    await refused.next()
    expect(await problemOf(refused.next())).toMatchObject({ code: 'cluster_forbidden' })
    const absent = await watching({ lists: [(_, response) => list(response, '100')], watches: [open] })
    expect(await problemOf(absent.next())).toMatchObject({ code: 'cluster_not_found' })
  })

  it('does not trust a line without end', async () => {
    const { next, clock, api, asked } = await watching({
      lists: [(_, response) => list(response, '100', version('90'))],
      watches: [(_, response) => void response.write(`{"a":"${'x'.repeat(3_000)}"}\n`), open],
      limits: { watchLineBytes: 1_000 },
    })
    await next()
    const change = next()
    await api.arrived(2)
    await clock.settle()
    await clock.advance(1_000)
    await api.arrived(4)
    expect(asked()).toEqual(['list', 'watch 100', 'list', 'watch 100'])
    void change
  })

  it('reads no faster than its events are taken', async () => {
    let written = 0
    const event = line('MODIFIED', version('101', 'x'.repeat(10_000)))
    const { next, api, clock } = await watching({
      lists: [(_, response) => list(response, '100', version('90'))],
      watches: [
        (_, response) => {
          const more = (): void => {
            while (written < 50_000_000 && response.write(event)) written += event.length
            if (written < 50_000_000) response.once('drain', more)
          }
          more()
        },
      ],
    })
    await next()
    await next()
    await api.arrived(2)
    await clock.settle()
    expect(written).toBeLessThan(10_000_000)
  })

  it.each(['while it waits for a change', 'while it waits to ask again'])(
    'ends quietly when it is aborted %s, and leaves no connection and no timer',
    async (when) => {
      const { next, stop, clock, api } = await watching({
        lists: [(_, response) => list(response, '100', version('90'))],
        watches: [when.includes('change') ? open : (_, response) => status(response, 500)],
      })
      await next()
      const end = next()
      await api.arrived(2)
      await clock.settle()
      stop.abort()
      expect(await end).toBe('end')
      expect(clock.pending()).toBe(0)
    },
  )

  it('closes its connection when its reader leaves', async () => {
    const { next, events, api, clock } = await watching({
      lists: [(_, response) => list(response, '100', version('90'))],
      watches: [(_, response) => void response.write(line('MODIFIED', version('101')))],
    })
    await next()
    await next()
    await events.return?.()
    await clock.settle()
    expect(clock.pending()).toBe(0)
    expect(api.seen).toHaveLength(2)
  })
})

describe('a watch of pods', () => {
  it('rests while lists succeed and the watches behind them do not', async () => {
    const clock = createManualClock()
    const api = await createFakeApi(({ url }, response) => {
      if (url.searchParams.has('watch')) response.end('not json\n')
      else list(response, '100')
    })
    const cluster = aCluster({ way: api.url, clock })
    closing.push(
      () => api.close(),
      () => cluster.close(),
    )
    const stop = new AbortController()
    const pods = cluster.as('bot').watchPods({ namespace: 'shop', selector: 'app=web' }, stop.signal)
    const rounds = (async () => {
      let count = 0
      for await (const _ of pods) count += 1
      return count
    })()
    await api.arrived(2)
    await clock.settle()
    await clock.advance(999)
    expect(api.seen).toHaveLength(2)
    await clock.advance(1)
    await api.arrived(4)
    await clock.settle()
    stop.abort()
    expect(await rounds).toBe(2)
  })
})
