import { RE2JS } from 're2js'
import type { Argument } from '../argument.ts'
import { plainArgument } from '../argument.ts'

const limit = 250

/** RE2 syntax, which no input can make slow; the value is the pattern, to be compiled with re2js and nothing else. */
export function regex(about: string): Argument<string> {
  return plainArgument<string>({
    kind: 'regex',
    label: 'REGEX',
    about,
    read(text) {
      if (text.length > limit) return { kind: 'regex', why: 'too-long', detail: '', limit }
      try {
        RE2JS.compile(text)
        return { value: text, canonical: text }
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error)
        return { kind: 'regex', why: 'syntax', detail: detail.replace(/^error parsing regexp: /, ''), limit }
      }
    },
  })
}
