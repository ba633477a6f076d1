import type { Clock } from '../../time/clock.ts'
import type { ReportSlack } from './slack-report.ts'
import type { Transport } from './transport.ts'
import type { App } from '@slack/bolt'
import { SocketModeReceiver } from '@slack/bolt'
import { boltLogger } from './slack-report.ts'
import { guardFrames } from './frame-guard.ts'
import { disconnectReason, envelopeOf, watchHeartbeats } from './socket-frames.ts'

export interface LinkParts {
  readonly app: App
  readonly appToken: string
  readonly apiUrl: string
  readonly transport: Transport
  readonly clock: Clock
  readonly report: ReportSlack
}

export interface LinkEvents {
  /** Slack asked to leave this connection, which still works for some seconds. */
  readonly onLeave: (reason: string) => void
  readonly onEnd: () => void
}

/** One WebSocket, from opening to end, never reused. */
export interface Link {
  /** Resolves with Slack's `hello`; rejects with what `apps.connections.open` or the socket said. */
  readonly opened: Promise<void>
  /** Epoch ms of the last frame, pongs included. */
  lastFrameAt(): number
  /** Lets acknowledgements under way go out first. */
  close(): void
  /** Closes once nothing comes by it any more: what arrives while a WebSocket closes is lost. */
  retire(): void
}

/** Slack answers pings within this, or the connection is dead. */
const pongTimeoutMs = 10_000
const helloTimeoutMs = 15_000
const ackTimeMs = 3000
/** A connection that Slack asked us to leave is kept until it was quiet for so long, and at most for so long. */
const quietMs = 500
const lingerMs = 8000
/** Slack keeps TCP open after the close handshake (node-slack-sdk #2752): the second request to close tears it down. */
const politeMs = 2000

/**
 * A SocketModeReceiver of its own for every connection, told not to reconnect: the reconnecting of socket-mode 3.1.0 is
 * deaf for 5 to 11 s, and what goes wrong in it ends the process (#2656, #2752, #2771).
 */
export async function openLink(parts: LinkParts, events: LinkEvents): Promise<Link> {
  const { app, appToken, apiUrl, transport, clock, report } = parts
  const dispatcher = await transport.socketDispatcher()
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: pongTimeoutMs,
    logger: boltLogger(report),
    // Bolt writes into this object: it is this receiver's own.
    installerOptions: {
      clientOptions: {
        slackApiUrl: apiUrl,
        retryConfig: { retries: 0 },
        timeout: pongTimeoutMs,
        rejectRateLimitedCalls: true,
        fetch: transport.fetch,
      },
    },
    processEventErrorHandler: async ({ error }) => {
      report({ level: 'error', what: 'payload_failed', detail: error.message })
      return false
    },
    ...(dispatcher === undefined ? {} : { dispatcher }),
  })
  receiver.init(app)
  const { client } = receiver

  const unanswered = new Set<string>()
  let address: string | undefined
  let lastFrameAt = clock.now()
  let lastEnvelopeAt = clock.now()
  let closing = false
  let ended = false
  const timers = new Set<() => void>()
  const later = (ms: number, task: () => void): (() => void) => {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel)
      task()
    })
    timers.add(cancel)
    return cancel
  }

  const stopBeats = watchHeartbeats(
    () => address,
    () => (lastFrameAt = clock.now()),
  )
  guardFrames(client, {
    onUnreadable: (frame) => unanswered.delete(envelopeOf(frame) ?? ''),
    onFrame: (frame) => {
      lastFrameAt = clock.now()
      const reason = disconnectReason(frame)
      if (reason !== undefined) {
        events.onLeave(reason)
        return 'handled'
      }
      const envelope = envelopeOf(frame)
      if (envelope !== undefined) {
        lastEnvelopeAt = clock.now()
        unanswered.add(envelope)
      }
      if (unanswered.size > 1000) unanswered.clear()
      return 'pass'
    },
    report,
  })
  client.on('outgoing_message', ({ envelope_id }: { envelope_id: string }) => unanswered.delete(envelope_id))
  client.on('authenticated', ({ url }: { url?: string }) => (address = url))
  client.on('connecting', () => {
    if (closing) later(0, shut)
  })
  client.on('disconnected', end)

  function end(): void {
    if (ended) return
    ended = true
    stopBeats()
    for (const cancel of timers) cancel()
    timers.clear()
    void dispatcher?.destroy().catch(() => {})
    events.onEnd()
  }

  function shut(): void {
    void client.disconnect()
    if (ended || client.websocket === undefined) return
    later(politeMs, () => {
      void client.disconnect()
      end()
    })
  }

  function closeWhenAnswered(until: number): void {
    if (ended) return
    if (unanswered.size === 0 || clock.now() >= until) shut()
    else later(50, () => closeWhenAnswered(until))
  }

  const opened = new Promise<void>((resolve, reject) => {
    const cancel = later(helloTimeoutMs, () => reject(new Error('no hello')))
    receiver
      .start()
      .then(() => resolve(), reject)
      .finally(cancel)
  })

  const close = (): void => {
    if (closing) return
    closing = true
    closeWhenAnswered(clock.now() + ackTimeMs)
  }

  function retireWhenQuiet(until: number): void {
    const quietAt = Math.min(until, Math.max(lastEnvelopeAt, until - lingerMs) + quietMs)
    if (ended || closing) return
    if (clock.now() >= quietAt) close()
    else later(quietAt - clock.now(), () => retireWhenQuiet(until))
  }

  return {
    opened,
    lastFrameAt: () => lastFrameAt,
    close,
    retire: () => retireWhenQuiet(clock.now() + lingerMs),
  }
}
