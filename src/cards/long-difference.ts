import { showCard } from '../chat/outbox/card.ts'
import { cardOf } from '../operations/operation.ts'
import type { Operation } from '../operations/operation.ts'
import type { Plan } from '../plans/plan.ts'
import type { Change } from '../store/store.ts'
import { differenceText } from './effect.ts'
import type { Texts } from './texts/en.ts'

/** What the card itself surely has room for, whatever else stands on it. */
const longest = 1_500
const pageLength = 2_800

/** Too long for the card: it stands complete in the thread before anybody can say yes to it. */
export const isLong = (plan: Plan): boolean => differenceText(plan).length > longest

/** What the card shows of it: all, or the beginning and in how many messages the whole follows. */
export function shownDifference(plan: Plan): string {
  const text = differenceText(plan)
  return isLong(plan) ? `${text.slice(0, longest)}\n… ⤵ (${pagesOf(plan).length})` : text
}

/** The cards in the thread that have to stand there before the operation waits for anybody. */
export const differenceCards = ({ id, gate, plan }: Pick<Operation, 'id' | 'gate' | 'plan'>): readonly string[] =>
  gate === 'none' ? [] : pagesOf(plan).map((_, index) => `${cardOf(id)}/difference/${index + 1}`)

/** Posted once, with the card. */
export function differencePosts(operation: Operation, { operation: words }: Texts): readonly Change[] {
  if (operation.state !== 'planned') return []
  const { id, plan, place, board, createdAt } = operation
  const { name, cluster } = plan.workload
  const title = `${words.title(operation.order.action, name, cluster)} · ${id}`
  const pages = pagesOf(plan)
  return differenceCards(operation).flatMap((card, index) =>
    showCard({
      id: card,
      to: { channel: (board ?? place).channel, under: cardOf(id) },
      message: {
        summary: `${title} (${index + 1}/${pages.length})`,
        tone: 'neutral',
        parts: [{ kind: 'code', text: pages[index] ?? '' }],
      },
      lane: 'answer',
      stage: 'final',
      revision: 1,
      at: createdAt,
      forgetAt: createdAt + 3_600_000,
    }),
  )
}

/** Whole lines, as many as fit; a line longer than a page goes on in the next. None where the card has room. */
function pagesOf(plan: Plan): readonly string[] {
  if (!isLong(plan)) return []
  const pages: string[] = []
  let page = ''
  for (const line of differenceText(plan).split('\n').flatMap(pieces)) {
    if (page !== '' && page.length + line.length >= pageLength) {
      pages.push(page)
      page = ''
    }
    page += page === '' ? line : `\n${line}`
  }
  return page === '' ? pages : [...pages, page]
}

const pieces = (line: string): readonly string[] => line.match(/.{1,2700}/gsu) ?? ['']
