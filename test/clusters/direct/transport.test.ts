import type { Answering, FakeApi } from '../fake-api.ts'
import type { DirectCluster } from '../../../src/clusters/direct/cluster.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { aCluster, problemOf } from '../a-cluster.ts'
import { createFakeApi, json, status, version } from '../fake-api.ts'
import { aDeployment } from '../objects.ts'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'

const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const scale = [{ op: 'replace', path: '/spec/replicas', value: 3 }] as const

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function against(answer: Answering, options: Omit<Parameters<typeof aCluster>[0], 'way' | 'clock'> = {}) {
  const clock = createManualClock()
  const api: FakeApi = await createFakeApi(answer)
  const cluster: DirectCluster = aCluster({ way: api.url, clock, ...options })
  closing.push(
    () => api.close(),
    () => cluster.close(),
  )
  return { clock, api, cluster, bot: cluster.as('bot') }
}

describe('requests', () => {
  it('share connections, name us, and carry no impersonation for the bot', async () => {
    const { api, bot } = await against((_, response) => json(response, version))
    for (let i = 0; i < 20; i += 1) expect(await bot.version()).toBe('v1.37.2')
    expect(api.connections.accepted).toBeLessThanOrEqual(2)
    expect(api.seen[0]?.header('user-agent')).toEqual(['readback'])
    expect(api.seen[0]?.header('impersonate-user')).toEqual([])
  })

  it('of a person carry each group as a header line of its own, names in UTF-8', async () => {
    const { api, cluster } = await against((_, response) => json(response, version))
    await cluster.as({ user: '王@corp', groups: ['readback:sre', 'readback:dev,ops'] }).version()
    const [request] = api.seen
    expect(request?.header('impersonate-group')).toEqual(['readback:sre', 'readback:dev,ops'])
    expect(Buffer.from(request?.header('impersonate-user')[0] ?? '', 'latin1').toString('utf8')).toBe('王@corp')
  })

  it.each([
    ['system:admin', []],
    ['ann', ['system:masters']],
    ['', []],
    ['ann', ['']],
    ['ann\r\nX: y', []],
  ])('never go out as %j with %j', async (user, groups) => {
    const { api, cluster } = await against((_, response) => json(response, version))
    expect(await problemOf(cluster.as({ user, groups }).version())).toMatchObject({ code: 'cluster_unauthorized' })
    expect(api.seen).toEqual([])
  })

  it('run eight at a time for reads, two for writes, and those do not wait for one another', async () => {
    const { clock, api, bot } = await against(() => undefined, { timeoutMs: 1_000 })
    const reads = Array.from({ length: 12 }, () => problemOf(bot.version()))
    const writes = Array.from({ length: 4 }, () => problemOf(bot.patch(web, scale, 'write')))
    await api.arrived(10)
    await clock.settle()
    expect(api.seen.filter(({ method }) => method === 'GET')).toHaveLength(8)
    expect(api.seen.filter(({ method }) => method === 'PATCH')).toHaveLength(2)
    await clock.advance(1_000)
    const codes = (await Promise.all([...reads, ...writes])).map(({ code }) => code)
    expect(new Set(codes)).toEqual(new Set(['cluster_no_answer']))
    expect(clock.pending()).toBe(0)
  })
})

