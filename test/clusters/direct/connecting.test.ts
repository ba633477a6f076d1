import type { Answering, FakeTls } from '../fake-api.ts'
import type { Environment } from '../../../src/clusters/direct/settings.ts'
import { createCertificate } from '../../support/certificate.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { aCluster, problemOf } from '../a-cluster.ts'
import { createFakeApi, json, status, version } from '../fake-api.ts'
import { createServer as createProxyServer } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { afterEach, describe, expect, it } from 'vitest'

const ca = createCertificate({ name: 'test ca' })
const other = createCertificate({ name: 'other ca' })
const server = createCertificate({ name: 'api', addresses: ['127.0.0.1'], hosts: ['api.internal'], issuer: ca })
const base64 = (text: string): string => Buffer.from(text).toString('base64')

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const welcome: Answering = (_, response) => json(response, version)

async function through({
  user = {},
  cluster = { 'certificate-authority-data': base64(ca.cert) },
  tls = server,
  answer = welcome,
  environment = {},
  folder = temporaryFolder(),
}: {
  user?: object
  cluster?: object
  tls?: FakeTls | null
  answer?: Answering
  environment?: Environment
  folder?: string
}) {
  const clock = createManualClock()
  const api = await createFakeApi(answer, tls ?? undefined)
  const file = join(folder, 'config')
  writeFileSync(
    file,
    stringify({
      clusters: [{ name: 'c', cluster: { server: api.url, ...cluster } }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
    }),
  )
  const made = aCluster({ way: { kind: 'kubeconfig', files: [file], context: 'here' }, clock, environment })
  closing.push(
    () => api.close(),
    () => made.close(),
  )
  return { api, clock, cluster: made, bot: made.as('bot'), folder }
}

/** Counts its calls in a file beside itself; prints what the test wrote there. */
function plugin(folder: string, script: string): object {
  const path = join(folder, 'plugin.mjs')
  writeFileSync(
    path,
    `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(join(folder, 'calls'))}, 'x');\n${script}`,
  )
  return {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: [path],
      provideClusterInfo: true,
    },
  }
}
const credential = (status: string): string =>
  `console.log(JSON.stringify({ kind: 'ExecCredential', status: ${status} }))`
const calls = (folder: string): number => readFileSync(join(folder, 'calls'), 'utf8').length

