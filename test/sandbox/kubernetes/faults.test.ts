import type { JsonObject } from '../../../src/json.ts'
import { integer, text } from '../../../src/sandbox/kubernetes/fields.ts'
import { deployment, deployments, eventually, mergePatch, shop, startCluster } from './test-cluster.ts'
import { describe, expect, test } from 'vitest'

const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' } as const
const path = `${deployments}/web`
const to5 = { type: mergePatch, body: { spec: { replicas: 5 } } }
const replicas = (object: JsonObject | undefined) => integer(object, 'spec', 'replicas')

async function prepared(options: Parameters<typeof startCluster>[0] = {}) {
  const cluster = await startCluster({ seed: [shop, deployment('web')], ...options })
  await cluster.clock.advance(2000)
  return cluster
}

describe('faults', () => {
  test('a status hits as many requests as told, with Retry-After, and only the method it names', async () => {
    const { call, simulation } = await prepared()
    simulation.faults.add({ effect: { kind: 'status', code: 429, retryAfterSeconds: 3 }, method: 'GET', times: 1 })
    expect((await call('PATCH', path, to5)).code).toBe(200)
    expect(await call('GET', path)).toMatchObject({
      code: 429,
      headers: { 'retry-after': '3' },
      body: { reason: 'TooManyRequests', details: { retryAfterSeconds: 3 } },
    })
    expect((await call('GET', path)).code).toBe(200)
  })

  test('a reset before leaves the object alone, a reset after does not: the caller sees the same', async () => {
    const { call, simulation } = await prepared()
    simulation.faults.add({ effect: { kind: 'reset', when: 'before' }, times: 1 })
    await expect(call('PATCH', path, to5)).rejects.toThrow('socket hang up')
    expect(replicas(simulation.get(web))).toBe(2)
    simulation.faults.add({ effect: { kind: 'reset', when: 'after' }, times: 1 })
    await expect(call('PATCH', path, to5)).rejects.toThrow('socket hang up')
    expect(replicas(simulation.get(web))).toBe(5)
  })

  test('a delay waits on the cluster’s clock', async () => {
    const { call, clock, simulation } = await prepared()
    simulation.faults.add({ effect: { kind: 'delay', ms: 5000 } })
    let code = 0
    const before = clock.pending()
    const reply = call('GET', path).then((answer) => (code = answer.code))
    await eventually(() => clock.pending() > before)
    expect(code).toBe(0)
    await clock.advance(5000)
    await reply
    expect(code).toBe(200)
  })

  test('what is delayed is not carried out once its caller has gone, or the server', async () => {
    const { call, clock, simulation } = await prepared()
    simulation.faults.add({ effect: { kind: 'delay', ms: 5000 } })
    const before = clock.pending()
    const refused = expect(call('PATCH', path, to5)).rejects.toThrow('socket hang up')
    await eventually(() => clock.pending() > before)
    await simulation.faults.goDown()
    await refused
    await eventually(() => clock.pending() === before)
    expect(replicas(simulation.get(web))).toBe(2)
  })

  test('a proxy’s page is no Status', async () => {
    const { call, simulation } = await prepared()
    simulation.faults.add({ effect: { kind: 'page', code: 502, html: '<h1>Bad Gateway</h1>' }, path: /deployments/ })
    expect(await call('GET', path)).toMatchObject({
      code: 502,
      text: '<h1>Bad Gateway</h1>',
      headers: { 'content-type': 'text/html' },
    })
    expect((await call('GET', '/version')).code).toBe(200)
    simulation.faults.clear()
    expect((await call('GET', path)).code).toBe(200)
  })

  test('streams can be cut, torn in the middle of a line, or dropped for being quiet', async () => {
    const { stream, clock, simulation } = await prepared()
    const cut = await stream(`${deployments}?watch=1`)
    await eventually(() => cut.lines().length === 1)
    simulation.faults.cutStreams('torn')
    await eventually(() => cut.ended() === 'error')
    expect(cut.lines()[1]).toBe('{"type":"MODIFIED","object":{"kind":"Dep')
    simulation.faults.setStreamIdleLimit(20_000)
    const quiet = await stream(`${deployments}?watch=1`)
    await eventually(() => quiet.lines().length === 1)
    await clock.advance(20_000)
    await eventually(() => quiet.ended() === 'error')
  })

  test('a frozen stream stays open and says nothing', async () => {
    const { stream, simulation } = await prepared()
    const watch = await stream(`${deployments}?watch=1`)
    await eventually(() => watch.lines().length === 1)
    simulation.faults.freezeStreams()
    simulation.patch(web, { spec: { replicas: 3 } })
    simulation.faults.thawStreams()
    simulation.patch(web, { spec: { replicas: 4 } })
    await eventually(() => watch.lines().length === 2)
    expect(replicas(JSON.parse(watch.lines()[1] ?? '{}').object)).toBe(4)
  })

  test('a cluster that is down refuses connections and comes back on the same port with everything it had', async () => {
    const { call, simulation } = await prepared()
    await simulation.faults.goDown()
    await expect(call('GET', path)).rejects.toThrow('ECONNREFUSED')
    await simulation.faults.comeBack()
    expect((await call('GET', path)).code).toBe(200)
  })

  test('a webhook denies in its own words, dry runs too; one that is down is 500', async () => {
    const { call, simulation } = await prepared()
    const remove = simulation.faults.addWebhook({
      name: 'images.policy.example',
      plural: 'deployments',
      review: (object) => (replicas(object) === 5 ? { deny: 'five is too many' } : 'allow'),
    })
    const denied = await call('PATCH', `${path}?dryRun=All`, to5)
    expect([denied.code, denied.body['message']]).toEqual([
      403,
      'admission webhook "images.policy.example" denied the request: five is too many',
    ])
    expect((await call('PATCH', path, { type: mergePatch, body: { spec: { replicas: 4 } } })).code).toBe(200)
    remove()
    simulation.faults.addWebhook({ name: 'images.policy.example', review: () => 'down' })
    const down = await call('PATCH', path, to5)
    expect(down.code).toBe(500)
    expect(text(down.body, 'message')).toMatch(
      /^Internal error occurred: failed calling webhook "images\.policy\.example"/,
    )
  })
})

