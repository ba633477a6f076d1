import { approvalsCard } from '../cards/approvals-list.ts'
import { operationCard } from '../cards/operation.ts'
import { problemMessage } from '../cards/problem-card.ts'
import type { Context } from '../command-line/context.ts'
import { find, isBy } from '../operations/answer.ts'
import { operations } from '../operations/operation.ts'
import type { Operation } from '../operations/operation.ts'
import { waitsForApproval } from '../operations/states.ts'
import { vote } from '../operations/vote.ts'
import { alone } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import { answered } from './clicks.ts'
import type { Desk } from './desk.ts'
import { aboutOf } from './form-context.ts'
import { refusalToRead } from './permission.ts'
import { scopeOf } from './scope.ts'

/** Approvals by text: the same vote as a button's. Approving shows the plan first, because nobody may approve what they have not seen. */
export function approvalsFor(asking: Asking, desk: Desk): Context<Answer>['approvals'] {
  const { texts } = asking
  const waiting = async (id: string) => {
    const found = await find(id, desk.operations.ledger)
    if (!found) return { ok: false as const, answer: alone(problemMessage({ code: 'operation_unknown', id }, texts)) }
    const operation = found.value
    const refusal = await refusalToSee(operation)
    if (refusal) return { ok: false as const, answer: alone(problemMessage(refusal, texts)) }
    if (waitsForApproval(operation)) return { ok: true as const, operation }
    const problem = { code: 'operation_not_waiting', id: operation.id, state: operation.state } as const
    return { ok: false as const, answer: alone(problemMessage(problem, texts)) }
  }
  /** A plan is for those who asked for it, who may decide on it, or who may look at what it changes. */
  const refusalToSee = async (operation: Operation) => {
    const { cluster, namespace, name } = operation.plan.workload
    const roles = desk.policy.roles(asking.speaker.actor)
    const seats = operation.approval?.requirement.seats ?? []
    if (isBy(operation, asking.person) || seats.some(({ role }) => roles.includes(role))) return undefined
    return refusalToRead(asking, desk, { action: 'status', cluster, namespace, name })
  }
  return {
    list: async (typed) => {
      const scope = scopeOf({ clusters: typed.clusters }, asking, desk)
      if (!scope.ok) return alone(problemMessage(scope.problem, texts))
      const found = await desk.store.list(operations, { key: 'open', limit: 500 })
      const open = found.map(({ value }) => value).filter(waitsForApproval)
      const meant =
        typed.clusters.length === 0 ? open : open.filter(({ plan }) => scope.clusters.includes(plan.workload.cluster))
      const seen: Operation[] = []
      for (const operation of meant) if (!(await refusalToSee(operation))) seen.push(operation)
      return alone(approvalsCard(seen, texts))
    },
    approve: async (id) => {
      const found = await waiting(id)
      return found.ok ? alone(operationCard(found.operation, texts, desk.around())) : found.answer
    },
    reject: async (id, reason) => {
      const found = await waiting(id)
      if (!found.ok) return found.answer
      const { fingerprint } = found.operation.plan
      return answered(
        await vote({ id, fingerprint, by: asking.person, verdict: 'reject', reason }, desk.operations),
        asking,
      )
    },
  }
}

/** The form behind the Reject button, sent off. */
export async function rejectFrom(
  { context, values }: { readonly context: string; readonly values: Readonly<Record<string, string>> },
  asking: Asking,
  desk: Desk,
): Promise<Answer> {
  const [id = '', fingerprint = ''] = aboutOf(context).split(':')
  const reason = values['reason']
  const ballot = {
    id,
    fingerprint,
    by: asking.person,
    verdict: 'reject',
    ...(reason === undefined ? {} : { reason }),
  } as const
  return answered(await vote(ballot, desk.operations), asking)
}