describe('TLS', () => {
  it('trusts the CA of the kubeconfig', async () => {
    const { bot } = await through({})
    expect(await bot.version()).toBe('v1.37.2')
  })

  it.each<[string, FakeTls, object, RegExp]>([
    [
      'a server of another CA',
      createCertificate({ name: 'api', addresses: ['127.0.0.1'], issuer: other }),
      {},
      /certificate/,
    ],
    [
      'an expired certificate',
      createCertificate({
        name: 'api',
        addresses: ['127.0.0.1'],
        issuer: ca,
        notAfter: new Date(Date.now() - 86_400_000),
      }),
      {},
      /expired/,
    ],
    [
      'a certificate for another name',
      createCertificate({ name: 'api', hosts: ['else.example'], issuer: ca }),
      {},
      /altnames/,
    ],
    ['a server name that the certificate lacks', server, { 'tls-server-name': 'wrong.internal' }, /wrong\.internal/],
  ])('refuses %s, in words, before anything is sent', async (...[, tls, more, words]) => {
    const { api, bot, cluster } = await through({
      tls,
      cluster: { 'certificate-authority-data': base64(ca.cert), ...more },
    })
    const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
    expect(await problemOf(bot.patch(web, [], 'write'))).toMatchObject({
      code: 'cluster_unreachable',
      detail: expect.stringMatching(words),
    })
    expect(api.seen).toEqual([])
    expect(cluster.health().state).toBe('down')
  })

  it('checks the name that tls-server-name gives', async () => {
    const { bot } = await through({
      tls: createCertificate({ name: 'api', hosts: ['api.internal'], issuer: ca }),
      cluster: { 'certificate-authority-data': base64(ca.cert), 'tls-server-name': 'api.internal' },
    })
    expect(await bot.version()).toBe('v1.37.2')
  })

  it('trusts anybody only when told so', async () => {
    const { bot } = await through({ cluster: { 'insecure-skip-tls-verify': true } })
    expect(await bot.version()).toBe('v1.37.2')
  })

  it('shows the client certificate', async () => {
    const user = createCertificate({ name: 'bot', issuer: ca })
    const tls = { ...server, ca: ca.cert, requestCert: true }
    const good = await through({
      tls,
      user: { 'client-certificate-data': base64(user.cert), 'client-key-data': base64(user.key) },
    })
    expect(await good.bot.version()).toBe('v1.37.2')
  })

  it('takes up a CA file that was replaced', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'ca.crt'), other.cert)
    const { bot, api, clock } = await through({ folder, cluster: { 'certificate-authority': 'ca.crt' } })
    const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
    expect(await problemOf(bot.patch(web, [], 'write'))).toMatchObject({ code: 'cluster_unreachable' })
    writeFileSync(join(folder, 'ca.crt'), ca.cert)
    expect(await bot.version()).toBe('v1.37.2')
    expect(api.seen).toHaveLength(1)
    expect(clock.pending()).toBe(0)
  })

  it('a server elsewhere without encryption is refused unless the kubeconfig says that it is meant', async () => {
    const refused = await through({ tls: null, cluster: { server: 'http://api.example:8080' } })
    expect(await problemOf(refused.cluster.prepare())).toMatchObject({
      detail: expect.stringContaining('not encrypted'),
    })
    expect(await problemOf(refused.bot.version())).toMatchObject({ code: 'cluster_unauthorized' })
    const meant = await through({
      tls: null,
      cluster: { server: 'http://api.example:8080', 'insecure-skip-tls-verify': true },
    })
    await meant.cluster.prepare()
    const own = await through({ tls: null, cluster: {} })
    expect(await own.bot.version()).toBe('v1.37.2')
  })
})

describe('credentials', () => {
  const plain = { tls: null, cluster: { 'insecure-skip-tls-verify': true } } as const

  it.each<[string, object, string]>([
    ['a token', { token: 'abc' }, 'Bearer abc'],
    ['name and password', { username: 'ann', password: 'p:w' }, `Basic ${base64('ann:p:w')}`],
  ])('%s', async (_, user, header) => {
    const { api, bot } = await through({ ...plain, user })
    await bot.version()
    expect(api.seen[0]?.header('authorization')).toEqual([header])
  })

  it('a token file is read again after a minute, and at once when the server refuses the token', async () => {
    const folder = temporaryFolder()
    const token = join(folder, 'token')
    writeFileSync(token, 'one\n')
    const { api, bot, clock } = await through({
      ...plain,
      folder,
      user: { tokenFile: 'token' },
      answer: (request, response) =>
        request.header('authorization')[0] === 'Bearer revoked'
          ? status(response, 401, { message: 'Unauthorized' })
          : json(response, version),
    })
    await bot.version()
    writeFileSync(token, 'revoked')
    await bot.version()
    await clock.advance(60_000)
    const refused = problemOf(bot.version())
    expect(await refused).toMatchObject({ code: 'cluster_unauthorized' })
    writeFileSync(token, 'three')
    expect(await bot.version()).toBe('v1.37.2')
    expect(api.seen.map((request) => request.header('authorization')[0])).toEqual([
      'Bearer one',
      'Bearer one',
      'Bearer revoked',
      'Bearer revoked',
      'Bearer three',
    ])
  })

  it('a refused write is sent once more with the fresh credential', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'token'), 'old')
    const { api, bot } = await through({
      ...plain,
      folder,
      user: { tokenFile: 'token' },
      answer: (request, response) => {
        if (request.header('authorization')[0] === 'Bearer new') return json(response, { kind: 'Deployment' })
        writeFileSync(join(folder, 'token'), 'new')
        status(response, 401, { message: 'Unauthorized' })
      },
    })
    await bot.patch({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }, [], 'write')
    expect(api.seen).toHaveLength(2)
  })

  it('whom the kubeconfig acts as goes along, and a person takes that place', async () => {
    const user = {
      token: 't',
      as: 'robot',
      'as-groups': ['g1', 'g2'],
      'as-uid': '7',
      'as-user-extra': { 'Why/x': ['a', 'b'] },
    }
    const { api, cluster, bot } = await through({ ...plain, user })
    await bot.version()
    await cluster.as({ user: 'ann', groups: [] }).version()
    const [first, second] = api.seen
    expect(first?.header('impersonate-user')).toEqual(['robot'])
    expect(first?.header('impersonate-group')).toEqual(['g1', 'g2'])
    expect(first?.header('impersonate-uid')).toEqual(['7'])
    expect(first?.header('impersonate-extra-why%2fx')).toEqual(['a', 'b'])
    expect(second?.header('impersonate-user')).toEqual(['ann'])
    expect(second?.header('impersonate-group')).toEqual([])
    expect(second?.header('impersonate-uid')).toEqual([])
  })

  it('inside a cluster come from the mounted files', async () => {
    const root = join(temporaryFolder(), 'sa')
    mkdirSync(root)
    writeFileSync(join(root, 'ca.crt'), ca.cert)
    writeFileSync(join(root, 'token'), 'pod-token')
    const api = await createFakeApi(welcome, server)
    const cluster = aCluster({
      way: { kind: 'in-cluster', root },
      clock: createManualClock(),
      environment: { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(api.port) },
    })
    closing.push(
      () => api.close(),
      () => cluster.close(),
    )
    expect(await cluster.as('bot').version()).toBe('v1.37.2')
    expect(api.seen[0]?.header('authorization')).toEqual(['Bearer pod-token'])
    const outside = aCluster({ way: { kind: 'in-cluster', root }, clock: createManualClock() })
    expect(await problemOf(outside.prepare())).toMatchObject({
      detail: expect.stringContaining('KUBERNETES_SERVICE_HOST'),
    })
  })
})

