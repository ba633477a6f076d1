import type { Message, Part, Rich } from '../chat/message.ts'
import type { KubernetesEvent } from '../clusters/nouns.ts'
import { ageOf } from './age.ts'
import type { Texts } from './texts/en.ts'

const shown = 20

/** Events of a workload and what it owns, or of a namespace; oldest first, as a story. */
export function eventsCard(
  found: {
    readonly what: string
    readonly cluster: string
    readonly events: readonly KubernetesEvent[]
    readonly now: number
  },
  { reads }: Texts,
): Message {
  const { what, cluster, events, now } = found
  const title = reads.events(what, cluster)
  const lines = events
    .slice(-shown)
    .map((event): Rich => [
      event.type === 'Warning' ? '⚠ ' : '· ',
      { muted: `${ageOf(event.lastAt, now)} ` },
      { bold: event.reason },
      ` ${event.about.kind.toLowerCase()}/${event.about.name}: ${event.message}`,
      ...(event.count > 1 ? [' ', { muted: reads.times(event.count) }] : []),
    ])
  const parts: Part[] =
    lines.length === 0 ? [{ kind: 'text', text: [reads.noEvents] }] : [{ kind: 'list', items: lines }]
  return {
    summary: title,
    tone: events.some(({ type }) => type === 'Warning') ? 'warning' : 'neutral',
    parts: [
      { kind: 'title', text: title },
      ...(events.length > shown ? [{ kind: 'note' as const, text: [reads.moreEvents(events.length - shown)] }] : []),
      ...parts,
    ],
  }
}
