import type { Clock } from '../../time/clock.ts'
import type { Json } from '../../json.ts'
import type { Bounded } from './bounded.ts'

/** What became of a connection; after `disconnect: ` stands the reason that the app was told. */
type SocketEvent = 'hello' | 'closed' | 'too_many_websockets' | `disconnect: ${string}`

type Entry =
  | {
      readonly kind: 'call'
      readonly method: string
      readonly request: Json
      readonly status: number
      readonly response: Json
    }
  | { readonly kind: 'hook'; readonly request: Json; readonly status: number; readonly response: Json }
  | { readonly kind: 'upload'; readonly file: string; readonly size: number; readonly status: number }
  | { readonly kind: 'envelope'; readonly type: string; readonly envelope: string; readonly payload: Json }
  | { readonly kind: 'ack'; readonly envelope: string; readonly payload: Json; readonly afterMs: number }
  | { readonly kind: 'socket'; readonly event: SocketEvent; readonly connection: string }

export type TrafficEntry = Entry & { readonly at: number }

/** The newest calls, envelopes, acks and socket events in order; long strings shortened, tokens left out. */
export interface Traffic {
  readonly note: (entry: Entry) => void
  readonly all: () => readonly TrafficEntry[]
  readonly clear: () => void
}

export function createTraffic(clock: Clock, log: Bounded<TrafficEntry>): Traffic {
  return { note: (entry) => log.add({ ...entry, at: clock.now() }), all: log.all, clear: log.clear }
}

/** For keeping in a bounded log: strings cut, lists and depth limited, tokens removed. */
export function brief(value: Json | undefined, depth = 0): Json {
  if (value === undefined) return null
  if (typeof value === 'string') return value.length > 4_000 ? `${value.slice(0, 4_000)}…` : value
  if (value === null || typeof value !== 'object') return value
  if (depth > 12) return '…'
  if (Array.isArray(value)) return value.slice(0, 120).map((item: Json) => brief(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'token')
      .map(([name, item]) => [name, brief(item, depth + 1)]),
  )
}