describe('a credential plugin', () => {
  const plain = { tls: null, cluster: { 'insecure-skip-tls-verify': true } } as const

  it('is asked once by requests that come together, and told of the cluster', async () => {
    const folder = temporaryFolder()
    const user = plugin(
      folder,
      credential(`{ token: JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec.cluster.server }`),
    )
    const { api, bot } = await through({ ...plain, folder, user })
    await Promise.all(Array.from({ length: 10 }, () => bot.version()))
    expect(calls(folder)).toBe(1)
    expect(api.seen[0]?.header('authorization')).toEqual([`Bearer ${api.url}`])
  })

  it('is asked again shortly before its token expires, and when the server refuses it', async () => {
    const folder = temporaryFolder()
    const clock = createManualClock()
    const expiry = new Date(clock.now() + 100_000).toISOString()
    let refuse = false
    const { bot, clock: time } = await through({
      ...plain,
      folder,
      user: plugin(folder, credential(`{ token: 't', expirationTimestamp: ${JSON.stringify(expiry)} }`)),
      answer: (_, response) => {
        if (refuse) status(response, 401, { message: 'Unauthorized' })
        else json(response, version)
        refuse = false
      },
    })
    await bot.version()
    await time.advance(69_000)
    await bot.version()
    expect(calls(folder)).toBe(1)
    refuse = true
    await bot.version()
    expect(calls(folder)).toBe(2)
    await time.advance(1_000)
    await bot.version()
    expect(calls(folder)).toBe(3)
  })

  it.each<[string, string, RegExp]>([
    ['fails', `console.error('please log in'); process.exit(3)`, /ended with 3: please log in/],
    ['prints no credential', `console.log('hello')`, /credential plugin/],
    ['gives nothing', credential('{}'), /neither a token nor a certificate/],
    [
      'prints without end',
      `const more = () => process.stdout.write('x'.repeat(100_000), more); more()`,
      /says too much/,
    ],
  ])('that %s is a problem in its own words, and nothing is sent', async (_, script, words) => {
    const folder = temporaryFolder()
    const { api, bot } = await through({ ...plain, folder, user: plugin(folder, script) })
    expect(await problemOf(bot.version())).toMatchObject({
      code: 'cluster_unauthorized',
      detail: expect.stringMatching(words),
    })
    expect(api.seen).toEqual([])
  })

  it('that hangs is killed after its time, while requests end at their own', async () => {
    const folder = temporaryFolder()
    const { cluster, bot, clock } = await through({
      ...plain,
      folder,
      user: plugin(folder, 'setInterval(() => 0, 1_000)'),
    })
    const answer = problemOf(bot.version())
    const prepared = problemOf(cluster.prepare())
    while (clock.pending() < 2) await clock.settle()
    await clock.advance(10_000)
    expect(await answer).toMatchObject({ code: 'cluster_unreachable' })
    await clock.advance(10_000)
    expect(await prepared).toMatchObject({
      code: 'cluster_unauthorized',
      detail: expect.stringContaining('no answer within 20 s'),
    })
  })

  it('that does not exist is named', async () => {
    const { bot } = await through({ ...plain, user: { exec: { command: 'readback-no-such-plugin' } } })
    expect(await problemOf(bot.version())).toMatchObject({
      code: 'cluster_unauthorized',
      detail: expect.stringContaining('readback-no-such-plugin'),
    })
  })
})

