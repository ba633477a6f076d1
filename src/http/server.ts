import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { readBody } from './body.ts'
import type { Readiness } from './readiness.ts'
import { httpError } from './problems.ts'

export interface HttpOptions {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  readonly readiness: () => Promise<Readiness>
  /** Prometheus text. */
  readonly metrics: () => Promise<string>
  /** What others may send here. */
  readonly mounts: readonly Mount[]
}

/** What is answered: one line of plain text, and a status. */
export interface Answer {
  readonly status: 200 | 400 | 401 | 413 | 415 | 422 | 503
  readonly text: string
}

/** An address that takes bodies of up to 1 MiB by POST. Neither may throw. */
export interface Mount {
  readonly path: string
  /** By the `Authorization` header, before anything of the body is read. Undefined: come in. */
  readonly authorise: (header: string | undefined) => Answer | undefined
  readonly take: (sent: { readonly contentType: string | undefined; readonly body: Uint8Array }) => Promise<Answer>
  readonly tooLarge: Answer
}

export interface Http {
  readonly address: string
  close(): Promise<void>
}

const bodyBytes = 1024 * 1024

/** Health, readiness, metrics, and what is mounted. Nothing here changes a cluster. Throws `HttpError` where it cannot listen. */
export async function createHttp({ host, port, readiness, metrics, mounts }: HttpOptions): Promise<Http> {
  const app = new Hono()
  app.get('/healthz', (context) => context.text('ok'))
  app.get('/readyz', async (context) => {
    const found = await readiness()
    return context.json(found, found.missing.length === 0 ? 200 : 503)
  })
  app.get('/metrics', async (context) => {
    context.header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    return context.body(await metrics())
  })
  for (const mount of mounts) {
    const say = (context: Context, { status, text }: Answer) => {
      if (status === 401) context.header('www-authenticate', 'Bearer, Basic realm="readback"')
      return context.text(text, status)
    }
    app.post(mount.path, async (context) => {
      const refused = mount.authorise(context.req.header('authorization'))
      const body = await readBody(context.req.raw.body, refused ? 0 : bodyBytes)
      if (refused) return say(context, refused)
      if (body === undefined) return say(context, mount.tooLarge)
      return say(context, await mount.take({ contentType: context.req.header('content-type'), body }))
    })
  }

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
