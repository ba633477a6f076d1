import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import type { Workplace } from './api/method.ts'
import { createBounded } from './bounded.ts'
import type { Driver } from './driver/driver.ts'
import { createDriver } from './driver/driver.ts'
import { createNotices } from './events.ts'
import type { Notices } from './events.ts'
import type { Faults } from './faults.ts'
import { createFaults } from './faults.ts'
import type { Finding, Findings } from './findings.ts'
import { createFindings } from './findings.ts'
import { serve } from './http.ts'
import type { LimitSettings } from './limits.ts'
import { createLimits, slackLimits } from './limits.ts'
import type { Deliveries } from './socket/deliveries.ts'
import { createDeliveries } from './socket/deliveries.ts'
import type { Sockets } from './socket/sockets.ts'
import { createSockets } from './socket/sockets.ts'
import type { Traffic, TrafficEntry } from './traffic.ts'
import { createTraffic } from './traffic.ts'
import { createTriggers } from './triggers.ts'
import type { Changes } from './world/change.ts'
import { createChanges } from './world/change.ts'
import type { Messages } from './world/messages.ts'
import { createMessages } from './world/messages.ts'
import type { WorldState } from './world/state.ts'
import type { Views } from './world/views.ts'
import { createViews } from './world/views.ts'
import type { World } from './world/world.ts'
import { createWorld } from './world/world.ts'

export interface SlackServerOptions {
  /** Acks, triggers, response urls, rate limits and retries follow it; only pings of the socket are in real time. */
  readonly clock: Clock
  /** From `worldFrom(seed)` or an earlier `world.export()`. */
  readonly world: WorldState
  /** 0 to 1; chooses the connection an envelope takes. */
  readonly random?: () => number
  readonly limits?: Partial<LimitSettings>
  /** `keeps` is how the real Slack behaves, `ends` reconnects Bolt sooner. */
  readonly tcpAfterClose?: 'keeps' | 'ends'
  readonly port?: number
  readonly host?: string
}

/** A running workspace. Give Bolt `apiUrl` as `slackApiUrl` and it cannot tell the difference. */
export interface SlackServer {
  readonly apiUrl: string
  readonly world: World
  readonly messages: Messages
  readonly views: Views
  readonly driver: Driver
  readonly notices: Notices
  readonly faults: Faults &
    Pick<Sockets, 'drop' | 'refuse' | 'rotate'> &
    Pick<Deliveries, 'duplicate'> & {
      /** Any frame, such as one of a type nobody knows; undefined: no connection. */
      readonly frame: (frame: JsonObject) => string | undefined
    }
  readonly sockets: Pick<Sockets, 'open' | 'connections'>
  readonly findings: Findings
  readonly traffic: Traffic
  readonly onChange: Changes['onChange']
  readonly waitFor: Changes['waitFor']
  readonly stop: () => Promise<void>
}

const keptMessages = 2_000
const keptTraffic = 2_000
const keptFindings = 1_000

/** Listens when it resolves (127.0.0.1 and a free port unless told). */
export async function createSlackServer(options: SlackServerOptions): Promise<SlackServer> {
  const { clock } = options
  const changes = createChanges()
  const world = createWorld(options.world, changes.tell)
  const findings = createFindings(
    clock,
    createBounded<Finding>(keptFindings, () => changes.tell({ kind: 'finding' })),
  )
  const traffic = createTraffic(
    clock,
    createBounded<TrafficEntry>(keptTraffic, () => changes.tell({ kind: 'traffic' })),
  )
  const messages = createMessages({ world, clock, keep: keptMessages })
  const views = createViews(world)
  const triggers = createTriggers(clock, world.nextId)
  const limits = createLimits(clock, { ...slackLimits, ...options.limits })
  const faults = createFaults()
  const { nextId } = world
  const sockets: Sockets = createSockets({
    clock,
    traffic,
    nextId,
    random: options.random ?? Math.random,
    appId: () => world.state.app.id,
    tcpAfterClose: options.tcpAfterClose ?? 'keeps',
    pingEveryMs: 10_000,
    changed: (open) => changes.tell({ kind: 'sockets', open }),
    received: (text) => deliveries.received(text),
  })
  const deliveries: Deliveries = createDeliveries({ clock, sockets, findings, traffic, nextId })
  const timers = new Set<() => void>()
  const later = (ms: number, task: () => void) => {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel)
      task()
    })
    timers.add(cancel)
  }
  let origin = ''
  const at: Workplace = {
    clock,
    world,
    messages,
    views,
    triggers,
    limits,
    findings,
    sockets,
    origin: () => origin,
  }
  const notices = createNotices({ world, messages, deliveries, clock })

  const server = createServer((request, response) => {
    serve({ at, clock, faults, traffic, later }, request, response).catch((error: unknown) => {
      findings.report(
        'server_error',
        request.url ?? '',
        error instanceof Error ? (error.stack ?? error.message) : 'unknown',
      )
      response.destroy()
    })
  })
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve)
  })
  origin = `http://${hostOf(server.address())}`

  return {
    apiUrl: `${origin}/api/`,
    world,
    messages,
    views,
    notices,
    sockets,
    findings,
    traffic,
    driver: createDriver({ at, deliveries, notices }),
    faults: {
      ...faults,
      drop: sockets.drop,
      refuse: sockets.refuse,
      rotate: sockets.rotate,
      duplicate: deliveries.duplicate,
      frame: (frame) => sockets.send(JSON.stringify(frame)),
    },
    onChange: changes.onChange,
    waitFor: changes.waitFor,
    stop: async () => {
      deliveries.stop()
      for (const cancel of timers) cancel()
      changes.stop()
      sockets.stop()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

function hostOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('the Slack server has no port')
  return `${address.address.includes(':') ? `[${address.address}]` : address.address}:${address.port}`
}
