import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Json } from '../../json.ts'
import { createApi } from './api.ts'
import { PromqlFault } from './promql/fault.ts'
import type { Storage } from './promql/storage.ts'
import type { Alerting } from './rule-groups.ts'
import { wantedRules } from './rule-groups.ts'
import { askedIn } from './request.ts'
import type { Asked } from './request.ts'

export interface PrometheusServer {
  readonly url: string
  /** The port refuses connections, and those that are open die. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

export interface PrometheusOptions {
  readonly storage: Storage
  readonly token: string
  readonly now: () => number
  /** Rule groups and alerts, as `/api/v1/rules` and `/api/v1/alerts` show them. */
  readonly alerting?: () => Alerting
  /** Something was answered. */
  readonly onAnswer?: () => void
}

const limitBytes = 1_000_000
const nothing: Alerting = { groups: [], alerts: [] }

/** The HTTP API behind a bearer token, as Prometheus stands behind a proxy. Listens when it resolves. */
export async function openPrometheus(options: PrometheusOptions): Promise<PrometheusServer> {
  const { token, alerting = () => nothing, onAnswer = () => {} } = options
  const api = createApi(options)
  const app = new Hono()
  app.use(async (context, next) => {
    if (context.req.header('authorization') === `Bearer ${token}`) return next()
    context.header('www-authenticate', 'Bearer')
    return context.text('Unauthorized\n', 401)
  })
  const answer = (path: string, read: (asked: Asked, context: Context) => Json | Promise<Json>): void => {
    app.on(['GET', 'POST'], `/api/v1/${path}`, async (context) => {
      const parts = [new URL(context.req.url).searchParams]
      if (context.req.method === 'POST') {
        const body = await context.req.text()
        if (body.length > limitBytes) return context.text('http: request body too large\n', 413)
        parts.unshift(new URLSearchParams(body))
      }
      try {
        const data = await read(askedIn(parts), context)
        onAnswer()
        return context.json({ status: 'success', data })
      } catch (error) {
        if (!(error instanceof PromqlFault)) throw error
        return context.json(
          { status: 'error', errorType: error.kind, error: error.message },
          error.kind === 'bad_data' ? 400 : 422,
        )
      }
    })
  }
  answer('query', (asked) => api.query(asked))
  answer('query_range', (asked) => api.queryRange(asked))
  answer('series', (asked) => api.series(asked))
  answer('labels', (asked) => api.labels(asked))
  answer('label/:name/values', (asked, context) => api.labelValues(asked, context.req.param('name') ?? ''))
  answer('rules', (asked) => ({ groups: wantedRules(alerting().groups, asked) }))
  answer('alerts', () => ({ alerts: alerting().alerts }))
  answer('status/buildinfo', () => ({
    version: '3.5.0',
    revision: 'simulated',
    branch: 'HEAD',
    goVersion: '',
    buildUser: '',
    buildDate: '',
  }))
  app.get('/-/ready', (context) => context.text('Prometheus Server is Ready.\n'))
  app.notFound((context) => context.text('404 page not found\n', 404))

  const listen = (port: number): Promise<ReturnType<typeof serve>> =>
    new Promise((resolve, reject) => {
      const opened = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) => {
        at = address.port
        resolve(opened)
      })
      opened.once('error', reject)
    })
  let at = 0
  let server: ReturnType<typeof serve> | undefined = await listen(0)
  const shut = (): Promise<void> =>
    new Promise((resolve) => {
      if (server === undefined) return resolve()
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
      server = undefined
    })
  return {
    url: `http://127.0.0.1:${at}`,
    goAway: shut,
    comeBack: async () => {
      server ??= await listen(at)
    },
    close: shut,
  }
}
