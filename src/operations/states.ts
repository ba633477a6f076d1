import type { Operation, OperationIn, State } from './operation.ts'

/** Which state may follow which. Everything that is not here cannot be written. */
export const transitions: Readonly<Record<State, readonly State[]>> = {
  // A card can be seen and voted on before its message id is stored.
  planned: [
    'planned',
    'awaiting_confirmation',
    'awaiting_approval',
    'approved',
    'rejected',
    'expired',
    'voided',
    'cancelled',
    'denied',
  ],
  awaiting_confirmation: ['approved', 'expired', 'voided', 'cancelled', 'denied'],
  awaiting_approval: ['awaiting_approval', 'approved', 'rejected', 'expired', 'voided', 'cancelled', 'denied'],
  approved: ['running', 'voided', 'cancelled', 'denied', 'failed'],
  running: ['running', 'succeeded', 'failed', 'superseded', 'unknown', 'voided'],
  succeeded: [],
  failed: ['running'],
  superseded: [],
  unknown: ['running'],
  expired: [],
  rejected: [],
  voided: [],
  cancelled: [],
  denied: [],
}

export const mayFollow = (from: State, to: State): boolean => transitions[from].includes(to)

/** Before anything has been sent to the cluster: it can still be taken back. */
export type WaitingState = 'planned' | 'awaiting_confirmation' | 'awaiting_approval' | 'approved'

export const isWaiting = (operation: Operation): operation is OperationIn<WaitingState> =>
  ['planned', 'awaiting_confirmation', 'awaiting_approval', 'approved'].includes(operation.state)

/** Nothing follows by itself. */
export const isEnd = (state: State): boolean =>
  !['planned', 'awaiting_confirmation', 'awaiting_approval', 'approved', 'running'].includes(state)

/** From the first posting of the card on, so that a click never comes before its button. */
export const waitsForConfirmation = (operation: Operation): boolean =>
  operation.state === 'awaiting_confirmation' || (operation.state === 'planned' && operation.gate === 'confirmation')

/** From the first posting of the card on, as with a confirmation. */
export const waitsForApproval = (operation: Operation): boolean =>
  operation.state === 'awaiting_approval' || (operation.state === 'planned' && operation.gate === 'approval')
