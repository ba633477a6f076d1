import { canCard } from '../cards/can.ts'
import { problemMessage } from '../cards/problem-card.ts'
import type { Context, PolicyQuestion } from '../command-line/context.ts'
import { alone } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'
import { scopeOf } from './scope.ts'

/** `/ops can …`: the policy's answer without asking any cluster. What the question leaves out counts as met and is listed. */
export function canFor(asking: Asking, desk: Desk): Context<Answer>['policy']['can'] {
  return async (question) => {
    const scope = scopeOf(question.scope, asking, desk)
    if (!scope.ok) return alone(problemMessage(scope.problem, asking.texts))
    const [cluster, ...others] = scope.clusters
    if (cluster === undefined || others.length > 0) {
      return alone(problemMessage({ code: 'target_no_cluster', clusters: scope.clusters }, asking.texts))
    }
    const { action, image } = question
    const { name, namespace = asking.around.namespace } = question.scope
    const replicas = resultingReplicas(question)
    const decision = await desk.policy.decide({
      actor: asking.speaker.actor,
      action,
      cluster,
      environment: desk.clusters.get(cluster)?.environment ?? '',
      question: true,
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      ...(image === undefined ? {} : { images: [image] }),
      ...(replicas === undefined ? {} : { replicas }),
    })
    const where = [namespace, name].filter((part) => part !== undefined).join('/')
    return alone(canCard({ what: `${action} ${cluster}${where === '' ? '' : `:${where}`}`, decision }, asking.texts))
  }
}

/** Only an absolute number can be judged without looking at the workload. */
function resultingReplicas({ replicas }: PolicyQuestion) {
  if (replicas === undefined || 'by' in replicas) return undefined
  const after = 'to' in replicas ? { min: replicas.to, max: replicas.to } : replicas.bounds
  return { before: after, after }
}
