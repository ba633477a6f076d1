import { operationCard } from '../cards/operation.ts'
import { problemMessage } from '../cards/problem-card.ts'
import type { Context, ProposedOrder } from '../command-line/context.ts'
import { propose } from '../operations/propose.ts'
import { cardWhereOrdered } from '../operations/operation.ts'
import type { Order } from '../plans/plan.ts'
import type { Workload } from '../clusters/nouns.ts'
import { resolveWorkload } from '../targets/resolve.ts'
import { alone } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import { accessFor } from './desk.ts'
import type { Desk } from './desk.ts'
import { refusalUnseen } from './permission.ts'
import { questionFor } from './question.ts'
import { visibleTo } from './sight.ts'

/** Orders that change a cluster: the target is found, and the rest is the operations' business. */
export function ordersFor(asking: Asking, desk: Desk): Context<Answer>['orders'] {
  return {
    propose: async (typed) => {
      const refused = await refusalUnseen(typed.target, typed.action, { asking, desk })
      if (refused) return alone(problemMessage(refused, asking.texts))
      const found = await resolveWorkload(typed.target, asking.around, {
        clusters: [...desk.clusters.keys()],
        groups: desk.groups,
        access: accessFor(desk, asking.speaker),
        visible: visibleTo({ asking, desk, actions: [typed.action, 'status'] }),
      })
      if (!found.ok) return alone(problemMessage(found.problem, asking.texts, questionFor(found.problem, asking)))
      return proposeFor(asking, desk, {
        order: orderOf(typed, found.workload),
        reason: typed.reason,
        breakGlass: typed.breakGlass,
      })
    },
  }
}

/** An order whose target is known, as typed or from a button. */
export async function proposeFor(
  asking: Asking,
  desk: Desk,
  {
    order,
    reason,
    breakGlass,
  }: { readonly order: Order; readonly reason: string | undefined; readonly breakGlass?: string | undefined },
): Promise<Answer> {
  const proposed = await propose(
    {
      cause: asking.key,
      proof: desk.inbox.proof(asking.key),
      requester: asking.speaker.person,
      place: asking.place,
      order,
      environment: desk.clusters.get(order.target.cluster)?.environment ?? '',
      ...(reason === undefined ? {} : { reason }),
      ...(breakGlass === undefined ? {} : { breakGlass }),
    },
    desk.operations,
  )
  switch (proposed.kind) {
    case 'created':
      return { kind: 'card', card: cardWhereOrdered(proposed.operation) }
    case 'waiting':
      if (proposed.operation.cause === asking.key) return { kind: 'card', card: cardWhereOrdered(proposed.operation) }
      return alone(operationCard(proposed.operation, asking.texts))
    case 'refused':
      return alone(problemMessage(proposed.refusal, asking.texts))
    case 'problem':
      return alone(problemMessage(proposed.problem, asking.texts, questionFor(proposed.problem, asking)))
  }
}

function orderOf(typed: ProposedOrder, { cluster, namespace, kind, name }: Workload): Order {
  const target = { cluster, namespace, kind, name }
  switch (typed.action) {
    case 'deploy': {
      const { action, image, container } = typed
      return { action, target, image, ...(container === undefined ? {} : { container }) }
    }
    case 'scale':
      return { action: typed.action, target, replicas: typed.replicas }
    case 'rollback':
      return {
        action: typed.action,
        target,
        ...(typed.toRevision === undefined ? {} : { toRevision: typed.toRevision }),
      }
    case 'restart':
    case 'pause':
    case 'resume':
      return { action: typed.action, target }
  }
}
