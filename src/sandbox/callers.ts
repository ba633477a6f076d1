import type { IncomingHttpHeaders } from 'node:http'

/** Names under which a program on this machine reaches the simulated servers. */
const ownNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

type Told = Pick<IncomingHttpHeaders, 'host' | 'origin'> & { readonly 'sec-fetch-site'?: string | string[] | undefined }

/**
 * Whether a program of this machine asks, and no website in somebody's browser: those name themselves in Origin or Sec-Fetch-Site, and
 * one whose own name was made to point here (DNS rebinding) keeps that name in Host.
 */
export function isOwnProgram(headers: Told): boolean {
  const name = (headers.host ?? '').replace(/:\d+$/, '')
  return headers.origin === undefined && headers['sec-fetch-site'] === undefined && ownNames.has(name)
}

/** Path and query of a request line; undefined for what is none, such as `//` or a `%` without its two digits. */
export function addressOf(url = '/'): { readonly path: string; readonly query: URLSearchParams } | undefined {
  if (!URL.canParse(url, 'http://sandbox')) return undefined
  const { pathname, searchParams } = new URL(url, 'http://sandbox')
  try {
    return { path: decodeURIComponent(pathname), query: searchParams }
  } catch {
    return undefined
  }
}
