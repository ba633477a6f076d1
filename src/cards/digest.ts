import type { Message, Part, Rich } from '../chat/message.ts'
import type { DigestCards } from '../chat/outbox/digest.ts'
import { ageOf } from './age.ts'
import type { TextsChoice } from './texts/choose.ts'

/** What one list part shows whole. */
const listCharacters = 2_500

/** What waits for a crowded channel, counted, worst first. */
export const digestCards = (texts: TextsChoice): DigestCards => ({
  head: (view) => {
    const { digest, shared } = texts.at(view)
    if (view.state === 'over') {
      const after = digest.overAfter(ageOf(0, view.longestMs))
      return quiet(digest.over, [{ kind: 'note', text: [after] }])
    }
    const title = digest.title(view.waiting)
    const counts = view.counts.map(({ kind, count }) => `${count} ${kind}`).join(shared.comma)
    const elsewhere = view.waiting - view.lines.length
    const since: Rich = view.oldest === undefined ? [] : [digest.oldest, { moment: view.oldest }]
    return {
      summary: `${title}${shared.colon}${counts}`,
      tone: 'waiting',
      parts: [
        { kind: 'title', text: title, aside: counts },
        ...lists(view.lines),
        ...(elsewhere > 0 ? [{ kind: 'text' as const, text: [digest.inThread(elsewhere)] }] : []),
        { kind: 'note', text: since },
        { kind: 'note', text: [digest.why] },
      ],
    }
  },
  page: (view) => {
    const { digest } = texts.at(view)
    if (view.state === 'over') return quiet(digest.pageOver, [])
    const title = digest.page(view.page)
    return { summary: title, tone: 'waiting', parts: [{ kind: 'title', text: title }, ...lists(view.lines)] }
  },
})

const quiet = (text: string, more: readonly Part[]): Message => ({
  summary: text,
  tone: 'good',
  parts: [{ kind: 'text', text: [text] }, ...more],
})

/** As many lists as it takes for each to be shown to its end. */
function lists(lines: readonly string[]): Part[] {
  const parts: string[][] = [[]]
  let left = listCharacters
  for (const line of lines) {
    left -= line.length
    if (left < 0) {
      parts.push([])
      left = listCharacters - line.length
    }
    parts.at(-1)?.push(line)
  }
  return parts.map((items) => ({ kind: 'list', items: items.map((line) => [line]) }))
}