describe('what goes wrong on the way', () => {
  it('a server that says nothing costs the deadline and not more', async () => {
    const { clock, api, bot } = await against(() => undefined)
    const answer = problemOf(bot.version())
    await api.arrived(1)
    await clock.advance(10_000)
    expect(await answer).toMatchObject({ code: 'cluster_no_answer', cluster: 'test' })
    expect(api.seen).toHaveLength(1)
    expect(clock.pending()).toBe(0)
  })

  it('nobody listening is told apart from no answer, for a write as well', async () => {
    const gone = await createFakeApi(() => undefined)
    await gone.close()
    const cluster = aCluster({ way: gone.url, clock: createManualClock() })
    closing.push(() => cluster.close())
    expect(await problemOf(cluster.as('bot').patch(web, scale, 'write'))).toMatchObject({
      code: 'cluster_unreachable',
      detail: expect.stringContaining('ECONNREFUSED'),
    })
  })

  it('a connection that dies after a write was sent leaves the outcome open, and nothing is sent again', async () => {
    const { api, bot } = await against((_, response) => response.destroy())
    expect(await problemOf(bot.patch(web, scale, 'write'))).toMatchObject({ code: 'cluster_no_answer' })
    expect(api.seen).toHaveLength(1)
  })

  it('a read is asked again after a dead connection, and so is a dry run', async () => {
    const { api, clock, bot } = await against((_, response, nth) =>
      nth % 2 === 1 ? response.destroy() : json(response, aDeployment()),
    )
    const read = bot.read(web)
    await api.arrived(1)
    await clock.settle()
    await clock.advance(400)
    expect(await read).toMatchObject({ kind: 'Deployment' })
    const dry = bot.patch(web, scale, 'dry-run')
    await api.arrived(3)
    await clock.settle()
    await clock.advance(400)
    await dry
    expect(api.seen[3]?.url.searchParams.get('dryRun')).toBe('All')
  })

  it('an answer cut in the middle is no answer', async () => {
    const { bot } = await against((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"kind"', () => response.destroy())
    })
    expect(await problemOf(bot.patch(web, scale, 'write'))).toMatchObject({ code: 'cluster_no_answer' })
  })

  it('an answer larger than is ever kept is cut off', async () => {
    const { bot, api } = await against((_, response) => response.end(`{"a":"${'x'.repeat(5_000)}"}`), {
      limits: { answerBytes: 1_000 },
    })
    expect(await problemOf(bot.read(web))).toMatchObject({ code: 'cluster_failed', status: 200 })
    expect(api.seen).toHaveLength(1)
  })

  it('something that speaks no HTTP is a fault, not a hang', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const cluster = aCluster({ way: `http://127.0.0.1:${port}`, clock: createManualClock() })
    closing.push(
      async () => void server.close(),
      () => cluster.close(),
    )
    expect(await problemOf(cluster.as('bot').patch(web, scale, 'write'))).toMatchObject({ code: 'cluster_no_answer' })
  })
})

