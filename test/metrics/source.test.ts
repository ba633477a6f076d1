import { createServer } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSource } from '../../src/metrics/source.ts'
import type { SourceSettings } from '../../src/metrics/source.ts'
import { createCertificate } from '../support/certificate.ts'
import { aFakePrometheus, errorReply, matrix } from '../support/fake-prometheus.ts'
import type { Reply } from '../support/fake-prometheus.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { systemClock } from '../../src/time/clock.ts'

const window = { from: 1_000_000, to: 1_060_000, stepMs: 30_000 }

function aSource(settings: Partial<SourceSettings> & { readonly url: URL }, clock = systemClock) {
  const source = createSource(
    {
      cluster: 'prod',
      credential: { kind: 'none' },
      matchers: [],
      certificates: async () => ({}),
      ...settings,
    },
    { clock },
  )
  onTestFinished(() => source.close())
  return source
}

async function rangeOf(reply: Reply) {
  const { url } = await aFakePrometheus(() => reply)
  return aSource({ url }).range('up', window)
}

describe('a range', () => {
  it('is asked for in seconds, under the path of the address', async () => {
    const fake = await aFakePrometheus(() => matrix([]))
    await aSource({ url: new URL('/select/0/prometheus', fake.url) }).range('up', window)
    expect(fake.asked[0]).toMatchObject({
      path: '/select/0/prometheus/api/v1/query_range',
      params: { query: 'up', start: '1000', end: '1060', step: '30' },
    })
  })

  it('has one point for every step; what the source leaves out, calls NaN or infinite is a gap and not 0', async () => {
    const values = [
      [1000, 'NaN'],
      [1060, '+Inf'],
    ] as const
    const found = await rangeOf(
      matrix([
        { metric: { pod: 'a' }, values },
        { metric: { pod: 'b' }, values: [[1030, '2.5']] },
      ]),
    )
    expect(found).toEqual({
      ok: true,
      value: [
        {
          labels: { pod: 'a' },
          points: [
            [1_000_000, null],
            [1_030_000, null],
            [1_060_000, null],
          ],
        },
        {
          labels: { pod: 'b' },
          points: [
            [1_000_000, null],
            [1_030_000, 2.5],
            [1_060_000, null],
          ],
        },
      ],
    })
  })

  it('of nothing is nothing, and no error', async () => {
    expect(await rangeOf(matrix([]))).toEqual({ ok: true, value: [] })
  })

  it('passes over samples that are none', async () => {
    const odd = [[1000], 'x', null, [1030, 5], [1060, '']]
    const found = await rangeOf({ data: { resultType: 'matrix', result: [{ metric: {}, values: odd }] } })
    expect(found.ok && found.value[0]?.points.every(([, value]) => value === null)).toBe(true)
  })
})

describe('one moment', () => {
  const instantOf = async (data: unknown) => {
    const { url } = await aFakePrometheus(() => ({ data }))
    return aSource({ url }).instant('up', 1_000_000)
  }

  it('is a value for each series', async () => {
    const result = [{ metric: { pod: 'a' }, value: [1000.5, '3'] }]
    expect(await instantOf({ resultType: 'vector', result })).toEqual({
      ok: true,
      value: [{ labels: { pod: 'a' }, at: 1_000_500, value: 3 }],
    })
  })

  it('of a scalar is one value without labels', async () => {
    expect(await instantOf({ resultType: 'scalar', result: [1000, '42'] })).toEqual({
      ok: true,
      value: [{ labels: {}, at: 1_000_000, value: 42 }],
    })
  })

  it('of a text has no numbers', async () => {
    expect(await instantOf({ resultType: 'string', result: [1000, 'x'] })).toEqual({
      ok: false,
      problem: { code: 'metrics_no_numbers', cluster: 'prod' },
    })
  })
})

describe('what exists', () => {
  it('is asked for by selectors, all at once', async () => {
    const fake = await aFakePrometheus(() => ({ data: ['up'] }))
    expect(await aSource({ url: fake.url }).names(['{a="b"}', 'up'], 0)).toEqual({ ok: true, value: new Set(['up']) })
    expect(fake.asked[0]).toMatchObject({ path: '/api/v1/label/__name__/values', params: { start: '0' } })
    expect(fake.asked[0]?.matches).toEqual(['{a="b"}', 'up'])
  })
})

