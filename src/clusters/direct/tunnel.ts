import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { buildConnector as Connectors } from 'undici'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIPv6 } from 'node:net'
import { buildConnector } from 'undici'

/**
 * Connections through an HTTP proxy's CONNECT, with TLS to the server inside. Not undici's ProxyAgent: when a proxy drops
 * the connection, that one dials again without pause for as long as the request lives.
 */
export function tunnelThrough(
  proxy: URL,
  inner: Connectors.BuildOptions & { readonly timeout: number },
): Connectors.connector {
  const secure = buildConnector(inner)
  return (target, callback) => {
    const host = isIPv6(target.hostname) ? `[${target.hostname}]` : target.hostname
    const destination = `${host}:${target.port || (target.protocol === 'https:' ? '443' : '80')}`
    const dial = (proxy.protocol === 'https:' ? secureRequest : plainRequest)({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: destination,
      headers: { host: destination, ...authorization(proxy) },
      timeout: inner.timeout,
      agent: false,
    })
    dial.once('connect', ({ statusCode }: IncomingMessage, socket: Socket) => {
      socket.setTimeout(0)
      if (statusCode !== 200) {
        socket.destroy()
        callback(new Error(`proxy ${proxy.host}: HTTP ${statusCode}`), null)
      } else if (target.protocol === 'https:') secure({ ...target, httpSocket: socket }, callback)
      else callback(null, socket)
    })
    dial.once('error', (error) => callback(new Error(`proxy ${proxy.host}: ${error.message}`, { cause: error }), null))
    dial.once('timeout', () => dial.destroy(new Error(`no answer within ${inner.timeout} ms`)))
    dial.end()
  }
}

function authorization({ username, password }: URL): { readonly 'proxy-authorization'?: string } {
  if (username === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
