import type { ShownLine } from './line.ts'
import { isError, levelOf } from './level.ts'
import type { Level } from './level.ts'

/** What was said at once: a line, with the lines of its stack trace. */
export interface Entry extends ShownLine {
  readonly more: readonly string[]
  readonly level: Level | undefined
  /** Shown only because it stands near a match. */
  readonly aside?: true
  /** It came when newer ones were out already, and stands out of order. */
  readonly late?: true
}

/** Puts the lines of one container together into entries. */
export interface Assembler {
  add(line: ShownLine): void
  /** The entry that is being put together is over: nothing came for a while. */
  flush(): void
}

/** A trace longer than this goes on as an entry of its own. */
const mostLines = 200
const mostCharacters = 32_768
/** Lines of one trace are written at once: so long after the first one, at most. */
const togetherMs = 1_000

const indented = /^(?:\s+\S|\s*\^+\s*$)/
const chained = /^(?:Caused by: |Suppressed: |\.\.\. \d+ (?:more|common frames))/
const closing = /^[}\])]+[,;]?$/

const javaThrown = /^(?:[\w$]{1,60}\.){1,12}[\w$]{1,80}(?:Exception|Error|Throwable|Failure)\b/

const pythonTrace = /(?:^|[\s:])Traceback \(most recent call last\):/
const pythonBetween =
  /^(?:During handling of the above exception|The above exception was the direct cause|Traceback \(most recent call last\):)/
const pythonEnd = /^[A-Za-z_][\w.]*(?::|$)/

const goTrace = /^(?:panic: |fatal error: |goroutine \d+ \[)/
const goLine =
  /^(?:\t|panic: |\[signal |goroutine \d+ |created by |runtime stack:|exit status \d|[\w./*()[\]{}·-]+\(.*\)$)/

type Speech = 'plain' | 'python' | 'python-over' | 'go'

/** Stack traces of Java, Python, Go and Node stay with the line that they belong to. */
export function createAssembler(onEntry: (entry: Entry) => void): Assembler {
  let first: ShownLine | undefined
  let more: string[] = []
  let size = 0
  let speech: Speech = 'plain'

  const give = (): void => {
    if (first === undefined) return
    const said = levelOf(first.text)
    const entry: Entry = { ...first, more, level: speech === 'plain' || isError(said) ? said : 'error' }
    first = undefined
    more = []
    onEntry(entry)
  }

  /** Whether the line goes on with what was said; moves `speech` along. */
  const goesOn = (text: string): boolean => {
    if (indented.test(text)) return true
    switch (speech) {
      case 'python':
        if (text === '' || pythonBetween.test(text)) return true
        if (!pythonEnd.test(text)) return false
        speech = 'python-over'
        return true
      case 'python-over':
        if (text === '') return true
        if (!pythonBetween.test(text)) return false
        speech = 'python'
        return true
      case 'go':
        return text === '' || goLine.test(text)
      case 'plain':
        if (more.length > 0 && closing.test(text)) return true
        if (chained.test(text)) return true
        // Loggers write their message first and what was thrown below it.
        if (first === undefined || more.length > 0 || !isError(levelOf(first.text))) return false
        if (text.startsWith('Traceback (most recent call last):')) speech = 'python'
        return speech === 'python' || javaThrown.test(text)
    }
  }

  return {
    add: (line) => {
      const { text } = line
      if (first !== undefined && more.length < mostLines && size < mostCharacters) {
        if (isTogether(first.stamp, line.stamp) && goesOn(text)) {
          more.push(text)
          size += text.length
          return
        }
      }
      give()
      first = line
      size = text.length
      speech = goTrace.test(text) ? 'go' : pythonTrace.test(text) ? 'python' : 'plain'
    },
    flush: give,
  }
}

function isTogether(a: string, b: string): boolean {
  return a.slice(0, 19) === b.slice(0, 19) || Date.parse(b) - Date.parse(a) <= togetherMs
}

export const linesOf = ({ more }: Entry): number => 1 + more.length

/** Line by line, each with the stamp of the first. */
export const singleLines = ({ pod, container, stamp, text, more }: Entry): readonly ShownLine[] =>
  [text, ...more].map((line) => ({ pod, container, stamp, text: line }))

/** Characters of its text. */
export const sizeOf = ({ text, more }: Entry): number => more.reduce((sum, line) => sum + line.length, text.length)

/** All of it, as one text. */
export const wholeText = ({ text, more }: Entry): string => (more.length === 0 ? text : [text, ...more].join('\n'))
