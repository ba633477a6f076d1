import { expect, test } from 'vitest'
import { digestCards } from '../../src/cards/digest.ts'
import { chooseTexts } from '../../src/cards/texts/choose.ts'
import { ChannelId } from '../../src/chat/identity.ts'
import { headRoom, pageRoom } from '../../src/chat/outbox/digest.ts'
import type { DigestRoom, DigestView } from '../../src/chat/outbox/digest.ts'
import { render } from '../../src/chat/slack/rendering.ts'
import { readable } from '../support/readable.ts'

const channel = ChannelId.parse('C0ALERTS')
const at = Date.UTC(2026, 0, 1)
const some: DigestView = {
  channel,
  state: 'open',
  openedAt: at,
  oldest: at - 5_000,
  longestMs: 5_000,
  waiting: 103,
  counts: [
    { kind: 'critical', count: 1 },
    { kind: 'warning', count: 102 },
  ],
  lines: ['KubePodCrashLooping · prod:shop/web · 3 firing', 'CPUThrottlingHigh · test · 1 firing'],
  pages: 1,
}

test.each(['en', 'zh'] as const)('the digest of a crowded channel, open and over, in %s', async (language) => {
  const cards = digestCards(chooseTexts({ language, channels: new Map() }))
  const said = [
    cards.head(some),
    cards.page({ channel, state: 'open', page: 1, lines: some.lines }),
    cards.head({ ...some, state: 'over', oldest: undefined, longestMs: 754_000, waiting: 0, lines: [] }),
    cards.page({ channel, state: 'over', page: 1, lines: [] }),
  ]
  await expect(said.map(readable).join('\n\n')).toMatchFileSnapshot(`goldens/digest-${language}.txt`)
})

test('what the digest has room for is shown whole by Slack', () => {
  const cards = digestCards(chooseTexts({ language: 'en', channels: new Map() }))
  const longest = 160
  const lines = ({ characters }: DigestRoom) =>
    Array.from({ length: Math.floor(characters / longest) }, (_, index) => `${index}`.padEnd(longest, '*'))
  const short = ({ lines: count }: DigestRoom) => Array.from({ length: count }, (_, index) => `line ${index};`)
  const sent = (lines: readonly string[], room: DigestRoom) =>
    JSON.stringify(
      render(
        room === headRoom ? cards.head({ ...some, lines }) : cards.page({ channel, state: 'open', page: 9, lines }),
      ).blocks,
    )
  for (const room of [headRoom, pageRoom])
    for (const those of [lines(room), short(room)]) for (const line of those) expect(sent(those, room)).toContain(line)
})
