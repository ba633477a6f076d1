import type { Limits } from './settings.ts'
import type { Dispatcher } from 'undici'
import { tunnelThrough } from './tunnel.ts'
import { Agent, ProxyAgent } from 'undici'

/** What a TLS connection to the server is made with. */
export interface Tls {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly servername?: string
  readonly rejectUnauthorized: boolean
}

/** Two connection pools: a stream holds its connection for hours and must not keep questions waiting. */
export interface Dispatchers {
  readonly calls: Dispatcher
  readonly streams: Dispatcher
}

export function createDispatchers({
  tls,
  proxy,
  limits,
}: {
  readonly tls: Tls
  readonly proxy: string | undefined
  readonly limits: Limits
}): Dispatchers {
  const connect = { ...tls, timeout: limits.connectMs, keepAlive: true, keepAliveInitialDelay: 15_000 }
  const pool = (connections: number): Dispatcher => {
    const options = {
      connections,
      keepAliveTimeout: limits.idleConnectionMs,
      keepAliveMaxTimeout: limits.idleConnectionMs,
      clientTtl: limits.connectionAgeMs,
      // Deadlines are ours, by the injected clock.
      headersTimeout: 0,
      bodyTimeout: 0,
    }
    if (proxy === undefined) return new Agent({ ...options, connect })
    const uri = new URL(proxy.replace(/^socks5h:/, 'socks5:'))
    if (!uri.protocol.startsWith('socks')) return new Agent({ ...options, connect: tunnelThrough(uri, connect) })
    return new ProxyAgent({ ...options, uri: uri.href, requestTls: connect })
  }
  return { calls: pool(limits.reads + limits.writes), streams: pool(limits.streams) }
}
