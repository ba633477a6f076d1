import type { Button, Part } from '../chat/message.ts'
import { typedTarget } from '../clusters/names.ts'
import type { Operation } from '../operations/operation.ts'
import { isLong } from './long-difference.ts'
import { waitsForApproval, waitsForConfirmation } from '../operations/states.ts'
import type { Texts } from './texts/en.ts'

/** What can be done about an operation in the state it is in. Values are opaque ids; every click is decided anew as the clicker. */
export function operationButtons(operation: Operation, { operation: words }: Texts): Part[] {
  const labels = words.buttons
  const id = operation.id
  const exact = `${id}:${operation.plan.fingerprint}`
  const { workload } = operation.plan
  const target = typedTarget(workload)
  const title = words.title(operation.order.action, workload.name, workload.cluster)
  const confirm: Button = {
    action: 'operation.confirm',
    value: exact,
    label: labels.confirm,
    style: 'primary',
    confirm: {
      title: words.confirmAgain.title(title).slice(0, 90),
      text: words.confirmAgain.text(`${workload.namespace}/${workload.name}`),
      yes: words.confirmAgain.yes,
      no: words.confirmAgain.no,
    },
  }
  const cancel: Button = { action: 'operation.cancel', value: id, label: labels.cancel }
  const approve: Button = {
    action: 'operation.approve',
    value: exact,
    label: labels.approve,
    style: 'primary',
    confirm: {
      ...words.approveAgain,
      title: words.approveAgain.title(id),
      text: words.approveAgain.text(`${title} (${workload.namespace}/${workload.name})`).slice(0, 290),
    },
  }
  const voting: Button[] = [
    approve,
    { action: 'operation.reject', value: exact, label: labels.reject, style: 'danger' },
    cancel,
  ]
  const undo: Button = {
    action: 'operation.undo',
    value: id,
    label: labels.undo,
    style: 'danger',
    confirm: { ...words.undoAgain, title: words.undoAgain.title(id) },
  }
  const look: Button[] = [
    { action: 'read.logs', value: target, label: labels.logs },
    { action: 'read.status', value: target, label: labels.status },
  ]
  const numbers: Button = { action: 'metrics.show', value: target, label: labels.metrics }
  const wayBack = operation.plan.inverse ? [undo] : []
  switch (operation.state) {
    case 'planned':
      if (isLong(operation.plan)) return []
      if (waitsForApproval(operation)) return row(voting)
      return waitsForConfirmation(operation) ? row([confirm, cancel]) : []
    case 'awaiting_approval':
      return row(voting)
    case 'awaiting_confirmation':
      return row([confirm, cancel])
    case 'approved':
      return []
    case 'running':
      return row(operation.stage === 'watching' && operation.progress?.stuck ? [...wayBack, ...look] : look)
    case 'succeeded':
    case 'unknown':
      return row([...wayBack, ...look, numbers])
    case 'failed': {
      const again: Button = { action: 'operation.watch', value: id, label: labels.watchOn }
      if (operation.patchedAt === undefined)
        return row([{ action: 'operation.again', value: id, label: labels.planAgain }])
      return row([...wayBack, ...(operation.failure.why === 'not_finished' ? [again] : []), ...look, numbers])
    }
    case 'superseded':
      return row([...look, numbers])
    case 'rejected':
    case 'expired':
    case 'voided':
    case 'denied':
      return row([{ action: 'operation.again', value: id, label: labels.planAgain }])
    case 'cancelled':
      return []
  }
}

const row = (found: readonly Button[]): Part[] => [{ kind: 'buttons', buttons: found }]
