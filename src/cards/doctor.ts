import type { Message, Part } from '../chat/message.ts'
import type { PolicyProblem } from '../policy/problems.ts'
import { sayOne } from './start-problem.ts'
import type { Texts } from './texts/en.ts'

/** What was found there; `as_is` is foreign text. */
export type Detail =
  | { readonly code: 'as_is'; readonly text: string }
  | { readonly code: 'no_socket' | 'takes_writes' | 'takes_records' }
  | { readonly code: 'last_frame'; readonly secondsAgo: number }
  | { readonly code: 'missing_scopes'; readonly scopes: readonly string[] }
  | { readonly code: 'unrecorded'; readonly failure: string }
  /** The file cannot be used, and the policy read before stays in force. */
  | { readonly code: 'older_policy'; readonly problems: readonly PolicyProblem[] }

/** One thing that was looked at. */
export interface Finding {
  readonly what: 'chat' | 'store' | 'audit' | 'policy' | 'cluster' | 'config'
  /** Which one, where there are several. */
  readonly name?: string
  readonly state: 'good' | 'bad' | 'warning'
  readonly detail: Detail
}

/** What works and what does not, worst first, each with its own words. */
export function doctorCard(findings: readonly Finding[], texts: Texts): Message {
  const { doctor } = texts.self
  const rank = { bad: 0, warning: 1, good: 2 }
  const sign = { bad: '✗', warning: '⚠', good: '✓' }
  const sorted = [...findings].sort((a, b) => rank[a.state] - rank[b.state])
  const bad = findings.filter(({ state }) => state === 'bad').length
  const lines: Part = {
    kind: 'list',
    items: sorted.map(({ what, name, state, detail }) => [
      `${sign[state]} `,
      { bold: doctor.what[what] + (name === undefined ? '' : ` ${name}`) },
      `  ${detailText(detail, texts)}`,
    ]),
  }
  return {
    summary: doctor.summary(bad),
    tone: bad > 0 ? 'bad' : 'good',
    parts: [{ kind: 'title', text: doctor.summary(bad) }, lines],
  }
}

function detailText(detail: Detail, texts: Texts): string {
  const { found } = texts.self.doctor
  switch (detail.code) {
    case 'as_is':
      return detail.text
    case 'no_socket':
    case 'takes_writes':
    case 'takes_records':
      return found[detail.code]
    case 'last_frame':
      return found.last_frame(detail.secondsAgo)
    case 'missing_scopes':
      return found.missing_scopes(detail.scopes)
    case 'unrecorded':
      return found.unrecorded(detail.failure)
    case 'older_policy': {
      const [first, ...others] = detail.problems
      return found.older_policy(first === undefined ? '' : sayOne(first, texts).sentence, others.length)
    }
  }
}
