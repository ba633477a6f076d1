import type { JsonObject } from '../../../src/json.ts'
import type { Streamed } from './test-cluster.ts'
import { at, text } from '../../../src/sandbox/kubernetes/fields.ts'
import { nameOf } from '../../../src/sandbox/kubernetes/objects.ts'
import { eventually, shop, startCluster } from './test-cluster.ts'
import { describe, expect, test } from 'vitest'

const maps = '/api/v1/namespaces/shop/configmaps'
const map = (name: string, labels: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', labels },
})
const reference = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name })
const events = (stream: Streamed): { type: string; object: JsonObject }[] =>
  stream.lines().map((line) => JSON.parse(line))
const told = (stream: Streamed) => events(stream).map(({ type, object }) => `${type} ${nameOf(object)}`)

describe('a watch', () => {
  test('without version begins with what there is, then tells what changes, versions rising', async () => {
    const { simulation, stream } = await startCluster({ seed: [shop, map('a')] })
    const watch = await stream(`${maps}?watch=true`)
    simulation.create(map('b'))
    simulation.patch(reference('a'), { data: { x: '1' } })
    simulation.delete(reference('b'))
    await eventually(() => events(watch).length === 4)
    expect(told(watch)).toEqual(['ADDED a', 'ADDED b', 'MODIFIED a', 'DELETED b'])
    const versions = events(watch).map(({ object }) => Number(text(object, 'metadata', 'resourceVersion')))
    expect(versions).toEqual([...versions].sort((x, y) => x - y))
  })

  test('from a version tells exactly what came after it', async () => {
    const { simulation, stream, call } = await startCluster({ seed: [shop, map('a')] })
    const { body } = await call('GET', maps)
    simulation.create(map('b'))
    const watch = await stream(`${maps}?watch=1&resourceVersion=${text(body, 'metadata', 'resourceVersion')}`)
    simulation.create(map('c'))
    await eventually(() => events(watch).length === 2)
    expect(told(watch)).toEqual(['ADDED b', 'ADDED c'])
  })

  test('tells an object that leaves its selector as deleted, and one that enters as added', async () => {
    const { simulation, stream } = await startCluster({ seed: [shop, map('a', { tier: 'web' }), map('b')] })
    const watch = await stream(`${maps}?watch=1&labelSelector=tier%3Dweb`)
    simulation.patch(reference('b'), { metadata: { labels: { tier: 'web' } } })
    simulation.patch(reference('a'), { metadata: { labels: { tier: 'db' } } })
    simulation.patch(reference('a'), { data: { x: '1' } })
    await eventually(() => events(watch).length === 3)
    expect(told(watch)).toEqual(['ADDED a', 'ADDED b', 'DELETED a'])
    expect(at(events(watch)[2]?.object, 'metadata', 'labels', 'tier')).toBe('web')
  })

  test('from a forgotten version ends at once with an ERROR event that says 410', async () => {
    const { simulation, stream } = await startCluster({ seed: [shop, map('a')], historyLimit: 5 })
    for (let turn = 0; turn < 30; turn += 1) simulation.patch(reference('a'), { data: { turn: String(turn) } })
    const watch = await stream(`${maps}?watch=1&resourceVersion=101`)
    await eventually(() => watch.ended() === 'end')
    expect(events(watch)).toMatchObject([{ type: 'ERROR', object: { kind: 'Status', reason: 'Expired', code: 410 } }])
  })

  test('sends bookmarks once a minute where they are asked for', async () => {
    const { clock, stream } = await startCluster({ seed: [shop] })
    const asked = await stream(`${maps}?watch=1&allowWatchBookmarks=true&resourceVersion=0`)
    const silent = await stream(`${maps}?watch=1&resourceVersion=0`)
    await clock.advance(130_000)
    await eventually(() => events(asked).length === 2)
    expect(events(asked)).toMatchObject([
      { type: 'BOOKMARK' },
      { type: 'BOOKMARK', object: { kind: 'ConfigMap', metadata: {} } },
    ])
    expect(silent.lines()).toEqual([])
  })

  test('with sendInitialEvents marks the end of the list; a 1.30 refuses it', async () => {
    const path = `${maps}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`
    const { stream } = await startCluster({ seed: [shop, map('a')] })
    const watch = await stream(path)
    await eventually(() => events(watch).length === 2)
    expect(events(watch)[1]).toMatchObject({
      type: 'BOOKMARK',
      object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
    })
    const older = await startCluster({ version: 'v1.30.4' })
    expect((await older.call('GET', path)).code).toBe(422)
  })

  test('ends after timeoutSeconds and leaves no timer behind', async () => {
    const { clock, stream, simulation } = await startCluster({ seed: [shop] })
    const watch = await stream(`${maps}?watch=1&timeoutSeconds=7`)
    await clock.advance(6000)
    expect(watch.ended()).toBe('open')
    await clock.advance(1000)
    await eventually(() => watch.ended() === 'end' && simulation.openStreams() === 0)
    expect(clock.pending()).toBe(0)
  })

  test('is forgotten when its reader goes away', async () => {
    const { clock, stream, simulation } = await startCluster({ seed: [shop] })
    const watch = await stream(`${maps}?watch=1&allowWatchBookmarks=true`)
    watch.close()
    await eventually(() => simulation.openStreams() === 0)
    expect(clock.pending()).toBe(0)
  })
})

