import type { Clock } from '../../../time/clock.ts'
import type { JsonObject } from '../../../json.ts'
import type { Findings } from '../findings.ts'
import { isObject, objectOf, parseJson, textOf } from '../json-values.ts'
import type { Traffic } from '../traffic.ts'
import { brief } from '../traffic.ts'
import type { Sockets } from './sockets.ts'

/** How a payload fared. A person sees an error for the last two; only events are tried again. */
export type Delivery =
  | { readonly kind: 'acked'; readonly payload: JsonObject; readonly afterMs: number }
  | { readonly kind: 'timed_out' }
  | { readonly kind: 'undelivered' }

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api'

export interface Deliveries {
  readonly send: (type: EnvelopeType, payload: JsonObject) => Promise<Delivery>
  /** An event, tried again at once, after 1 and after 5 minutes. Resolves with the first try's fate. */
  readonly event: (payload: JsonObject) => Promise<Delivery>
  /** The next `count` envelopes are sent twice, perhaps over two connections. */
  readonly duplicate: (count: number) => void
  readonly received: (text: string) => void
  readonly stop: () => void
}

const ackWithin = 3_000
const retryAfter = [0, 60_000, 300_000]
const remembered = 2_000

interface Pending {
  readonly type: EnvelopeType
  readonly sentAt: number
  state: 'waiting' | 'acked' | 'expired'
  /** Acks a faithful receiver sends: one for each copy. */
  copies: number
  settle: (delivery: Delivery) => void
}

interface Retry {
  readonly attempt: number
  readonly reason: string
}

export function createDeliveries({
  clock,
  sockets,
  findings,
  traffic,
  nextId,
}: {
  readonly clock: Clock
  readonly sockets: Sockets
  readonly findings: Findings
  readonly traffic: Traffic
  readonly nextId: (prefix: string) => string
}): Deliveries {
  const envelopes = new Map<string, Pending>()
  const timers = new Set<() => void>()
  let duplicates = 0
  let stopped = false

  const later = (ms: number, task: () => void) => {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel)
      task()
    })
    timers.add(cancel)
    return () => {
      cancel()
      timers.delete(cancel)
    }
  }

  const forgetOldest = () => {
    for (const [id, { state }] of envelopes) {
      if (envelopes.size <= remembered) return
      if (state !== 'waiting') envelopes.delete(id)
    }
  }

  const send = (type: EnvelopeType, payload: JsonObject, retry?: Retry) =>
    new Promise<Delivery>((resolve) => {
      const id = nextId('envelope-')
      const text = JSON.stringify({
        envelope_id: id,
        type,
        accepts_response_payload: type !== 'events_api',
        payload,
        ...(retry && { retry_attempt: retry.attempt, retry_reason: retry.reason }),
      })
      traffic.note({ kind: 'envelope', type, envelope: id, payload: brief(payload) })
      if (stopped || sockets.send(text) === undefined) return resolve({ kind: 'undelivered' })
      const pending: Pending = { type, sentAt: clock.now(), state: 'waiting', copies: 1, settle: resolve }
      envelopes.set(id, pending)
      forgetOldest()
      if (duplicates > 0) {
        duplicates -= 1
        pending.copies += 1
        sockets.send(text)
      }
      const cancel = later(ackWithin, () => {
        pending.state = 'expired'
        findings.report('ack_missing', type, `no ack within 3 s for ${id}`)
        resolve({ kind: 'timed_out' })
      })
      pending.settle = (delivery) => {
        cancel()
        resolve(delivery)
      }
    })

  const retryEvent = (payload: JsonObject, attempt: number) => {
    const wait = retryAfter[attempt - 1]
    if (wait === undefined || stopped) return
    later(wait, () => {
      void send('events_api', payload, { attempt, reason: 'timeout' }).then((delivery) => {
        if (delivery.kind !== 'acked') retryEvent(payload, attempt + 1)
        return undefined
      })
    })
  }

  return {
    send: (type, payload) => send(type, payload),
    event: async (payload) => {
      const delivery = await send('events_api', payload)
      if (delivery.kind !== 'acked') retryEvent(payload, 1)
      return delivery
    },
    duplicate: (count) => {
      duplicates += count
    },
    received: (text) => {
      const frame = parseJson(text)
      const id = isObject(frame) ? textOf(frame['envelope_id']) : undefined
      if (!isObject(frame) || id === undefined) return findings.report('frame_unreadable', 'socket', text)
      const payload = objectOf(frame['payload'])
      const pending = envelopes.get(id)
      const afterMs = clock.now() - (pending?.sentAt ?? clock.now())
      traffic.note({ kind: 'ack', envelope: id, payload: brief(payload), afterMs })
      if (pending === undefined) return findings.report('ack_unknown', 'socket', id)
      pending.copies -= 1
      if (pending.state === 'expired') return findings.report('ack_late', pending.type, `${id} after ${afterMs} ms`)
      if (pending.copies < 0) return findings.report('ack_twice', pending.type, id)
      if (pending.state === 'acked') return
      if (pending.type === 'events_api' && Object.keys(payload).length > 0)
        findings.report('ack_payload_ignored', pending.type, JSON.stringify(payload))
      pending.state = 'acked'
      pending.settle({ kind: 'acked', payload, afterMs })
    },
    stop: () => {
      stopped = true
      for (const cancel of timers) cancel()
      timers.clear()
      for (const pending of envelopes.values()) if (pending.state === 'waiting') pending.settle({ kind: 'undelivered' })
      envelopes.clear()
    },
  }
}
