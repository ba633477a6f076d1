import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Readiness } from './readiness.ts'
import { httpError } from './problems.ts'

export interface HttpOptions {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  readonly readiness: () => Promise<Readiness>
  /** Prometheus text. */
  readonly metrics: () => Promise<string>
}

export interface Http {
  readonly address: string
  close(): Promise<void>
}

const bodyBytes = 1024 * 1024

/** Health, readiness and metrics. Nothing here changes a cluster. Throws `HttpError` where it cannot listen. */
export async function createHttp({ host, port, readiness, metrics }: HttpOptions): Promise<Http> {
  const app = new Hono()
  app.use(bodyLimit({ maxSize: bodyBytes }))
  app.get('/healthz', (context) => context.text('ok'))
  app.get('/readyz', async (context) => {
    const found = await readiness()
    return context.json(found, found.missing.length === 0 ? 200 : 503)
  })
  app.get('/metrics', async (context) => {
    context.header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    return context.body(await metrics())
  })

  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) => {
      server.off('error', refuse)
      resolve({
        address: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
        close: () =>
          new Promise((closed, failed) => {
            server.close((error) => (error ? failed(error) : closed()))
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
      })
    })
    const refuse = (error: Error): void => reject(httpError(error, { host, port }))
    server.once('error', refuse)
  })
}