describe('a source that does not give numbers', () => {
  it.each<[string, Reply, object]>([
    ['HTML', { body: '<html>Log in</html>' }, { code: 'metrics_not_prometheus', status: 200 }],
    [
      'a redirect',
      { status: 302, body: '', headers: { location: 'http://login' } },
      { code: 'metrics_not_prometheus', status: 302 },
    ],
    ['another API', { body: '{"items":[]}' }, { code: 'metrics_not_prometheus', status: 200 }],
    ['not its own data', { data: { resultType: 'streams', result: [] } }, { code: 'metrics_not_prometheus' }],
    ['401', { status: 401, body: 'no' }, { code: 'metrics_unauthorized', status: 401 }],
    ['403', { status: 403, body: '{}' }, { code: 'metrics_unauthorized', status: 403 }],
    ['502 of a gateway', { status: 502, body: '<html>' }, { code: 'metrics_failed', status: 502 }],
    [
      'an error of its own',
      errorReply(422, 'execution', 'too many samples'),
      { code: 'metrics_refused', kind: 'execution', detail: 'too many samples' },
    ],
    [
      'an error in an answer that says 200',
      errorReply(200, 'bad_data', 'parse error'),
      { code: 'metrics_refused', kind: 'bad_data' },
    ],
  ])('is told apart: %s', async (_, reply, problem) => {
    expect(await rangeOf(reply)).toMatchObject({ ok: false, problem: { cluster: 'prod', ...problem } })
  })

  it('may be down', async () => {
    const gone = createServer().listen(0, '127.0.0.1')
    await once(gone, 'listening')
    const address = gone.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    gone.close()
    await once(gone, 'close')
    const found = await aSource({ url: new URL(`http://127.0.0.1:${port}`) }).range('up', window)
    expect(found).toMatchObject({
      ok: false,
      problem: { code: 'metrics_unreachable', detail: expect.stringContaining('ECONNREFUSED') },
    })
  })

  it('may say nothing: the deadline ends it', async () => {
    const clock = createManualClock()
    const fake = await aFakePrometheus(() => 'silence')
    const asking = aSource({ url: fake.url }, clock).range('up', window)
    while (fake.asked.length === 0) await clock.settle()
    await clock.advance(10_000)
    expect(await asking).toEqual({
      ok: false,
      problem: { code: 'metrics_no_answer', cluster: 'prod', afterMs: 10_000 },
    })
    expect(clock.pending()).toBe(0)
  })

  it('may say too much: 50,000 series are not read to the end', async () => {
    const many = Array.from({ length: 50_000 }, (_, index) => ({
      metric: { pod: `web-${index}`, namespace: 'shop', container: 'web' },
      values: [
        [1000, '1'],
        [1030, '2'],
        [1060, '3'],
      ] as const,
    }))
    expect(await rangeOf(matrix(many))).toEqual({
      ok: false,
      problem: { code: 'metrics_too_much', cluster: 'prod', limitBytes: 5_000_000 },
    })
  })
})

describe('the way there', () => {
  const authority = createCertificate({ name: 'authority' })
  const server = createCertificate({ name: 'prometheus', addresses: ['127.0.0.1'], issuer: authority })
  const client = createCertificate({ name: 'readback', issuer: authority })

  it.each([
    [{ kind: 'bearer', token: 'abc' }, 'Bearer abc'],
    [{ kind: 'basic', user: 'reader', password: 'pä:ss' }, `Basic ${Buffer.from('reader:pä:ss').toString('base64')}`],
  ] as const)('carries the credential %o', async (credential, header) => {
    const fake = await aFakePrometheus(() => matrix([]))
    await aSource({ url: fake.url, credential }).range('up', window)
    expect(fake.asked[0]?.headers.authorization).toBe(header)
  })

  it('does not trust a certificate that signs itself', async () => {
    const own = createCertificate({ name: 'prometheus', addresses: ['127.0.0.1'] })
    const { url } = await aFakePrometheus(() => matrix([]), { tls: own })
    expect(await aSource({ url }).range('up', window)).toMatchObject({
      ok: false,
      problem: { code: 'metrics_untrusted', detail: expect.stringMatching(/self-signed/i) },
    })
  })

  it('trusts the authority of its settings and shows its own certificate', async () => {
    const tls = { ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: true }
    const { url } = await aFakePrometheus(() => matrix([]), { tls })
    const certificates = async () => ({ ca: authority.cert, cert: client.cert, key: client.key })
    expect(await aSource({ url, certificates }).range('up', window)).toEqual({ ok: true, value: [] })
  })

  it('reads certificates again after it was not trusted', async () => {
    const { url } = await aFakePrometheus(() => matrix([]), { tls: server })
    let ca = createCertificate({ name: 'old authority' }).cert
    const source = aSource({ url, certificates: async () => ({ ca }) })
    expect((await source.range('up', window)).ok).toBe(false)
    ca = authority.cert
    expect(await source.range('up', window)).toEqual({ ok: true, value: [] })
  })

  it('goes through a proxy, with TLS to the source inside', async () => {
    const { url } = await aFakePrometheus(() => matrix([]), { tls: server })
    const tunnels: string[] = []
    const proxy = createServer().on('connect', (request, socket) => {
      tunnels.push(request.url ?? '')
      const to = connect(Number(url.port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        to.pipe(socket).pipe(to)
      })
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    onTestFinished(() => void proxy.close())
    const address = proxy.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const source = aSource({
      url,
      proxy: `http://127.0.0.1:${port}`,
      certificates: async () => ({ ca: authority.cert }),
    })
    expect(await source.range('up', window)).toEqual({ ok: true, value: [] })
    expect(tunnels).toEqual([url.host])
  })
})
