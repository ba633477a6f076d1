import type { Message, Part } from '../chat/message.ts'
import type { Texts } from './texts/en.ts'

/** One thing that was looked at. `detail` is foreign text. */
export interface Finding {
  readonly what: 'chat' | 'store' | 'audit' | 'policy' | 'cluster' | 'config'
  /** Which one, where there are several. */
  readonly name?: string
  readonly state: 'good' | 'bad' | 'warning'
  readonly detail: string
}

/** What works and what does not, worst first, each with its own words. */
export function doctorCard(findings: readonly Finding[], { self: { doctor } }: Texts): Message {
  const rank = { bad: 0, warning: 1, good: 2 }
  const sign = { bad: '✗', warning: '⚠', good: '✓' }
  const sorted = [...findings].sort((a, b) => rank[a.state] - rank[b.state])
  const bad = findings.filter(({ state }) => state === 'bad').length
  const lines: Part = {
    kind: 'list',
    items: sorted.map(({ what, name, state, detail }) => [
      `${sign[state]} `,
      { bold: doctor.what[what] + (name === undefined ? '' : ` ${name}`) },
      detail === '' ? '' : `  ${detail}`,
    ]),
  }
  return {
    summary: doctor.summary(bad),
    tone: bad > 0 ? 'bad' : 'good',
    parts: [{ kind: 'title', text: doctor.summary(bad) }, lines],
  }
}