describe('a list', () => {
  test('comes in pages whose tokens lead through all of it, once each', async () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const { call } = await startCluster({ seed: [shop, ...names.map((name) => map(name))] })
    const seen: string[] = []
    let token = ''
    do {
      const { body } = await call('GET', `${maps}?limit=2&continue=${token}`)
      const items = at(body, 'items')
      if (Array.isArray(items)) seen.push(...items.map((item) => nameOf(item)))
      token = text(body, 'metadata', 'continue')
    } while (token !== '')
    expect(seen).toEqual(names)
  })

  test('refuses a page of a list that is too old', async () => {
    const { call, simulation } = await startCluster({ seed: [shop, map('a'), map('b')] })
    const { body } = await call('GET', `${maps}?limit=1`)
    simulation.faults.expireHistory()
    const { code, body: status } = await call('GET', `${maps}?limit=1&continue=${text(body, 'metadata', 'continue')}`)
    expect([code, text(status, 'reason')]).toEqual([410, 'Expired'])
  })

  test('leaves kind and apiVersion out of typed items, not out of custom ones', async () => {
    const rollout: JsonObject = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { anything: [1] },
    }
    const { call } = await startCluster({ seed: [shop, map('a'), rollout] })
    const typed = await call('GET', maps)
    const custom = await call('GET', '/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts')
    expect(at(typed.body, 'items', 0, 'kind')).toBeUndefined()
    expect(at(custom.body, 'items', 0)).toMatchObject({
      kind: 'Rollout',
      spec: { anything: [1] },
      metadata: { generation: 1 },
    })
  })

  test.each([
    ['tier=web', ['a']],
    ['tier!=web', ['b', 'c']],
    ['tier in (web,db)', ['a', 'b']],
    ['tier notin (web)', ['b', 'c']],
    ['tier', ['a', 'b']],
    ['!tier', ['c']],
    ['tier in (web, db),team==x', ['a']],
  ])('selects by %s', async (selector, names) => {
    const seed = [shop, map('a', { tier: 'web', team: 'x' }), map('b', { tier: 'db' }), map('c')]
    const { call } = await startCluster({ seed })
    const { body } = await call(
      'GET',
      `${maps}?labelSelector=${encodeURIComponent(selector)}&fieldSelector=metadata.name!%3Dkube-root-ca.crt`,
    )
    const items = at(body, 'items')
    expect(Array.isArray(items) ? items.map((item) => nameOf(item)) : []).toEqual(names)
  })
})
