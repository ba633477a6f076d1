import type { AuditHead } from '../audit/audit.ts'
import { headText } from '../audit/chain.ts'
import type { AuditRecord, Recent } from '../audit/record.ts'
import { weightOf, worstFirst } from '../audit/weight.ts'
import type { Message, Part, Rich, Tone } from '../chat/message.ts'
import { recordLine, recordText } from './audit-sentence.ts'
import type { Texts } from './texts/en.ts'

/** A chat cuts long lists: a few lines stand in each. */
const perList = 8

/** What `/ops audit` found, newest first. */
export function auditCard({ records, complete }: Recent, texts: Texts): Message {
  const { audit } = texts
  return {
    summary: `${audit.title}${texts.shared.colon}${audit.records(records.length)}`,
    tone: 'neutral',
    parts: [
      { kind: 'title', text: audit.title, aside: audit.records(records.length) },
      ...(records.length === 0 ? [{ kind: 'text' as const, text: [audit.none] }] : lists(records, texts)),
      ...(complete ? [] : [{ kind: 'note' as const, text: [audit.partly] }]),
    ],
  }
}

/** Records that are told together. */
export interface AuditNews {
  readonly records: readonly AuditRecord[]
  readonly head: AuditHead | undefined
}

/** More lines than this do not fit into one message. */
const mostLines = 24

/** What an audit channel is told: worst first where there are several; each record stands in one such message, in words or in the count. */
export function auditNewsCard({ records, head }: AuditNews, texts: Texts): Message {
  const { audit } = texts
  const sorted = worstFirst(records)
  const [first] = sorted
  if (!first) return { summary: audit.title, tone: 'neutral', parts: headParts(head, texts) }
  const rest = sorted.slice(mostLines)
  const tone = toneOf(first)
  if (records.length === 1) {
    const parts: Part[] = [{ kind: 'text', text: recordLine(first, texts) }, ...headParts(head, texts)]
    return { summary: recordText(first, texts), tone, parts }
  }
  const all = records.map(({ seq }) => seq)
  return {
    summary: `${audit.records(records.length)}${texts.shared.colon}${recordText(first, texts)}`,
    tone,
    parts: [
      {
        kind: 'title',
        text: audit.records(records.length),
        aside: audit.seqs(Math.min(...all), Math.max(...all)),
      },
      ...lists(sorted.slice(0, mostLines), texts),
      ...(rest.length > 0 ? [{ kind: 'text' as const, text: [audit.more(rest.length, kinds(rest))] }] : []),
      ...headParts(head, texts),
    ],
  }
}

function toneOf(worst: AuditRecord): Tone {
  const weight = weightOf(worst)
  return weight === 'alarm' ? 'bad' : weight === 'notice' ? 'warning' : 'neutral'
}

function headParts(head: AuditHead | undefined, { audit }: Texts): Part[] {
  if (!head) return []
  return [
    { kind: 'note', text: [audit.head(head.count)] },
    { kind: 'text', text: [{ code: audit.verify(headText(head)) }] },
  ]
}

function kinds(records: readonly AuditRecord[]): readonly (readonly [string, number])[] {
  const found = new Map<string, number>()
  for (const { what } of records) found.set(what, (found.get(what) ?? 0) + 1)
  return [...found].sort(([, a], [, b]) => b - a)
}

function lists(records: readonly AuditRecord[], texts: Texts): Part[] {
  const lines = records.map((record) => recordLine(record, texts))
  return Array.from({ length: Math.ceil(lines.length / perList) }, (_, index) => {
    const items: readonly Rich[] = lines.slice(index * perList, (index + 1) * perList)
    return { kind: 'list', items }
  })
}
