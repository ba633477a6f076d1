import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
} as const

const onward =
  '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><title>Readback sandbox</title><a href="/">Readback sandbox</a>'

export interface Guard {
  /** What the address carries, once. */
  readonly secret: string
  readonly handler: MiddlewareHandler
}

/**
 * Lets nobody in but the browser that was given the address: the secret in it becomes a cookie and leaves the address bar. Another
 * page in that browser is kept out by Origin, a name that points to 127.0.0.1 (DNS rebinding) by Host.
 */
export function createGuard(port: () => number): Guard {
  const secret = randomBytes(24).toString('base64url')
  const session = randomBytes(24).toString('base64url')
  const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted))

  return {
    secret,
    handler: async (context, next) => {
      for (const [name, value] of Object.entries(headers)) context.header(name, value)
      const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`]
      const host = context.req.header('host') ?? ''
      if (!hosts.includes(host)) return context.text('This page answers to its own address only.', 421)
      const origin = context.req.header('origin')
      const reading = context.req.method === 'GET'
      if (reading ? origin !== undefined && origin !== `http://${host}` : origin !== `http://${host}`)
        return context.text('Not from another page.', 403)
      const site = context.req.header('sec-fetch-site')
      if (!reading && site !== undefined && site !== 'same-origin') return context.text('Not from another page.', 403)

      const cookie = `readback-sandbox-${port()}`
      const key = context.req.query('key')
      if (reading && context.req.path === '/' && key !== undefined && isSame(key, secret)) {
        setCookie(context, cookie, session, { httpOnly: true, sameSite: 'Strict', path: '/' })
        // No redirect: after a click in a terminal inside a web page, the browser would count it as that page's and hold the cookie back.
        return context.html(onward)
      }
      if (!isSame(getCookie(context, cookie) ?? '', session))
        return context.text('Open the address that `npm start` printed: it carries the key to this page.', 403)
      return next()
    },
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
