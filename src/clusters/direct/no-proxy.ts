import type { Environment } from './settings.ts'
import { BlockList, isIP } from 'node:net'

/** The proxy that the environment demands for this server, as Go and curl read it: HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */
export function proxyFor(server: URL, environment: Environment): string | undefined {
  const name = server.protocol === 'https:' ? 'https_proxy' : 'http_proxy'
  const proxy = environment[name] ?? environment[name.toUpperCase()] ?? ''
  if (proxy === '' || isExempt(server, environment['no_proxy'] ?? environment['NO_PROXY'] ?? '')) return undefined
  return proxy.includes('://') ? proxy : `http://${proxy}`
}

/** Entries: `*`, a host or domain (subdomains count), an address, a CIDR range, each with or without a port. */
function isExempt(server: URL, exemptions: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const port = server.port || (server.protocol === 'https:' ? '443' : '80')
  if (host === 'localhost' || inRange(host, '127.0.0.0/8') || host === '::1') return true
  return exemptions
    .split(/[,\s]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true
      if (entry.includes('/')) return inRange(host, entry)
      const [, name = entry, only] = /^(.+):(\d+)$/.exec(isIP(entry) === 6 ? '' : entry) ?? []
      if (only !== undefined && only !== port) return false
      const domain = name
        .replace(/^\[|\]$/g, '')
        .replace(/^\*?\./, '')
        .toLowerCase()
      return host === domain || host.endsWith(`.${domain}`)
    })
}

function inRange(host: string, range: string): boolean {
  const family = isIP(host)
  const [network = '', bits = ''] = range.split('/')
  if (family === 0 || isIP(network) !== family) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  try {
    list.addSubnet(network, Number(bits), type)
  } catch {
    return false
  }
  return list.check(host, type)
}