describe('answers that say no', () => {
  const cases: readonly [string, Answering, object][] = [
    [
      'RBAC',
      (_, r) =>
        status(r, 403, {
          reason: 'Forbidden',
          message:
            'deployments.apps "web" is forbidden: User "ann" cannot patch resource "deployments" in API group "apps" in the namespace "shop"',
        }),
      { code: 'cluster_forbidden' },
    ],
    [
      'RBAC on impersonation',
      (_, r) =>
        status(r, 403, {
          message:
            'users "ann" is forbidden: User "bot" cannot impersonate resource "users" in API group "" at the cluster scope',
        }),
      { code: 'cluster_forbidden' },
    ],
    [
      'a quota',
      (_, r) =>
        status(r, 403, {
          message: 'deployments.apps "web" is forbidden: exceeded quota: q, requested: count/x=1, used: 1, limited: 1',
        }),
      { code: 'cluster_denied' },
    ],
    [
      'a webhook',
      (_, r) =>
        status(r, 403, {
          message: 'admission webhook "policy.example" denied the request: User "x" cannot get resource "y" here',
        }),
      { code: 'cluster_denied' },
    ],
    [
      'a webhook with a status of its own',
      (_, r) => status(r, 418, { message: 'admission webhook "policy.example" denied the request: no' }),
      { code: 'cluster_denied' },
    ],
    [
      'a webhook that cannot dry-run',
      (_, r) => status(r, 400, { message: 'admission webhook "policy.example" does not support dry run' }),
      { code: 'cluster_denied' },
    ],
    [
      'an admission policy',
      (_, r) =>
        status(r, 422, {
          reason: 'Invalid',
          message: `deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no`,
        }),
      { code: 'cluster_denied' },
    ],
    [
      'a namespace that is going',
      (_, r) =>
        status(r, 403, {
          message:
            'pods "x" is forbidden: unable to create new content in namespace shop because it is being terminated',
        }),
      { code: 'cluster_denied' },
    ],
    ['404', (_, r) => status(r, 404, { message: 'deployments.apps "web" not found' }), { code: 'cluster_not_found' }],
    [
      '409',
      (_, r) => status(r, 409, { reason: 'Conflict', message: 'the object has been modified' }),
      { code: 'cluster_conflict' },
    ],
    ['410', (_, r) => status(r, 410, { reason: 'Expired' }), { code: 'cluster_expired' }],
    [
      'a failed test',
      (_, r) =>
        status(r, 422, {
          reason: 'Invalid',
          message: 'the server rejected our request due to an error in our request',
          details: {},
        }),
      { code: 'cluster_moved', cluster: 'test' },
    ],
    [
      'an invalid value',
      (_, r) =>
        status(r, 422, {
          reason: 'Invalid',
          message: 'Deployment.apps "web" is invalid',
          details: { causes: [{ field: 'spec.replicas', message: 'must be ≥ 0' }] },
        }),
      { code: 'cluster_invalid', fields: ['spec.replicas'] },
    ],
    [
      '401',
      (_, r) => status(r, 401, { reason: 'Unauthorized', message: 'Unauthorized' }),
      { code: 'cluster_unauthorized', detail: 'Unauthorized' },
    ],
    [
      '429',
      (_, r) => status(r, 429, { headers: { 'retry-after': '7' } }),
      { code: 'cluster_throttled', retryAfterMs: 7_000 },
    ],
    [
      'a webhook that is down',
      (_, r) => status(r, 500, { reason: 'InternalError', message: 'failed calling webhook "p"' }),
      { code: 'cluster_failed', status: 500, detail: 'failed calling webhook "p"' },
    ],
    [
      'a page of a proxy',
      (_, r) =>
        r
          .writeHead(502, { 'content-type': 'text/html' })
          .end('<html><head><title>502 Bad Gateway</title></head><body>…'),
      { code: 'cluster_failed', status: 502, detail: '502 Bad Gateway' },
    ],
    [
      'a login page',
      (_, r) => r.writeHead(302, { location: 'https://sso.example/login' }).end(),
      { code: 'cluster_failed', status: 302, detail: '→ https://sso.example/login' },
    ],
    [
      'a page where JSON should be',
      (_, r) => r.end('<html><title>Welcome</title>'),
      { code: 'cluster_failed', status: 200, detail: 'Welcome' },
    ],
    [
      'a 404 of somebody else, who never looked for the object',
      (_, r) => r.writeHead(404).end('<html>no such site'),
      { code: 'cluster_failed', status: 404 },
    ],
  ]
  it.each(cases)('%s', async (_, answer, expected) => {
    const { bot } = await against(answer)
    expect(await problemOf(bot.patch(web, scale, 'write'))).toMatchObject(expected)
  })

  it('a workload that does not exist is no problem, but a page that says 404 is', async () => {
    const missing = await against((_, response) => status(response, 404, { message: 'not found' }))
    expect(await missing.bot.workload({ kind: 'Deployment', namespace: 'shop', name: 'web' })).toBeUndefined()
    const page = await against((_, response) => response.writeHead(404).end('<html>'))
    expect(await problemOf(page.bot.workload({ kind: 'Deployment', namespace: 'shop', name: 'web' }))).toMatchObject({
      code: 'cluster_failed',
    })
  })

  it('foreign text is cut to what a card bears', async () => {
    const { bot } = await against((_, response) => status(response, 409, { message: 'x'.repeat(10_000) }))
    const problem = await problemOf(bot.patch(web, scale, 'write'))
    expect('detail' in problem ? problem.detail.length : 0).toBeLessThan(600)
  })

  it('warnings come with the patched object', async () => {
    const { bot } = await against((_, response) => {
      response.setHeader('warning', ['299 - "unknown field \\"spec.nix\\""', '299 - "one", 299 - "two"'])
      json(response, aDeployment())
    })
    expect((await bot.patch(web, scale, 'dry-run')).warnings).toEqual(['unknown field "spec.nix"', 'one', 'two'])
  })
})

