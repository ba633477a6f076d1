import type { Part, Rich } from '../chat/message.ts'
import type { Operation, Progress } from '../operations/operation.ts'
import type { Texts } from './texts/en.ts'

/** Why pods wait, in the cluster's words, with the last lines of what crashed; logs stay inside where another company reads the card. */
export function reasonParts(
  progress: Progress,
  { place }: Pick<Operation, 'place'>,
  words: Texts['operation'],
): Part[] {
  const reasons = progress.reasons.slice(0, 3)
  if (reasons.length === 0) return []
  const items = reasons.map(({ pod, reason, message }): Rich => [
    { bold: reason },
    ...(pod === undefined ? [] : [' ', { code: pod }]),
    ...(message === '' ? [] : [` ${message}`]),
  ])
  const crashed = reasons.find(({ logs }) => logs && logs.length > 0)
  const lines = place.kind === 'shared' ? [] : (crashed?.logs ?? [])
  return [
    { kind: 'list', items },
    ...(lines.length === 0
      ? []
      : [
          { kind: 'text' as const, text: [words.lastLines(crashed?.container ?? crashed?.pod ?? '')] },
          { kind: 'code' as const, text: lines.join('\n') },
        ]),
  ]
}
