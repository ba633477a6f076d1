import { linesOf } from '../logs/entry.ts'
import type { Entry } from '../logs/entry.ts'
import type { Row } from '../logs/window.ts'
import type { Texts } from './texts/en.ts'

/** Characters of one line in a chat, and lines of one trace; the file has all. */
const lineLength = 400
const traceLines = 6

/** Where an entry comes from, as short as tells it apart from the others. */
function originOf(entries: readonly Entry[]): (entry: Entry) => string {
  const pods = new Set(entries.map(({ pod }) => pod))
  const containers = new Set(entries.map(({ container }) => container))
  return ({ pod, container }) =>
    [...(pods.size > 1 ? [pod.slice(-5)] : []), ...(containers.size > 1 ? [container] : [])].join('/')
}

const short = (text: string): string => (text.length > lineLength ? `${text.slice(0, lineLength)}…` : text)

const timeOf = ({ stamp }: Entry): string => stamp.slice(11, 23)

/** `^` belongs further up, `·` stands near a match. */
const marksOf = ({ late, aside }: Entry): string => `${late ? '^' : ''}${aside ? '·' : ''}`

/** Entries as they are read once: time of day, origin where there are several, and traces as they are. */
export function entriesText(entries: readonly Entry[]): string {
  const origin = originOf(entries)
  const head = (entry: Entry): string =>
    [timeOf(entry), origin(entry), marksOf(entry)].filter((part) => part !== '').join(' ')
  return entries.map((entry) => [`${head(entry)} ${entry.text}`, ...entry.more].join('\n')).join('\n')
}

/** The newest rows that fit into so many characters. */
export function rowsText(
  rows: readonly Row[],
  { most, logs }: { readonly most: number; readonly logs: Texts['logs'] },
): string {
  const origin = originOf(rows.map(({ last }) => last))
  const kept: string[] = []
  let room = most
  for (const row of [...rows].reverse()) {
    const text = rowText(row, { origin, logs })
    room -= text.length + 1
    if (room < 0 && kept.length > 0) break
    kept.unshift(text.slice(0, most))
  }
  return kept.join('\n')
}

function rowText(
  { last, count, sources }: Row,
  { origin, logs }: { readonly origin: (entry: Entry) => string; readonly logs: Texts['logs'] },
): string {
  const from = sources > 1 ? logs.fromContainers(sources) : origin(last)
  const start = [timeOf(last), from, marksOf(last)].filter((part) => part !== '').join(' ')
  const times = count > 1 ? `  × ${count}` : ''
  const trace = last.more.slice(0, traceLines).map(short)
  const rest = linesOf(last) - 1 - trace.length
  return [`${start} ${short(last.text)}${times}`, ...trace, ...(rest > 0 ? [logs.moreLines(rest)] : [])].join('\n')
}