describe('asking again', () => {
  it('waits as long as the server demands, where there is time for it', async () => {
    const { clock, api, bot } = await against((_, response, nth) =>
      nth === 1 ? status(response, 429, { headers: { 'retry-after': '4' } }) : json(response, version),
    )
    const answer = bot.version()
    await api.arrived(1)
    await clock.settle()
    await clock.advance(3_999)
    expect(api.seen).toHaveLength(1)
    await clock.advance(1)
    expect(await answer).toBe('v1.37.2')
  })

  it('gives up at once where there is none', async () => {
    const { api, bot } = await against((_, response) => status(response, 429, { headers: { 'retry-after': '60' } }))
    expect(await problemOf(bot.version())).toEqual({ code: 'cluster_throttled', cluster: 'test', retryAfterMs: 60_000 })
    expect(api.seen).toHaveLength(1)
  })

  it('stops after three times', async () => {
    const { clock, api, bot } = await against((_, response) => response.writeHead(503).end('down'))
    const answer = problemOf(bot.version())
    await api.arrived(1)
    await clock.settle()
    await clock.advance(400)
    await api.arrived(2)
    await clock.settle()
    await clock.advance(800)
    expect(await answer).toMatchObject({ code: 'cluster_failed', status: 503, detail: 'down' })
    expect(api.seen).toHaveLength(3)
  })

  it('never happens for a write', async () => {
    const { api, bot } = await against((_, response) => status(response, 503, { headers: { 'retry-after': '1' } }))
    expect(await problemOf(bot.patch(web, scale, 'write'))).toMatchObject({ code: 'cluster_failed', status: 503 })
    expect(api.seen).toHaveLength(1)
  })
})

describe('a cluster that does not answer', () => {
  it('after a rest, whoever cannot wait for the probe as long as it takes learns that there is no answer', async () => {
    const { clock, bot } = await against(() => undefined, { timeoutMs: 1_000 })
    for (let failure = 0; failure < 5; failure += 1) {
      const silent = problemOf(bot.version())
      await clock.advance(1_000)
      expect((await silent).code).toBe('cluster_no_answer')
    }
    expect((await problemOf(bot.version())).code).toBe('cluster_resting')
    await clock.advance(60_000)
    const impatient = problemOf(bot.version())
    await clock.advance(1_000)
    expect(await impatient).toMatchObject({ code: 'cluster_unreachable', detail: 'no answer within 1000 ms' })
    await clock.advance(60_000)
    expect(clock.pending()).toBe(0)
  })

  it('is left to rest, then asked for its version before anything else', async () => {
    let dead = true
    const { clock, api, cluster, bot } = await against((_, response) =>
      dead ? response.destroy() : json(response, dead ? {} : version),
    )
    const fail = async () => await problemOf(bot.patch(web, scale, 'write'))
    expect(cluster.health().state).toBe('unknown')
    for (let i = 0; i < 5; i += 1) expect(await fail()).toMatchObject({ code: 'cluster_no_answer' })
    expect(cluster.health()).toMatchObject({ state: 'down', since: clock.now() })

    expect(await fail()).toEqual({ code: 'cluster_resting', cluster: 'test', retryAt: clock.now() + 5_000 })
    expect(api.seen).toHaveLength(5)

    await clock.advance(5_000)
    expect(await fail()).toEqual({ code: 'cluster_resting', cluster: 'test', retryAt: clock.now() + 10_000 })
    expect(api.seen.slice(5).map(({ url }) => url.pathname)).toEqual(['/version'])

    dead = false
    await clock.advance(10_000)
    const answers = await Promise.all([bot.version(), bot.version(), bot.version()])
    expect(answers).toEqual(['v1.37.2', 'v1.37.2', 'v1.37.2'])
    expect(api.seen.slice(6)).toHaveLength(4)
    expect(cluster.health()).toMatchObject({ state: 'up', since: clock.now() })
  })

  it('rests no longer when the clock of the machine is set back', async () => {
    let dead = true
    const { clock, bot } = await against((_, response) => (dead ? response.destroy() : json(response, version)))
    for (let i = 0; i < 5; i += 1) await problemOf(bot.patch(web, scale, 'write'))
    expect(await problemOf(bot.version())).toMatchObject({ code: 'cluster_resting' })
    dead = false
    clock.setBack(3_600_000)
    expect(await bot.version()).toBe('v1.37.2')
  })

  it('is not what one is that refuses', async () => {
    const { cluster, bot } = await against((_, response) => status(response, 403, { message: 'no' }))
    for (let i = 0; i < 30; i += 1) await problemOf(bot.patch(web, scale, 'write'))
    expect(cluster.health().state).toBe('up')
  })

  it('nor one whose webhook fails', async () => {
    const { cluster, bot } = await against((_, response) =>
      status(response, 500, { message: 'failed calling webhook' }),
    )
    for (let i = 0; i < 30; i += 1)
      expect(await problemOf(bot.patch(web, scale, 'write'))).toMatchObject({ code: 'cluster_failed' })
    expect(cluster.health().state).toBe('up')
  })
})

