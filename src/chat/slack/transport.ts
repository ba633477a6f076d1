import type { FetchFunction } from '@slack/web-api'
import type { Dispatcher } from 'undici'

/** Taken from the environment by whoever starts us: the usual three. */
export interface ProxySettings {
  readonly httpsProxy?: string
  readonly httpProxy?: string
  readonly noProxy?: string
}

/** The way out. Certificates of `NODE_EXTRA_CA_CERTS` are known to Node itself. */
export interface Transport {
  readonly fetch: FetchFunction
  /** One POST of JSON, without the machinery of fetch: that costs several times the rest of an answer. Follows no redirect. */
  post(url: string, json: string): Promise<Reply>
  /** A dispatcher for one WebSocket, to be destroyed with it; undefined: Bolt's own. */
  socketDispatcher(): Promise<Dispatcher | undefined>
  close(): Promise<void>
}

export interface Reply {
  readonly status: number
  /** The header as it came. */
  readonly retryAfter: string | undefined
  readonly text: string
}

const postTimeoutMs = 10_000

/** Node's own fetch knows no proxies before Node 24, so undici's takes its place where one is set. */
export function createTransport(proxy: ProxySettings = {}): Transport {
  const { httpsProxy, httpProxy } = proxy
  const direct = httpsProxy === undefined && httpProxy === undefined
  let loading: ReturnType<typeof load> | undefined
  async function load() {
    const undici = await import('undici')
    return { undici, agent: direct ? new undici.Agent() : new undici.EnvHttpProxyAgent(proxy) }
  }
  const loaded = (): ReturnType<typeof load> => (loading ??= load())
  async function post(url: string, json: string): Promise<Reply> {
    const { undici, agent } = await loaded()
    const { statusCode, headers, body } = await undici.request(url, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: json,
      headersTimeout: postTimeoutMs,
      bodyTimeout: postTimeoutMs,
    })
    const retryAfter = headers['retry-after']
    return {
      status: statusCode,
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      text: await body.text().catch(() => ''),
    }
  }
  const close = async (): Promise<void> => {
    if (loading) await (await loading).agent.close()
  }
  if (direct) return { fetch: withRetryAfter(fetch), post, socketDispatcher: async () => undefined, close }
  const proxied: FetchFunction = async (url, init = {}) => {
    const { undici, agent } = await loaded()
    const { body, headers, method, redirect, signal } = init
    // undici's fetch does not know the FormData class of Node's own: send what it would have sent.
    const packed = new Request('http://body.invalid', { method: 'POST', ...(body === undefined ? {} : { body }) })
    const type = packed.headers.get('content-type')
    const content = body === undefined ? null : new Uint8Array(await packed.arrayBuffer())
    return undici.fetch(url, {
      dispatcher: agent,
      body: content,
      headers: { ...(type === null ? {} : { 'content-type': type }), ...headers },
      ...(method === undefined ? {} : { method }),
      ...(redirect === undefined ? {} : { redirect }),
      ...(signal === undefined ? {} : { signal }),
    })
  }
  return {
    fetch: withRetryAfter(proxied),
    post,
    socketDispatcher: async () => new (await loaded()).undici.EnvHttpProxyAgent(proxy),
    close,
  }
}

/** web-api throws a bare error for a 429 without a valid `Retry-After` (node-slack-sdk #1421): gives it one. */
function withRetryAfter(send: FetchFunction): FetchFunction {
  return async (url, init) => {
    const response = await send(url, init)
    if (response.status !== 429 || Number(response.headers.get('retry-after')) > 0) return response
    return new Response(null, { status: 429, headers: { 'retry-after': '30' } })
  }
}
