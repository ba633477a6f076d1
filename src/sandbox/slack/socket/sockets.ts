import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { Clock } from '../../../time/clock.ts'
import { addressOf, isOwnProgram } from '../../callers.ts'
import { freshSecret } from '../secret.ts'
import type { Traffic } from '../traffic.ts'

const cap = 10
const ticketLife = 30_000

export interface SocketOptions {
  readonly clock: Clock
  readonly random: () => number
  readonly traffic: Traffic
  readonly appId: () => string
  readonly nextId: (prefix: string) => string
  /** `keeps`: as Slack does, TCP stays open after the close handshake until the other side ends it. */
  readonly tcpAfterClose: 'keeps' | 'ends'
  readonly pingEveryMs: number
  readonly changed: (open: number) => void
  readonly received: (text: string) => void
}

/** The app's live connections. Envelopes go to one of them at random; nothing is buffered when there is none. */
export interface Sockets {
  /** The path and query of a fresh address, good for one connection within 30 s. */
  readonly ticket: () => string
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly open: () => number
  /** Undefined when no connection is open. */
  readonly send: (text: string) => string | undefined
  /** Sends `disconnect`; without `connection`, to all. */
  readonly rotate: (reason: string, connection?: string) => void
  /** Cuts TCP without a word. */
  readonly drop: () => void
  /** New upgrades are answered 408. */
  readonly refuse: (refusing: 'all' | 'none') => void
  readonly connections: () => readonly string[]
  readonly stop: () => void
}

export function createSockets(options: SocketOptions): Sockets {
  const { clock, random, traffic } = options
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 1_048_576 })
  const live = new Map<string, WebSocket>()
  const raw = new Set<Duplex>()
  const tickets = new Map<string, number>()
  let refusing: 'all' | 'none' = 'none'

  const pings = setInterval(() => {
    for (const socket of live.values()) socket.ping()
  }, options.pingEveryMs)
  pings.unref()

  const openOnes = () => [...live].filter(([, socket]) => socket.readyState === socket.OPEN)

  const forget = (id: string) => {
    if (!live.delete(id)) return
    traffic.note({ kind: 'socket', event: 'closed', connection: id })
    options.changed(openOnes().length)
  }

  const welcome = (id: string, socket: WebSocket) => {
    if (openOnes().length >= cap) {
      traffic.note({ kind: 'socket', event: 'too_many_websockets', connection: id })
      socket.on('error', () => {})
      socket.send(
        JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: { host: 'sandbox' } }),
      )
      socket.close(1000)
      return
    }
    live.set(id, socket)
    socket.on('error', () => forget(id))
    socket.on('close', () => forget(id))
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) options.received(data.toString('utf8'))
    })
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: openOnes().length,
        debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: options.appId() },
      }),
    )
    traffic.note({ kind: 'socket', event: 'hello', connection: id })
    options.changed(openOnes().length)
  }

  return {
    ticket: () => {
      const ticket = freshSecret('ticket-')
      tickets.set(ticket, clock.now() + ticketLife)
      for (const [oldest, dies] of tickets) if (dies < clock.now() || tickets.size > 100) tickets.delete(oldest)
      return `/link/?ticket=${ticket}&app_id=${options.appId()}`
    },
    upgrade: (request, socket, head) => {
      const address = addressOf(request.url)
      const ticket = address?.query.get('ticket') ?? ''
      const dies = tickets.get(ticket)
      tickets.delete(ticket)
      raw.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => raw.delete(socket))
      const bad =
        !isOwnProgram(request.headers) || address?.path !== '/link/' || dies === undefined || dies < clock.now()
      if (bad || refusing === 'all') {
        socket.end(
          `HTTP/1.1 ${bad ? '404 Not Found' : '408 Request Timeout'}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
        )
        return
      }
      const id = options.nextId('link-')
      const end = socket.end.bind(socket)
      // ws ends TCP as soon as both close frames are through; Slack leaves that to the client (node-slack-sdk #2752).
      Object.assign(socket, {
        end: () => {
          forget(id)
          return options.tcpAfterClose === 'keeps' ? socket : end()
        },
      })
      socket.on('end', () => socket.destroy())
      server.handleUpgrade(request, socket, head, (opened) => welcome(id, opened))
    },
    open: () => openOnes().length,
    connections: () => openOnes().map(([id]) => id),
    send: (text) => {
      const open = openOnes()
      const chosen = open[Math.floor(random() * open.length)]
      if (chosen === undefined) return undefined
      chosen[1].send(text)
      return chosen[0]
    },
    rotate: (reason, connection) => {
      for (const [id, socket] of openOnes()) {
        if (connection !== undefined && connection !== id) continue
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }))
        traffic.note({ kind: 'socket', event: `disconnect: ${reason}`, connection: id })
      }
    },
    drop: () => {
      for (const [id, socket] of live) {
        socket.terminate()
        forget(id)
      }
    },
    refuse: (next) => {
      refusing = next
    },
    stop: () => {
      clearInterval(pings)
      for (const socket of live.values()) socket.terminate()
      for (const socket of raw) socket.destroy()
      live.clear()
      server.close()
    },
  }
}
