import type { Message, Part, Rich } from '../chat/message.ts'
import { typedTarget } from '../clusters/names.ts'
import type { Operation } from '../operations/operation.ts'
import type { History, HistoryEntry } from '../reads/history.ts'
import { ageOf } from './age.ts'
import { effectLines } from './effect.ts'
import { stateText, titleText } from './operation.ts'
import type { Texts } from './texts/en.ts'

const shown = 10

/** Revisions, newest first, each with who brought it where this bot knows; each older one can be gone back to. */
export function historyCard(
  { history, now }: { readonly history: History; readonly now: number },
  texts: Texts,
): Message {
  const { workload, entries, others } = history
  const { reads } = texts
  const title = reads.history(`${workload.namespace}/${workload.name}`, workload.cluster)
  const parts: Part[] = [
    { kind: 'title', text: title },
    entries.length === 0
      ? { kind: 'text', text: [reads.noHistory] }
      : { kind: 'list', items: entries.slice(0, shown).map((entry) => entryLine(entry, now, texts)) },
  ]
  if (others.length > 0) {
    parts.push(
      { kind: 'text', text: [{ bold: reads.otherChanges }] },
      { kind: 'list', items: others.slice(0, shown).map((operation) => operationLine(operation, now, texts)) },
    )
  }
  const target = typedTarget(workload)
  const back = entries.filter(({ revision }) => !revision.current).slice(0, 4)
  if (back.length > 0) {
    parts.push({
      kind: 'buttons',
      buttons: back.map(({ revision }) => ({
        action: 'order.retype',
        value: `rollback ${target} --to-revision ${revision.number}`,
        label: reads.backTo(revision.number),
      })),
    })
  }
  return { summary: title, tone: 'neutral', parts }
}

function entryLine({ revision, operation }: HistoryEntry, now: number, { reads, operation: words }: Texts): Rich {
  return [
    { bold: `#${revision.number}` },
    '  ',
    ...revision.images.slice(0, 3).flatMap((image): Rich => [{ code: image }, ' ']),
    ` ${reads.age(ageOf(revision.createdAt, now))}`,
    ...(revision.current ? [' · ', { bold: reads.current }] : []),
    ...(operation ? [' · ', { code: operation.id }, ` ${words.askedBy} `, { person: operation.requester.user }] : []),
    ...(operation === undefined && revision.changeCause !== '' ? [` · ${revision.changeCause}`] : []),
  ]
}

const operationLine = (operation: Operation, now: number, texts: Texts): Rich => [
  { code: operation.id },
  ` ${titleText(operation, texts)}  `,
  ...(effectLines(operation.plan.effect, texts.operation)[0] ?? []),
  `  ${stateText(operation, texts)}${texts.shared.comma}${ageOf(operation.createdAt, now)} · ${texts.operation.askedBy} `,
  { person: operation.requester.user },
]
