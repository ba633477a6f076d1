import { RE2JS } from 're2js'
import type { Labels } from './labels.ts'

/** One condition of a selector. A label that is not there is an empty text. */
export interface Matcher {
  readonly label: string
  readonly is: '=' | '!=' | '=~' | '!~'
  readonly value: string
  holds(value: string): boolean
}

/** Patterns are anchored at both ends. Throws where the pattern is none. */
export function createMatcher({ label, is, value }: Omit<Matcher, 'holds'>): Matcher {
  return { label, is, value, holds: test(is, value) }
}

function test(is: Matcher['is'], value: string): Matcher['holds'] {
  if (is === '=') return (found) => found === value
  if (is === '!=') return (found) => found !== value
  // As Prometheus compiles them: `^(?s:…)$`.
  const pattern = RE2JS.compile(value, RE2JS.DOTALL)
  return is === '=~' ? (found) => pattern.matches(found) : (found) => !pattern.matches(found)
}

export const matches = (labels: Labels, matchers: readonly Matcher[]): boolean =>
  matchers.every(({ label, holds }) => holds(labels.get(label) ?? ''))
