import { z } from 'zod'
import type { Collection } from '../../store/store.ts'
import type { ChannelId } from '../identity.ts'
import type { Message } from '../message.ts'
import { shortened } from '../../shortened.ts'
import { isUnposted } from './waiting.ts'
import type { Waiting } from './waiting.ts'

/** The digest of a channel; one document a channel, kept for the next one. */
const Digest = z.object({
  /** When it opened (epoch ms); part of its cards' ids. */
  openedAt: z.number(),
  /** How many further messages stand in its thread. */
  pages: z.number(),
  /** Of all its cards. */
  revision: z.number(),
  /** The longest that a card in it has waited so far. */
  longestMs: z.number(),
  endedAt: z.exactOptional(z.number()),
})
export type Digest = z.infer<typeof Digest>

export const digests: Collection<Digest> = { name: 'digests', parse: (raw) => Digest.parse(raw) }

/** What a channel is told while many cards wait for it; worst first. */
export interface DigestView {
  readonly channel: ChannelId
  readonly state: 'open' | 'over'
  /** Epoch ms. */
  readonly openedAt: number
  /** Since when the oldest of them waits (epoch ms); undefined: none does any more. */
  readonly oldest: number | undefined
  readonly longestMs: number
  readonly waiting: number
  readonly counts: readonly { readonly kind: string; readonly count: number }[]
  /** The headlines that have room here. */
  readonly lines: readonly string[]
  /** Further messages in its thread that show the others. */
  readonly pages: number
}

export interface DigestPageView {
  readonly channel: ChannelId
  readonly state: 'open' | 'over'
  /** From 1; 0 for all that are over. */
  readonly page: number
  readonly lines: readonly string[]
}

/** Says it in words. */
export interface DigestCards {
  head(view: DigestView): Message
  page(view: DigestPageView): Message
}

export const headOf = (channel: string, openedAt: number): string => `digest/${channel}/${openedAt}`
/** Page 0 is the head. */
export const pageOf = (channel: string, openedAt: number, page: number): string =>
  page === 0 ? headOf(channel, openedAt) : `${headOf(channel, openedAt)}/${page}`

/** What a message of the digest has room for. */
export interface DigestRoom {
  readonly lines: number
  readonly characters: number
}
/** With title, counts and small print this stays within one message of Slack. */
export const headRoom: DigestRoom = { lines: 50, characters: 5_000 }
export const pageRoom: DigestRoom = { lines: 100, characters: 7_500 }

const longestLine = 160

/** A card that waits for its channel and may be folded, with the line that stands for it. */
export interface Folded {
  readonly id: string
  readonly line: string
  readonly kind: string
  readonly weight: number
  readonly at: number
}

/** Cards of each channel that may be folded, worst first. What the chat has refused to take is not in the way of others and not in here. */
export function foldable(cards: Iterable<Waiting>): ReadonlyMap<ChannelId, readonly Folded[]> {
  const found = new Map<ChannelId, Folded[]>()
  for (const card of cards) {
    const { fold, to, weight = 0, at } = card.wanted
    if (fold === undefined || !isUnposted(card) || card.sent?.value.state === 'absent') continue
    const one = {
      id: card.id,
      line: shortened(fold.headline.replace(/\s+/g, ' '), longestLine),
      kind: fold.kind,
      weight,
      at,
    }
    const others = found.get(to.channel)
    if (others === undefined) found.set(to.channel, [one])
    else others.push(one)
  }
  for (const those of found.values()) those.sort((one, other) => other.weight - one.weight || one.at - other.at)
  return found
}

/** As many from the beginning as have room. */
export function fitting(folded: readonly Folded[], room: DigestRoom): readonly Folded[] {
  let left = room.characters
  const end = folded.findIndex(({ line }, index) => {
    left -= line.length
    return index >= room.lines || left < 0
  })
  return end === -1 ? folded : folded.slice(0, end)
}

/** Counted by kind; kinds in the order in which the worst of them stands. */
export function countsOf(folded: readonly Folded[]): DigestView['counts'] {
  const counts = new Map<string, number>()
  for (const { kind } of folded) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => ({ kind, count }))
}