async function createProxy() {
  const tunnels: string[] = []
  const proxy = createProxyServer().listen(0, '127.0.0.1')
  proxy.on('connect', (request, client) => {
    tunnels.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    const port = Number(request.url?.split(':')[1])
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
  })
  await once(proxy, 'listening')
  const address = proxy.address()
  closing.push(async () => {
    proxy.closeAllConnections()
    proxy.close()
  })
  return { tunnels, port: address !== null && typeof address === 'object' ? address.port : 0 }
}

describe('a proxy', () => {
  it('named in the kubeconfig carries the connection, with its own TLS inside', async () => {
    const proxy = await createProxy()
    const { api, bot } = await through({
      cluster: {
        'certificate-authority-data': base64(ca.cert),
        'proxy-url': `http://ann:secret@127.0.0.1:${proxy.port}`,
      },
    })
    expect(await bot.version()).toBe('v1.37.2')
    expect(proxy.tunnels).toEqual([`127.0.0.1:${api.port} Basic ${base64('ann:secret')}`])
  })

  it('named in the environment carries what is not exempt', async () => {
    const proxy = await createProxy()
    const tls = createCertificate({ name: 'api', hosts: ['api.example'], issuer: ca })
    const cluster = { server: 'https://api.example:6443', 'certificate-authority-data': base64(ca.cert) }
    const exempt = await through({
      tls,
      cluster,
      environment: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '.example' },
    })
    await problemOf(
      exempt.bot.patch({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'a', name: 'b' }, [], 'write'),
    )
    expect(proxy.tunnels).toEqual([])
    const proxied = await through({ tls, cluster, environment: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } })
    await problemOf(
      proxied.bot.patch({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'a', name: 'b' }, [], 'write'),
    )
    expect(proxy.tunnels).toEqual(['api.example:6443'])
  })

  it('that refuses is a fault on the way, before anything is sent', async () => {
    const refusing = await createFakeApi((_, response) => response.writeHead(407).end())
    closing.push(() => refusing.close())
    const { bot } = await through({
      cluster: { 'certificate-authority-data': base64(ca.cert), 'proxy-url': refusing.url },
    })
    expect(
      await problemOf(bot.patch({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'a', name: 'b' }, [], 'write')),
    ).toMatchObject({ code: 'cluster_unreachable' })
  })
})

it('two clusters never share a connection, a credential or a breaker', async () => {
  const one = await through({ tls: null, cluster: { 'insecure-skip-tls-verify': true }, user: { token: 'one' } })
  const two = await through({ tls: null, cluster: { 'insecure-skip-tls-verify': true }, user: { token: 'two' } })
  await Promise.all([one.bot.version(), two.bot.version(), one.bot.version(), two.bot.version()])
  expect(one.api.seen.every((request) => request.header('authorization')[0] === 'Bearer one')).toBe(true)
  expect(two.api.seen.every((request) => request.header('authorization')[0] === 'Bearer two')).toBe(true)
})
