import type { Json } from '../../json.ts'
import type { TrafficEntry } from '../slack/traffic.ts'
import type { PageTrafficEntry } from './protocol.ts'

const shown = 150
const longest = 3_000

/** The newest traffic between chat and bot, newest first; seen from the bot: `in` came to it, `out` went from it. */
export function trafficOf(entries: readonly TrafficEntry[]): readonly PageTrafficEntry[] {
  return entries.slice(-shown).reverse().map(entryOf)
}

function entryOf(entry: TrafficEntry): PageTrafficEntry {
  const { at } = entry
  switch (entry.kind) {
    case 'call':
      return {
        at,
        direction: 'out',
        what: entry.method,
        about: String(entry.status),
        detail: both(entry.request, entry.response),
        good: entry.status < 400 && isOk(entry.response),
      }
    case 'hook':
      return {
        at,
        direction: 'out',
        what: 'response_url',
        about: String(entry.status),
        detail: both(entry.request, entry.response),
        good: entry.status < 400,
      }
    case 'upload':
      return {
        at,
        direction: 'out',
        what: 'upload',
        about: `${entry.status} · ${entry.size} bytes`,
        detail: entry.file,
        good: entry.status < 400,
      }
    case 'envelope':
      return { at, direction: 'in', what: entry.type, about: entry.envelope, detail: pretty(entry.payload), good: true }
    case 'ack':
      return {
        at,
        direction: 'out',
        what: 'ack',
        about: `after ${Math.round(entry.afterMs)} ms`,
        detail: pretty(entry.payload),
        good: true,
      }
    case 'socket':
      return {
        at,
        direction: 'in',
        what: `socket ${entry.event}`,
        about: entry.connection,
        detail: '',
        good: entry.event !== 'closed' && entry.event !== 'too_many_websockets',
      }
  }
}

const isOk = (response: Json): boolean =>
  typeof response !== 'object' || response === null || !('ok' in response) || response['ok'] === true

const pretty = (value: Json): string => JSON.stringify(value, null, 2).slice(0, longest)

const both = (request: Json, response: Json): string => `${pretty(request)}\n→ ${pretty(response)}`
