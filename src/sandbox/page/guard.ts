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

/** It names the icon: a browser that has time to look for one by itself would ask for /favicon.ico and report that as an error. */
const onward = [
  '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/">',
  '<link rel="icon" href="/icon.svg" type="image/svg+xml"><title>Readback sandbox</title><a href="/">Readback sandbox</a>',
].join('')

export interface Guard {
  /** What the address carries now: void once it has opened the page. */
  readonly secret: () => string
  readonly handler: MiddlewareHandler
}

/**
 * Lets nobody in but the browser that was given the address: the secret in it becomes a cookie, once, and leaves the address bar. Another
 * page in that browser is kept out by Origin, a name that points to 127.0.0.1 (DNS rebinding) by Host.
 */
export function createGuard(port: () => number, onSpent: () => void): Guard {
  let secret = randomBytes(24).toString('base64url')
  const session = randomBytes(24).toString('base64url')
  const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted))

  return {
    secret: () => secret,
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
      const isIn = isSame(getCookie(context, cookie) ?? '', session)
      if (reading && context.req.path === '/' && key !== undefined && !isIn && isSame(key, secret)) {
        secret = randomBytes(24).toString('base64url')
        onSpent()
        setCookie(context, cookie, session, { httpOnly: true, sameSite: 'Strict', path: '/' })
        // No redirect: after a click in a terminal inside a web page, the browser would count it as that page's and hold the cookie back.
        return context.html(onward)
      }
      if (!isIn)
        return context.text(
          'Open the address that `npm start` printed last: it carries the key to this page, and opens it in one browser.',
          403,
        )
      // The address bar forgets a key, spent or not.
      if (reading && context.req.path === '/' && key !== undefined) return context.html(onward)
      return next()
    },
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
