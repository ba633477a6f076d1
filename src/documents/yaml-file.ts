import type { FileProblem } from './file-problems.ts'
import type { YamlPlaces } from './yaml-places.ts'
import type { Document } from 'yaml'
import { LineCounter, parseDocument, visit } from 'yaml'
import { describeIssues } from './yaml-issues.ts'
import { findStructureProblems } from './yaml-structure.ts'
import { createPlaces } from './yaml-places.ts'
import type { z } from 'zod'

export type YamlRead<Value> =
  | { readonly ok: true; readonly value: Value; readonly places: YamlPlaces }
  | { readonly ok: false; readonly problems: readonly FileProblem[] }

/** Problems beyond this many are not listed: the first ones are what somebody mends. */
const problemLimit = 20

/** Text of a file → its value in the shape of `schema`, with the place of each part; or everything that is wrong. */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  how: { readonly file: string; readonly schema: Schema },
): YamlRead<z.output<Schema>> {
  const { file, schema } = how
  const lines = new LineCounter()
  const parsed = parse(text, lines)
  if (typeof parsed === 'string') {
    return refuse([{ code: 'file_syntax', file, line: 1, column: 1, detail: parsed, found: '' }])
  }
  const places = createPlaces({ document: parsed, lines, file, text })

  // One slip is often told several times, once for each bracket that it leaves open.
  const faults = [...parsed.errors, ...parsed.warnings].filter(
    ({ pos }, index, all) => all.findIndex((other) => other.pos[0] === pos[0]) === index,
  )
  if (faults.length > 0) {
    return refuse(
      faults.map(({ code, message, pos }) => {
        const place = places.at(pos[0])
        if (isExhaustion(message)) return { code: 'file_syntax', ...place, detail: tooDeep, found: '' }
        const found = places.lineText(place.line)
        if (code === 'MULTIPLE_DOCS') return { code: 'file_second_document', ...place }
        return code === 'TAB_AS_INDENT'
          ? { code: 'file_tab', ...place, found }
          : { code: 'file_syntax', ...place, detail: message, found }
      }),
    )
  }
  if (parsed.contents === null) return refuse([{ code: 'file_empty', file }])

  const structure = findStructureProblems(parsed.contents, places)
  if (structure.length > 0) return refuse(structure)

  const value = toValue(parsed)
  if (!value.ok) {
    const place = places.at(value.bomb ? firstAlias(parsed) : 0)
    return refuse([{ code: value.bomb ? 'file_alias_bomb' : 'file_syntax', ...place, detail: value.detail, found: '' }])
  }
  const read = schema.safeParse(value.value)
  return read.success ? { ok: true, value: read.data, places } : refuse(describeIssues(read.error.issues, places))
}

function refuse(problems: readonly FileProblem[]): { readonly ok: false; readonly problems: readonly FileProblem[] } {
  return { ok: false, problems: problems.slice(0, problemLimit) }
}

function parse(text: string, lineCounter: LineCounter) {
  try {
    // Its own check for duplicate keys compares each key with every other one: seconds for a large map.
    return parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false })
  } catch (error) {
    // Thousands of nested brackets exhaust the parser's stack.
    return isExhaustion(String(error)) ? tooDeep : String(error)
  }
}

const tooDeep = 'nested far too deeply'
const isExhaustion = (message: string): boolean => message.includes('call stack')

/** Where aliases that multiply begin. */
function firstAlias(document: Document.Parsed): number {
  let offset = 0
  visit(document, {
    Alias: (_, { range }) => {
      offset = range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return offset
}

function toValue(document: { toJS(options: { maxAliasCount: number }): unknown }) {
  try {
    return { ok: true as const, value: document.toJS({ maxAliasCount: 100 }) }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { ok: false as const, bomb: detail.startsWith('Excessive alias count'), detail }
  }
}
