import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { z } from 'zod'

const Frame = z.object({ websocket: z.object({ url: z.string() }) })
const heartbeats = ['undici:websocket:ping', 'undici:websocket:pong']

/**
 * Tells of pings and pongs on the WebSocket with that address. Bolt keeps them to itself; undici publishes those of all
 * sockets of the process. Returns the end of listening.
 */
export function watchHeartbeats(address: () => string | undefined, onBeat: () => void): () => void {
  const listener = (message: unknown): void => {
    const frame = Frame.safeParse(message)
    const expected = address()
    if (frame.success && expected !== undefined && frame.data.websocket.url === new URL(expected).href) onBeat()
  }
  for (const name of heartbeats) subscribe(name, listener)
  return () => {
    for (const name of heartbeats) unsubscribe(name, listener)
  }
}

const Disconnect = z.object({ type: z.literal('disconnect'), reason: z.string().default('unknown') })

/** Slack asks to leave this connection: `warning`, `refresh_requested`, `too_many_websockets`, `link_disabled`. */
export function disconnectReason(frame: string): string | undefined {
  if (frame.length > 2000 || !frame.includes('disconnect')) return undefined
  return Disconnect.safeParse(jsonOf(frame)).data?.reason
}

const Envelope = z.object({ envelope_id: z.string() })

/** What Slack waits to hear back; undefined for frames that want no answer. */
export function envelopeOf(frame: string): string | undefined {
  return Envelope.safeParse(jsonOf(frame)).data?.envelope_id
}

const Eventless = z.looseObject({
  type: z.literal('events_api'),
  payload: z.looseObject({ type: z.string() }),
})

/**
 * An `events_api` envelope without an event (`app_rate_limited`), on which socket-mode 3.1.0 trips, as one with an event
 * of that type. Undefined: nothing can be made of it.
 */
export function mended(frame: string): string | undefined {
  const eventless = Eventless.safeParse(jsonOf(frame))
  if (!eventless.success || eventless.data.payload['event'] !== undefined) return undefined
  const { payload } = eventless.data
  return JSON.stringify({ ...eventless.data, payload: { ...payload, event: { type: payload.type } } })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
