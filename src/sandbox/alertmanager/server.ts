import { randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import { isOwnProgram } from '../callers.ts'
import { createDispatcher, hasty } from './dispatcher.ts'
import type { DispatcherSettings } from './dispatcher.ts'
import { fingerprintOf } from './notice.ts'
import type { FiredAlert } from './notice.ts'
import { createSilenceBook, SilenceOrder, stateOf } from './silences.ts'
import type { Silence } from './silences.ts'

/** Where notices go. */
export interface Receiver {
  /** Undefined while nobody listens. */
  url(): string | undefined
  readonly token: string
}

export interface Alertmanager {
  readonly url: string
  /** All that fires now, as Prometheus posts it. */
  tell(firing: readonly FiredAlert[]): void
  silences(): readonly Silence[]
  close(): Promise<void>
}

const sendWithinMs = 5_000
const largestBody = 64 * 1024

/** An Alertmanager of its own for a trial: real webhooks, real silences (API version 2, api/v2/openapi.yaml). Listens when it resolves. */
export async function openAlertmanager(options: {
  readonly clock: Clock
  readonly receiver: Receiver
  readonly settings?: DispatcherSettings
  readonly onSilence?: () => void
}): Promise<Alertmanager> {
  const { clock, receiver, settings = hasty } = options
  const now = (): number => clock.now()
  const book = createSilenceBook(now, () => randomUUID())
  let url = ''
  const dispatcher = createDispatcher({
    clock,
    settings,
    externalUrl: () => url,
    isSilenced: (labels) => book.silences(labels, now()),
    send: (notice) => send(receiver, notice),
  })

  const app = new Hono()
  app.use(async (context, next) => (isOwnProgram(context.req.header()) ? next() : context.text('Forbidden', 403)))
  app.use(bodyLimit({ maxSize: largestBody }))
  app.get('/-/ready', (context) => context.text('OK'))
  app.get('/api/v2/alerts', (context) =>
    context.json(dispatcher.firing().map(({ labels }) => ({ labels, fingerprint: fingerprintOf(labels) }))),
  )
  app.get('/api/v2/silences', (context) => context.json(book.all().map((silence) => shown(silence, now()))))
  app.get('/api/v2/silence/:id', (context) => {
    const found = book.find(context.req.param('id'))
    return found ? context.json(shown(found, now())) : context.body(null, 404)
  })
  app.post('/api/v2/silences', async (context) => {
    const order = SilenceOrder.safeParse(await context.req.json().catch(() => undefined))
    if (!order.success) return context.json(order.error.issues[0]?.message ?? 'bad request', 400)
    const silenceID = book.put(order.data)
    if (silenceID === undefined) return context.json('silence not found', 404)
    stirred()
    return context.json({ silenceID })
  })
  app.delete('/api/v2/silence/:id', (context) => {
    const done = book.expire(context.req.param('id'))
    if (done === 'unknown') return context.json('silence not found', 404)
    if (done === 'over') return context.json('silence already expired', 500)
    stirred()
    return context.body(null, 200)
  })
  const stirred = (): void => {
    dispatcher.stir()
    options.onSilence?.()
  }

  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const opened = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
      url = `http://127.0.0.1:${port}`
      resolve(opened)
    })
  })
  return {
    url,
    tell: (firing) => dispatcher.tell(firing),
    silences: () => book.all(),
    close: () => {
      dispatcher.stop()
      return new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    },
  }
}

const shown = (silence: Silence, at: number): JsonObject => ({
  id: silence.id,
  status: { state: stateOf(silence, at) },
  matchers: silence.matchers.map((matcher) => ({ ...matcher })),
  startsAt: new Date(silence.startsAt).toISOString(),
  endsAt: new Date(silence.endsAt).toISOString(),
  updatedAt: new Date(silence.updatedAt).toISOString(),
  createdBy: silence.createdBy,
  comment: silence.comment,
})

async function send({ url, token }: Receiver, notice: JsonObject): Promise<boolean> {
  const to = url()
  if (to === undefined) return false
  try {
    const answer = await fetch(to, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(notice),
      signal: AbortSignal.timeout(sendWithinMs),
    })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    // The bot is away for a moment: it is sent again.
    return false
  }
}
