import { RE2JS } from 're2js'
import { isAtLeast } from './level.ts'
import type { Level } from './level.ts'
import { sourceOf } from './line.ts'
import { wholeText } from './entry.ts'
import type { Entry } from './entry.ts'

/** What somebody wants to see. Patterns are RE2, checked; they see what people see: colours gone, secrets masked. */
export interface FilterWish {
  readonly grep?: string | undefined
  readonly exclude?: string | undefined
  /** This and worse; lines that do not say how bad they are are left out. */
  readonly level?: Level | undefined
  /** Entries of the same container shown before and after each match. */
  readonly context?: number | undefined
}

export interface Filter {
  /** What is to be shown now that this entry has come: nothing, itself, or itself behind its context. */
  pass(entry: Entry): readonly Entry[]
}

/** Containers whose last entries are remembered for context. */
const mostSources = 500

const nothing: readonly Entry[] = []

export function createFilter({ grep, exclude, level, context = 0 }: FilterWish): Filter {
  const wanted = grep === undefined ? undefined : matcherOf(grep)
  const unwanted = exclude === undefined ? undefined : matcherOf(exclude)
  const matches = (entry: Entry): boolean => {
    if (level !== undefined && !isAtLeast(entry.level, level)) return false
    if (!wanted && !unwanted) return true
    const text = wholeText(entry)
    return (!wanted || wanted(text)) && !unwanted?.(text)
  }
  if (context === 0) return { pass: (entry) => (matches(entry) ? [entry] : nothing) }

  const around = new Map<string, { before: Entry[]; after: number }>()
  return {
    pass: (entry) => {
      const source = sourceOf(entry)
      const known = around.get(source) ?? { before: [], after: 0 }
      around.delete(source)
      around.set(source, known)
      const [oldest] = around.keys()
      if (around.size > mostSources && oldest !== undefined) around.delete(oldest)
      if (matches(entry)) {
        const shown = [...known.before.map(asAside), entry]
        known.before = []
        known.after = context
        return shown
      }
      if (known.after > 0) {
        known.after -= 1
        return [asAside(entry)]
      }
      known.before.push(entry)
      if (known.before.length > context) known.before.shift()
      return nothing
    },
  }
}

export const isFiltered = ({ grep, exclude, level }: FilterWish): boolean =>
  grep !== undefined || exclude !== undefined || level !== undefined

const asAside = (entry: Entry): Entry => ({ ...entry, aside: true })

/** A plain word needs no expression; all else runs in time that grows with the text only. */
function matcherOf(pattern: string): (text: string) => boolean {
  if (/^[\w \-:=/,@"'<>#%&~!;]+$/.test(pattern)) return (text) => text.includes(pattern)
  const compiled = RE2JS.compile(pattern)
  return (text) => compiled.matcher(text).find()
}
