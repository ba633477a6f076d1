import { RE2JS } from 're2js'
import type { Argument } from '../argument.ts'
import { plainArgument } from '../argument.ts'
import type { Fault } from '../problems.ts'

const lengthLimit = 250
/** Atoms after `{n}` is written out, of which RE2 itself allows 250,000. So many can take 0.1 s for a line of 8 KiB. */
const sizeLimit = 1000

/** RE2 syntax, which no input can make slow; the value is the pattern, to be compiled with re2js and nothing else. */
export function regex(about: string): Argument<string> {
  return plainArgument<string>({
    kind: 'regex',
    label: 'REGEX',
    about,
    read(text) {
      if (text === '') return wrong('empty')
      if (text.length > lengthLimit) return wrong('too-long')
      if (sizeOf(text) > sizeLimit) return wrong('too-large', 'expression too large')
      try {
        RE2JS.compile(text)
        return { value: text, canonical: text }
      } catch (error) {
        return wrong('syntax', error instanceof Error ? error.message : String(error))
      }
    },
  })
}

const atoms = /\\[pP]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(\d+)(?:,(\d*))?\}|[^]/g

/** How many atoms a pattern comes to. Not exact: a bound on work, not a parser. */
function sizeOf(pattern: string): number {
  const outer: number[] = []
  let total = 0
  let last = 0
  for (const [atom, from, to] of pattern.matchAll(atoms)) {
    if (from !== undefined) {
      total += last * (Math.max(1, Number(from), Number(to ?? 0)) - 1)
    } else if (atom === '(') {
      outer.push(total)
      total = 0
      last = 0
    } else {
      last = atom === ')' ? total + 1 : 1
      total = atom === ')' ? (outer.pop() ?? 0) + last : total + 1
    }
  }
  return outer.reduce((sum, size) => sum + size, total)
}

function wrong(why: Extract<Fault, { kind: 'regex' }>['why'], message = ''): Fault {
  return { kind: 'regex', why, detail: message.replace(/^error parsing regexp: /, ''), limit: lengthLimit }
}
