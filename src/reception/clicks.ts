import { problemMessage } from '../cards/problem-card.ts'
import type { Click } from '../chat/incoming.ts'
import { cancel, confirm, isBy } from '../operations/answer.ts'
import type { Answered } from '../operations/answer.ts'
import { rejectForm } from '../cards/forms.ts'
import { vote } from '../operations/vote.ts'
import { watchOn } from '../operations/watch-on.ts'
import { operations } from '../operations/operation.ts'
import type { Operation } from '../operations/operation.ts'
import type { Order } from '../plans/plan.ts'
import { answerAlertClick } from './alerts.ts'
import { alone } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'
import { formContext } from './form-context.ts'
import { answerFollowClick, isFollowClick } from './log-clicks.ts'
import { orderLine } from './order-line.ts'
import { proposeFor } from './orders.ts'
import { refusalToRead } from './permission.ts'

/** What a button does. Its value is an id; who clicked decides whether it happens. Clicks that read go the way of typed lines: `lineOf`. */
export async function answerClick(click: Click, asking: Asking, desk: Desk): Promise<Answer> {
  const by = asking.person
  if (click.action.startsWith('alert.')) return answerAlertClick(click, asking, desk)
  switch (click.action) {
    case 'operation.confirm': {
      const [id = '', fingerprint = ''] = click.value.split(':')
      return answered(await confirm({ id, fingerprint, by }, desk.operations), asking)
    }
    case 'operation.cancel':
      return answered(await cancel({ id: click.value, by }, desk.operations), asking)
    case 'operation.approve': {
      const [id = '', fingerprint = ''] = click.value.split(':')
      return answered(await vote({ id, fingerprint, by, verdict: 'approve' }, desk.operations), asking)
    }
    case 'operation.reject':
      return {
        kind: 'form',
        form: rejectForm(click.value.split(':')[0] ?? '', formContext('reject', asking, click.value), asking.texts),
      }
    case 'operation.undo':
      return onOperation(click.value, { asking, desk }, (operation) => undo(operation, asking, desk))
    case 'operation.again':
      return onOperation(click.value, { asking, desk }, (operation) =>
        // A reason is its author's: whoever else asks again gives none or their own.
        again(operation.order, isBy(operation, by) ? operation.reason : undefined, { asking, desk }),
      )
    case 'operation.watch':
      return onOperation(click.value, { asking, desk }, async ({ id, plan: { workload } }) => {
        const { cluster, namespace, name } = workload
        const refusal = await refusalToRead(asking, desk, { action: 'status', cluster, namespace, name })
        if (refusal) return alone(problemMessage(refusal, asking.texts))
        return answered(await watchOn({ id, by }, desk.operations), asking)
      })
    default:
      if (isFollowClick(click.action)) {
        return answerFollowClick({ action: click.action, value: click.value }, asking, desk)
      }
      return alone(problemMessage({ code: 'button_unknown', action: click.action }, asking.texts))
  }
}

/** Buttons that only type: what they would have typed. */
export function lineOf(click: Click): string | undefined {
  switch (click.action) {
    case 'order.retype':
      return click.value
    case 'read.logs':
      return `logs ${click.value}`
    case 'metrics.show':
      return `metrics ${click.value}`
    case 'read.status':
      return `status ${click.value}`
    default:
      return undefined
  }
}

/** What was clicked under an answer redraws that answer, as long as the chat can still be told which one it is. */
export async function inPlace(answer: Answer, { action, message, place }: Click, desk: Desk): Promise<Answer> {
  if (action !== 'metrics.show' || message === undefined || answer.kind !== 'channel') return answer
  const instead = await desk.cardAt({ channel: place.channel, ts: message })
  return instead?.startsWith('answer/') ? { ...answer, instead } : answer
}

/** The card shows what came of it; only a refusal needs words of its own. */
export function answered(result: Answered, asking: Asking): Answer {
  // It has moved on by this very click, before the process that took it died.
  const moved = asking.again && !result.ok && result.problem.code === 'operation_not_waiting'
  return result.ok || moved ? { kind: 'silent' } : alone(problemMessage(result.problem, asking.texts))
}

async function onOperation(
  id: string,
  { asking, desk }: { readonly asking: Asking; readonly desk: Desk },
  act: (operation: Operation) => Promise<Answer>,
): Promise<Answer> {
  const found = await desk.store.get(operations, id)
  return found ? act(found.value) : alone(problemMessage({ code: 'operation_unknown', id }, asking.texts))
}

/** Questions on the way are answered by typing the order: nothing was typed here, so its line is made of the order. */
function again(
  order: Order,
  reason: string | undefined,
  { asking, desk }: { readonly asking: Asking; readonly desk: Desk },
): Promise<Answer> {
  return proposeFor({ ...asking, line: orderLine(order, reason) }, desk, { order, reason })
}

/** The way back that was stored before the change: an order like any other. */
function undo({ id, plan }: Operation, asking: Asking, desk: Desk): Promise<Answer> {
  const { inverse, workload: target } = plan
  if (!inverse) {
    return Promise.resolve(alone(problemMessage({ code: 'operation_no_way_back', id }, asking.texts)))
  }
  return proposeFor(asking, desk, { order: { action: 'undo', target, of: id, inverse }, reason: undefined })
}
