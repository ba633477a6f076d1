import type { Message, Rich } from '../chat/message.ts'
import type { ClusterAnswer } from '../reads/answers.ts'
import type { ClusterGlance } from '../reads/status.ts'
import { say } from './problem.ts'
import type { Texts } from './texts/en.ts'

/** Every configured cluster: does it answer, how fast, what is it. */
export function clustersCard(
  answers: readonly (ClusterAnswer<ClusterGlance> & { readonly environment: string })[],
  { reads, problems, shared }: Texts,
): Message {
  const items = answers.map((answer): Rich => {
    const name: Rich = [{ bold: answer.cluster }, ` (${answer.environment})  `]
    if (!answer.ok) return ['✗ ', ...name, say(answer.problem, problems).sentence]
    const { version, nodes, answeredInMs } = answer.value
    const facts = [version, ...(nodes ? [reads.nodes(nodes.ready, nodes.all)] : []), reads.answeredIn(answeredInMs)]
    return ['✓ ', ...name, facts.join(' · ')]
  })
  const down = answers.filter(({ ok }) => !ok).map(({ cluster }) => cluster)
  return {
    summary: `${reads.clusters}${shared.colon}${answers.length - down.length}/${answers.length}${down.length > 0 ? ` (✗ ${down.join(', ')})` : ''}`,
    tone: down.length > 0 ? 'bad' : 'good',
    parts: [
      { kind: 'title', text: reads.clusters },
      { kind: 'list', items },
    ],
  }
}
