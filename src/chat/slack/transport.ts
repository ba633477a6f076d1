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
  /** A dispatcher for one WebSocket, to be destroyed with it; undefined: Bolt's own. */
  socketDispatcher(): Promise<Dispatcher | undefined>
  close(): Promise<void>
}

/** Node's own fetch knows no proxies before Node 24, so undici's takes its place where one is set. */
export function createTransport(proxy: ProxySettings = {}): Transport {
  const { httpsProxy, httpProxy } = proxy
  if (httpsProxy === undefined && httpProxy === undefined)
    return { fetch: withRetryAfter(fetch), socketDispatcher: async () => undefined, close: async () => {} }
  const loading = import('undici').then((undici) => ({ undici, agent: new undici.EnvHttpProxyAgent(proxy) }))
  const proxied: FetchFunction = async (url, init = {}) => {
    const { undici, agent } = await loading
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
    socketDispatcher: async () => new (await loading).undici.EnvHttpProxyAgent(proxy),
    close: async () => (await loading).agent.close(),
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
