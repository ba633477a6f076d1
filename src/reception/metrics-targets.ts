import { problemMessage } from '../cards/problem-card.ts'
import { say } from '../cards/problem.ts'
import type { Problem } from '../cards/problem.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { Workload } from '../clusters/nouns.ts'
import type { ScopeText } from '../command-line/context.ts'
import type { Spot } from '../metrics/asking.ts'
import type { Source } from '../metrics/source.ts'
import { askAll } from '../reads/answers.ts'
import { alone } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'
import { refusalToRead } from './permission.ts'
import { questionFor } from './question.ts'
import { findFor } from './reads.ts'
import { scopeOf } from './scope.ts'

/** Lines of more clusters cannot be told apart in one picture. */
const mostClusters = 4

interface Refused {
  readonly ok: false
  readonly answer: Answer
}

export interface FoundWorkloads {
  readonly ok: true
  readonly spots: readonly Spot[]
  readonly workloads: readonly [Workload, ...Workload[]]
  /** Sentences about clusters that are left out. */
  readonly troubles: readonly string[]
}

/** The one workload on each cluster that is meant, if this person may see its numbers there. */
export async function workloadsFor(target: ScopeText, asking: Asking, desk: Desk): Promise<FoundWorkloads | Refused> {
  const { name } = target
  if (name === undefined) return refuse({ code: 'metrics_nothing_asked' }, asking)
  const where = clustersFor(target, asking, desk)
  if (!where.ok) return where
  const answers = await askAll(where.clusters, async (cluster) => {
    const found = await findFor({ ...target, cluster, name }, 'metrics', { asking, desk })
    if (!found.ok) return found
    const source = desk.metrics.source(cluster)
    if (!source) return refuse({ code: 'metrics_not_configured', cluster }, asking)
    return { ok: true as const, workload: found.workload, source }
  })
  const refused: Answer[] = []
  const found: { readonly workload: Workload; readonly source: Source }[] = []
  for (const answer of answers) {
    if (!answer.ok) refused.push(alone(problemMessage(answer.problem, asking.texts)))
    else if (answer.value.ok) found.push(answer.value)
    else refused.push(answer.value.answer)
  }
  const [first, ...others] = found.map(({ workload }) => workload)
  const [refusal] = refused
  if (first === undefined) return refusal ? { ok: false, answer: refusal } : refuse({ code: 'target_missing' }, asking)
  return {
    ok: true,
    spots: found.map(({ workload, source }) => ({ source, subject: workload })),
    workloads: [first, ...others],
    // A cluster that nobody named and that lacks the workload needs no word.
    troubles: target.clusters.length === 0 ? [] : refused.flatMap(sentenceOf),
  }
}

/** The sources that a query of somebody's own goes to. Each stands for a whole cluster, so a grant for a namespace is not enough. */
export async function sourcesFor(
  target: ScopeText,
  asking: Asking,
  desk: Desk,
): Promise<Refused | { readonly ok: true; readonly sources: readonly Source[]; readonly troubles: readonly string[] }> {
  const where = clustersFor(target, asking, desk)
  if (!where.ok) return where
  const sources: Source[] = []
  const problems: Problem[] = []
  for (const cluster of where.clusters) {
    const refusal = await refusalToRead(asking, desk, { action: 'query', cluster })
    const source = desk.metrics.source(cluster)
    if (refusal) problems.push(refusal)
    else if (!source) problems.push({ code: 'metrics_not_configured', cluster })
    else if (source.matchers.length > 0) problems.push({ code: 'metrics_shared_store', cluster })
    else sources.push(source)
  }
  const [problem] = problems
  if (problem && sources.length === 0) return refuse(problem, asking)
  return { ok: true, sources, troubles: problems.map((one) => say(one, asking.placeTexts.problems).sentence) }
}

function clustersFor(
  target: ScopeText,
  asking: Asking,
  desk: Desk,
): Refused | { readonly ok: true; readonly clusters: readonly ClusterName[] } {
  const scope = scopeOf(target, asking, desk)
  if (!scope.ok) {
    const answers = questionFor(scope.problem, asking)
    return { ok: false, answer: alone(problemMessage(scope.problem, asking.texts, answers)) }
  }
  if (scope.clusters.length > mostClusters) return refuse({ code: 'metrics_clusters_many', most: mostClusters }, asking)
  return scope
}

const refuse = (problem: Problem, { texts }: Asking): Refused => ({
  ok: false,
  answer: alone(problemMessage(problem, texts)),
})

const sentenceOf = (answer: Answer): readonly string[] => (answer.kind === 'alone' ? [answer.message.summary] : [])
