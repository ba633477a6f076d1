import { listProblems, sayOne } from '../cards/start-problem.ts'
import type { Texts } from '../cards/texts/en.ts'
import type { Check } from './checks/check.ts'

const signs = { good: '✓', warning: '⚠', bad: '✗' }

/** One line for what was found, and under it what to do. */
export function checkLines(check: Check, texts: Texts): readonly string[] {
  const { part, name, state } = check
  const [first = '', ...more] = wordsOf(check, texts)
  const title = [texts.terminal.doctor.parts[part], ...(name === undefined ? [] : [name])].join(' ')
  return [
    `${signs[state]} ${title}: ${first}`,
    ...more
      .flatMap((text) => text.split('\n'))
      .filter((line) => line.trim() !== '')
      .map((line) => `    ${line}`),
  ]
}

function wordsOf({ fact }: Check, texts: Texts): readonly string[] {
  const { doctor } = texts.terminal
  switch (fact.code) {
    case 'config_bad': {
      const absent = fact.problems.some(({ code }) => code === 'file_missing' || code === 'file_empty')
      const listed = listProblems(fact.problems, texts)
      return [doctor.unusable(fact.problems.length), ...listed, ...(absent ? [`→ ${doctor.example}`] : [])]
    }
    case 'policy_bad':
      return [doctor.unusable(fact.problems.length), ...listProblems(fact.problems, texts)]
    case 'policy_lint':
      return [texts.terminal.lint(fact.finding)]
    case 'audit_looked':
      return [texts.terminal.audit.verified(fact.file, fact.found)]
    case 'slack_bad':
    case 'cluster_bad': {
      const { sentence, code, remedy } =
        fact.code === 'slack_bad' ? sayOne(fact.problem, texts) : doctor.clusterSaid(fact.problem)
      return [sentence, ...(code === undefined ? [] : [code]), ...(remedy === undefined ? [] : [`→ ${remedy}`])]
    }
    default: {
      const { sentence, remedy } = doctor.said(fact)
      return [sentence, ...(remedy === undefined ? [] : [`→ ${remedy}`])]
    }
  }
}