describe('writes', () => {
  test('a dry run answers with the would-be object and changes nothing', async () => {
    const { call, simulation } = await prepared()
    const before = simulation.get(web)
    const { code, body } = await call('PATCH', `${path}?dryRun=All&fieldManager=readback`, to5)
    expect([code, replicas(body), integer(body, 'metadata', 'generation')]).toEqual([200, 5, 2])
    expect(simulation.get(web)).toBe(before)
  })

  test('managedFields tell who owns the replicas after each writer', async () => {
    const { call, simulation } = await prepared()
    await call('PATCH', `${path}?fieldManager=argocd-controller`, to5)
    const owners = () => {
      const { managedFields } = JSON.parse(JSON.stringify(simulation.get(web)?.['metadata'] ?? {}))
      return managedFields
        .filter((entry: { fieldsV1: { 'f:spec'?: object } }) => 'f:replicas' in (entry.fieldsV1['f:spec'] ?? {}))
        .map((entry: { manager: string }) => entry.manager)
    }
    expect(owners()).toEqual(['argocd-controller'])
    await call('PATCH', `${path}/scale?fieldManager=readback`, { type: mergePatch, body: { spec: { replicas: 7 } } })
    expect(owners()).toEqual(['readback'])
  })

  test('a change that changes nothing keeps version and generation', async () => {
    const { call, simulation } = await prepared()
    const before = simulation.get(web)
    await call('PATCH', path, { type: mergePatch, body: { spec: { replicas: 2 } } })
    expect(simulation.get(web)).toBe(before)
  })

  test('strategic merge and server-side apply are refused for custom resources', async () => {
    const rollout: JsonObject = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {},
    }
    const { call } = await prepared({ seed: [shop, deployment('web'), rollout] })
    const url = '/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/web'
    expect((await call('PATCH', url, { type: 'application/strategic-merge-patch+json', body: {} })).code).toBe(415)
    expect((await call('PATCH', url, { type: 'application/apply-patch+yaml', body: {} })).code).toBe(415)
    expect((await call('PATCH', url, { type: mergePatch, body: { spec: { paused: true } } })).body).toMatchObject({
      spec: { paused: true },
      metadata: { generation: 2 },
    })
    expect(
      (await call('PATCH', `${url}/status`, { type: mergePatch, body: { status: { abort: true } } })).body,
    ).toMatchObject({ status: { abort: true }, metadata: { generation: 2 } })
  })

  test('deleting a namespace empties it first', async () => {
    const { call, clock, simulation } = await prepared()
    expect((await call('DELETE', '/api/v1/namespaces/shop')).body).toMatchObject({ status: { phase: 'Terminating' } })
    const refused = await call('POST', deployments, { body: deployment('api') })
    expect(text(refused.body, 'message')).toBe(
      'deployments.apps "api" is forbidden: unable to create new content in namespace shop because it is being terminated',
    )
    await clock.advance(5000)
    expect(simulation.get({ apiVersion: 'v1', kind: 'Namespace', name: 'shop' })).toBeUndefined()
    expect(simulation.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' })).toEqual([])
  })
})

test('a 1.24 server answers as a 1.24 server did', async () => {
  const { call, simulation, clock } = await prepared({ version: 'v1.24.17' })
  expect((await call('GET', '/version')).body).toMatchObject({ minor: '24', gitVersion: 'v1.24.17' })
  const { body } = await call('GET', path)
  expect(body).toMatchObject({ spec: { template: { metadata: { creationTimestamp: null } } } })
  expect(text(body, 'status', 'terminatingReplicas')).toBe('')
  expect(
    (await call('PATCH', `${path}?fieldValidation=Strict`, { type: mergePatch, body: { spec: { foo: 1 } } })).code,
  ).toBe(200)
  simulation.patch(web, { spec: { replicas: 3 } })
  await clock.advance(1000)
  const messages = simulation
    .list({ apiVersion: 'v1', kind: 'Event', namespace: 'shop' })
    .map((event) => text(event, 'message'))
  expect(messages.some((message) => /^Scaled up replica set web-\w+ to 3$/.test(message))).toBe(true)
})