describe('lists', () => {
  it('are read page by page, and from the start when the pages expire', async () => {
    let expired = false
    const { api, bot } = await against(({ url }, response) => {
      const next = url.searchParams.get('continue')
      if (next === null) return json(response, { metadata: { continue: 'more' }, items: [{ metadata: { name: 'a' } }] })
      if (!expired) {
        expired = true
        return status(response, 410, { reason: 'Expired' })
      }
      return json(response, { metadata: {}, items: [{ metadata: { name: 'b' } }] })
    })
    expect(await bot.namespaces()).toEqual(['a', 'b'])
    expect(api.seen.map(({ url }) => url.searchParams.get('continue'))).toEqual([null, 'more', null, 'more'])
    expect(api.seen[0]?.url.searchParams.get('limit')).toBe('500')
  })

  it('of workloads are of all kinds or fail', async () => {
    const { bot } = await against(({ url }, response) =>
      url.pathname.endsWith('statefulsets')
        ? status(response, 403, { message: 'User "x" cannot list resource "statefulsets"' })
        : json(response, { items: [aDeployment()] }),
    )
    expect(await problemOf(bot.workloads({ namespace: 'shop' }))).toMatchObject({ code: 'cluster_forbidden' })
    const [only, ...more] = await bot.workloads({ namespace: 'shop', kind: 'Deployment' })
    expect([only?.name, more]).toEqual(['web', []])
    expect(only?.object['metadata']).not.toHaveProperty('managedFields')
  })

  it('with an object of a shape that nobody knows are no answer', async () => {
    const { bot } = await against((_, response) => json(response, { items: [{ kind: 'Deployment' }] }))
    expect(await problemOf(bot.workloads({ namespace: 'shop', kind: 'Deployment' }))).toMatchObject({
      code: 'cluster_failed',
      status: 200,
      detail: expect.stringContaining('metadata'),
    })
  })

  it('a name with a slash stays one segment of the path', async () => {
    const { api, bot } = await against((_, response) => status(response, 404, { message: 'x' }))
    await bot.workload({ kind: 'Deployment', namespace: 'shop', name: '../secrets/x' })
    expect(api.seen[0]?.url.pathname).toBe('/apis/apps/v1/namespaces/shop/deployments/..%2Fsecrets%2Fx')
  })

  it('a kind that is not built in is looked up once', async () => {
    const { api, bot } = await against(({ url }, response) =>
      json(
        response,
        url.pathname === '/apis/argoproj.io/v1alpha1'
          ? {
              resources: [
                { kind: 'Rollout', name: 'rollouts' },
                { kind: 'Rollout', name: 'rollouts/status' },
              ],
            }
          : { kind: 'Rollout' },
      ),
    )
    const ref = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', namespace: 'shop', name: 'web' }
    await bot.read(ref)
    await bot.read(ref)
    expect(api.seen.map(({ url }) => url.pathname)).toEqual([
      '/apis/argoproj.io/v1alpha1',
      '/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/web',
      '/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/web',
    ])
  })
})
