import { join } from 'node:path'
import { verifyChain } from '../../src/audit/verify.ts'
import { operationCard } from '../../src/cards/operation.ts'
import { en } from '../../src/cards/texts/en.ts'
import { cardsSent, cardsWanted } from '../../src/chat/outbox/card.ts'
import type { Sent } from '../../src/chat/outbox/card.ts'
import { systemClock } from '../../src/time/clock.ts'
import { openFoundation } from '../../src/assembly/foundation.ts'
import { cardOf, operations } from '../../src/operations/operation.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { isEnd } from '../../src/operations/states.ts'
import type { Workplace } from './workplace.ts'

const quiet = (): void => {}
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

/** DESIGN section 4, promises 4, 5 and 8, on what a stopped bot has left behind. Nothing may have it open. */
export async function reckon(place: Workplace): Promise<{
  readonly broken: readonly string[]
  readonly operations: number
  /** In which states the operations ended. */
  readonly ends: Readonly<Record<string, number>>
}> {
  const { slack, environment, taken, folder, writes, told } = place
  const foundation = await openFoundation(
    { dataFolder: join(folder, 'data'), databaseUrl: environment['DATABASE_URL'] },
    { clock: systemClock, log, report: quiet },
  )
  try {
    const broken: string[] = []
    const ends: Record<string, number> = {}
    const found = (await foundation.store.list(operations, { limit: 100_000 })).map(({ value }) => value)
    for (const tag of taken) {
      const own = found.filter(({ order }) => order.action === 'deploy' && order.image === tag)
      if (own.length !== 1) {
        broken.push(
          `${tag} was acknowledged and made ${own.length} operations; last told: ${told().slice(-3).join(' | ')}`,
        )
      }
    }
    for (const operation of found) {
      const { id, state } = operation
      ends[state] = (ends[state] ?? 0) + 1
      const say = (what: string): void => void broken.push(`${id} (${state}): ${what}`)
      const sent = (await foundation.store.get(cardsSent, cardOf(id)))?.value
      if (!isEnd(state)) say(`stuck: ${storyOf(operation, sent, place)}`)
      const written = writes().filter((one) => one === id).length
      const changed = 'patchedAt' in operation && operation.patchedAt !== undefined
      if (written !== (changed ? 1 : 0)) say(`patched ${written} times`)
      if (changed && operation.approval?.votes.length === 0) say('patched without a vote')
      if (sent?.state !== 'shown') {
        say(`its card is ${sent?.state}`)
        continue
      }
      const messages = slack.driver.messagesIn(sent.channel).filter(({ text }) => text.includes(`(${id})`))
      if (messages.length !== 1) say(`${messages.length} cards`)
      const summary = operationCard(operation, en).summary
      if (!messages[0]?.text.endsWith(summary)) say(`its card says "${messages[0]?.text}" instead of "${summary}"`)
    }
    const left = await foundation.store.list(cardsWanted, { limit: 10 })
    if (left.length > 0) broken.push(`never shown: ${left.map(({ id }) => id).join(' ')}`)
    const chain = await verifyChain(foundation.audit.read())
    if (!chain.ok) broken.push(`chain: ${JSON.stringify(chain)}`)
    return { broken, operations: found.length, ends }
  } finally {
    await foundation.close()
  }
}

/** What is known of one that did not end: its votes and deadline, where its card stands, what that says, and what was pressed on it. */
function storyOf(
  { approval, ...operation }: Operation,
  sent: Sent | undefined,
  { slack, pressesOn }: Workplace,
): string {
  const votes = approval?.votes.map(({ by, verdict }) => `${by} ${verdict}`)
  const deadline = 'deadline' in operation ? new Date(operation.deadline).toISOString() : undefined
  if (sent?.state !== 'shown') return JSON.stringify({ votes, deadline, sent })
  const { channel, ts, revision } = sent
  const says = slack.driver.messagesIn(channel).find((message) => message.ts === ts)?.text
  return JSON.stringify({ votes, deadline, channel, ts, revision, says, pressed: pressesOn({ channel, ts }) })
}
