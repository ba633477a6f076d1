import type { Card } from '../../../src/chat/outbox/card.ts'
import { ChannelId } from '../../../src/chat/identity.ts'

export const ops = ChannelId.parse('C0OPS')
export const shop = ChannelId.parse('C0SHOP')

/** A card that says `text`; everything else has a default. */
export function aCard(id: string, card: Partial<Omit<Card, 'message'>> & { readonly text?: string } = {}): Card {
  const { text, ...rest } = card
  return {
    id,
    to: { channel: ops },
    message: { summary: text ?? `${id} says hello`, tone: 'neutral', parts: [] },
    lane: 'outcome',
    stage: 'final',
    revision: 1,
    at: 0,
    ...rest,
  }
}
