import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { Clock } from '../../time/clock.ts'
import type { SlackServer } from '../slack/server.ts'
import type { Accidents } from './accidents.ts'
import type { Completion } from './completion.ts'
import { doDeed } from './deeds.ts'
import type { Feed } from './feed.ts'
import { createGuard } from './guard.ts'
import { Accident, Deed } from './requests.ts'
import { trafficOf } from './traffic-view.ts'
import type { WorkspaceView } from './workspace-view.ts'

export interface PageServerOptions {
  readonly clock: Clock
  readonly slack: SlackServer
  readonly view: WorkspaceView
  readonly feed: Feed
  readonly completion: Completion
  readonly accidents: Accidents
  /** Called with every line that somebody sends, before it goes out. */
  readonly onLine: (line: string) => void
  /** Resolves when the bot can hear, or after a while all the same: nobody's first order should fail because it still starts. */
  readonly untilHeard: () => Promise<void>
  /** The folder that the build made. */
  readonly files: string
  /** The address was used: there is another one now. */
  readonly onSpent: () => void
  /** Taken if free; 0 and any port in use: another. */
  readonly port: number
}

export interface PageServer {
  /** For people, with the key; another one each time that one was used. */
  readonly address: () => string
  close(): Promise<void>
}

const assets = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/main.js': ['main.js', 'text/javascript; charset=utf-8'],
  '/main.css': ['main.css', 'text/css; charset=utf-8'],
  '/icon.svg': ['icon.svg', 'image/svg+xml'],
} as const

const Complete = z.strictObject({ typed: z.string().max(2_000), channel: z.string() })
const beatMs = 15_000
const bodyBytes = 256 * 1024

/** The page and its few calls, on loopback and nowhere else. */
export async function createPageServer(options: PageServerOptions): Promise<PageServer> {
  const { clock, slack, view, feed, completion, accidents, onLine, untilHeard, onSpent, files } = options
  let port = 0
  const guard = createGuard(() => port, onSpent)
  const app = new Hono()
  app.use(guard.handler)
  app.use(bodyLimit({ maxSize: bodyBytes }))

  for (const [path, [name, type]] of Object.entries(assets)) {
    const body = readFileSync(join(files, name))
    app.get(path, (context) => context.body(new Uint8Array(body), 200, { 'content-type': type }))
  }

  app.get('/events', (context) => {
    const user = context.req.query('as') ?? ''
    if (slack.world.person(user) === undefined) return context.json({ ok: false, reason: 'unknown_person' }, 404)
    return streamSSE(context, async (stream) => {
      const write = (text: string): void => {
        stream.write(text).catch(() => {})
      }
      const leave = feed.connect(user, (event) => write(`data: ${JSON.stringify(event)}\n\n`))
      let cancel = (): void => {}
      const beat = (): void => {
        cancel = clock.after(beatMs, () => {
          write(': here\n\n')
          beat()
        })
      }
      beat()
      await new Promise<void>((resolve) => {
        stream.onAbort(resolve)
      })
      cancel()
      leave()
    })
  })

  app.get('/traffic', (context) => context.json(trafficOf(slack.traffic.all())))

  app.get('/files/:id', (context) => {
    const file = slack.world.state.files.find(({ id }) => id === context.req.param('id'))
    const user = context.req.query('as') ?? ''
    if (file?.content === undefined || !view.mayOpen(user, file.id)) return context.text('no such file', 404)
    // Content of strangers: shown as what it says it is, but never as a page of ours.
    context.header('content-security-policy', "default-src 'none'; sandbox")
    context.header('content-type', file.mimetype === 'image/png' ? 'image/png' : 'text/plain; charset=utf-8')
    context.header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    return context.body(new Uint8Array(Buffer.from(file.content, 'base64')))
  })

  app.post('/deeds', async (context) => {
    const deed = Deed.safeParse(await context.req.json().catch(() => undefined))
    if (!deed.success) return context.json({ ok: false, reason: z.prettifyError(deed.error) }, 400)
    if (deed.data.kind === 'say') onLine(deed.data.text)
    await untilHeard()
    return context.json(await doDeed(deed.data, slack))
  })

  app.post('/complete', async (context) => {
    const asked = Complete.safeParse(await context.req.json().catch(() => undefined))
    if (!asked.success) return context.json({ ok: false, reason: 'unreadable' }, 400)
    return context.json(completion(asked.data.typed, asked.data.channel))
  })

  app.post('/accidents', async (context) => {
    const accident = Accident.safeParse(await context.req.json().catch(() => undefined))
    if (!accident.success) return context.json({ ok: false, reason: z.prettifyError(accident.error) }, 400)
    return context.json(await accidents.happen(accident.data))
  })

  app.notFound((context) => context.text('nothing here', 404))

  const server = await listen(app, options.port)
  port = server.port
  return { address: () => `http://127.0.0.1:${port}/?key=${guard.secret()}`, close: server.close }
}

async function listen(
  app: Hono,
  port: number,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  try {
    return await listenOn(app, port)
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && ['EADDRINUSE', 'EACCES'].includes(String(error.code))
    if (!taken || port === 0) throw error
    return listenOn(app, 0)
  }
}

function listenOn(app: Hono, port: number): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) => {
      resolve({
        port: address.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
      })
    })
    server.once('error', reject)
  })
}
