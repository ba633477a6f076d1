import type { Message, Rich } from '../chat/message.ts'
import type { Operation } from '../operations/operation.ts'
import { effectLines } from './effect.ts'
import type { Texts } from './texts/en.ts'

const shown = 15

/** What waits for an approval, the one that expires first on top; each opens with its plan. */
export function approvalsCard(waiting: readonly Operation[], { operation: words, shared }: Texts): Message {
  const until = (operation: Operation): number =>
    'deadline' in operation ? operation.deadline : Number.MAX_SAFE_INTEGER
  const sorted = [...waiting].sort((a, b) => until(a) - until(b)).slice(0, shown)
  const title = shared.approvals(waiting.length)
  const items = sorted.map((operation): Rich => {
    const { id, order, plan, requester } = operation
    return [
      { code: id },
      ` ${words.title(order.action, plan.workload.name, plan.workload.cluster)}  `,
      ...(effectLines(plan.effect, words)[0] ?? []),
      `  ${words.askedBy} `,
      { person: requester.user },
      ...('deadline' in operation ? [` · ${words.approval.until}`, { moment: operation.deadline }] : []),
    ]
  })
  return {
    summary: title,
    tone: 'neutral',
    parts: [
      { kind: 'title', text: title },
      ...(items.length > 0 ? [{ kind: 'list' as const, items }] : []),
      ...(items.length > 0
        ? [
            {
              kind: 'buttons' as const,
              buttons: sorted
                .slice(0, 5)
                .map(({ id }) => ({ action: 'order.retype', value: `approve ${id}`, label: id })),
            },
          ]
        : []),
    ],
  }
}
