import type { Rich, Span } from '../../../chat/message.ts'
import type { Operation } from '../../../operations/operation.ts'

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

const verbs = {
  deploy: 'Deploy',
  scale: 'Scale',
  rollback: 'Roll back',
  restart: 'Restart',
  pause: 'Pause',
  resume: 'Resume',
  undo: 'Undo',
}

/** Everything the card of an operation says. */
export const operation = {
  title: (action: Operation['order']['action'], name: string, cluster: string) =>
    `${verbs[action]} ${name} on ${cluster}`,
  undoOf: (id: string) => `undoes ${id}`,
  workload: (namespace: string, name: string, kind: string) => `${namespace}/${name} (${kind})`,
  askedBy: 'asked by',
  /** After a person: why, in their own words. */
  because: (reason: string) => `: “${reason}”`,
  rejectedBefore: ({ operation: id, by, at, because }: NonNullable<Operation['rejectedBefore']>): Rich => [
    '⚠ Such an order was rejected ',
    { moment: at },
    ' by ',
    { person: by.user },
    `${because === undefined ? '' : `: “${because}”`} (${id})`,
  ],
  breakGlass: 'BREAK-GLASS: a freeze is lifted for this by',
  policyStale: 'The policy file cannot be used now; the last good one decides. /ops doctor says why.',
  rule: (name: string, file: string, line: number) => `allowed by ${name} (${file}:${line})`,

  state: {
    planned: 'planned',
    awaiting_confirmation: 'waiting for your confirmation',
    awaiting_approval: 'waiting for approval',
    rejected: 'rejected',
    approved: 'starting',
    running_writing: 'sending the change',
    running_watching: 'rolling out',
    succeeded: 'done',
    failed: 'failed',
    superseded: 'superseded',
    unknown: 'outcome unknown',
    expired: 'expired',
    voided: 'void',
    cancelled: 'cancelled',
    denied: 'denied',
  },
  summary: (title: string, state: string, id: string) => `${title}: ${state} (${id})`,
  confirmSummary: (title: string, id: string) => `${title}? Confirm within 5 minutes (${id})`,
  confirmUntil: 'Confirm until',
  approveSummary: (title: string, id: string) => `${title}: your approval is asked (${id})`,
  approval: {
    needs: (seats: readonly { readonly role: string; readonly count: number }[], missing: number) =>
      `Needs ${seats.map(({ role, count }) => `${count} of ${role}`).join(' and ')}; ${missing} still missing.`,
    asked: (people: Rich, requester: Span): Rich => ['May approve: ', ...people, ' (not ', requester, ')'],
    approvedBy: 'Approved by ',
    rejectedBy: 'Rejected by ',
    until: 'Expires ',
    guards: (names: readonly string[]) => `also asked for by ${names.join(', ')}`,
    elsewhere: 'The card to approve stands in ',
    reminder: (id: string) => `${id} still waits for an approval and expires `,
  },

  effect: {
    image: (container: string) => `container ${container}`,
    replicas: 'replicas',
    bounds: (autoscaler: string) => `bounds of autoscaler ${autoscaler}`,
    revision: 'revision',
    restart: 'new pods from the same template, replaced as its update strategy says',
    pause: 'template changes wait until it is resumed',
    resume: 'waiting template changes roll out',
  },
  strategy: (replicas: number, kind: string, figures: string) =>
    `${count(replicas, 'replica', 'replicas')}, ${figures === '' ? kind : `rolling ${figures}`}`,
  changes: (n: number) => `${count(n, 'value changes', 'values change')} on the server:`,

  progress: (updated: number, ready: number, wanted: number) => `${updated} of ${wanted} updated, ${ready} ready`,
  stuck: 'It does not move on. Undo is safe now.',
  lastLines: (container: string) => `last lines of ${container}:`,
  took: (duration: string) => `took ${duration}`,

  succeeded: {
    'rolled-out': 'Rolled out.',
    stored: 'Stored, not rolled out: the workload is paused or updates only when its pods are deleted.',
    'no-rollout': 'Stored by the server.',
  },
  failed: {
    rollout: (reason: string) => `The rollout failed: ${reason}`,
    not_finished: 'Not finished within its time. It may still come: watch on, or undo.',
    deleted: 'The workload was deleted while it rolled out.',
    nothing_changed: 'Nothing was changed.',
  },
  superseded: (by: string | undefined) =>
    by ? `${by} changed it again before it was done.` : 'Somebody else changed it before it was done.',
  unknown:
    'The cluster has not answered for an hour after the change was sent. Look at the workload before you order anything else.',
  ended: {
    requester: 'Withdrawn by its requester. Nothing was changed.',
    holder: 'Cancelled. Nothing was changed.',
    rejected: 'Nothing was changed.',
    deadline: 'Nobody answered in time. Nothing was changed.',
    card_not_posted: (detail: string) => `The card could not be posted here (${detail}). Nothing was changed.`,
    moved: 'The object has changed since this plan was made. Nothing was changed by this order.',
    overtaken: (by: string) => `${by} has changed what this plan rests on. Nothing was changed by this order.`,
  },
  movedValues: 'what moved:',

  buttons: {
    confirm: 'Confirm',
    cancel: 'Cancel',
    approve: 'Approve',
    reject: 'Reject',
    undo: 'Undo',
    logs: 'Logs',
    status: 'Status',
    metrics: 'Metrics',
    planAgain: 'Plan again',
    watchOn: 'Watch on',
  },
  confirmAgain: {
    title: (title: string) => `${title}?`,
    text: (what: string) => `This happens at once: ${what}`,
    yes: 'Do it',
    no: 'Not now',
  },
  approveAgain: {
    title: (id: string) => `Approve ${id}?`,
    text: (what: string) => `Exactly this plan happens as soon as all approvals are there: ${what}`,
    yes: 'Approve',
    no: 'Not now',
  },
  rejectForm: {
    title: (id: string) => `Reject ${id}`,
    submit: 'Reject',
    cancel: 'Close',
    reason: 'Reason',
    words: 'One rejection ends the order. Asking again is a new order without votes.',
  },
  undoAgain: {
    title: (id: string) => `Undo ${id}?`,
    text: 'Puts back what stood there before, as an ordinary order on the same path.',
    yes: 'Undo',
    no: 'Leave it',
  },

  warning: {
    server: (text: string) => `the API server warns: ${text}`,
    autoscaler: (name: string, min: number, max: number) => `autoscaler ${name} keeps ${min}–${max} replicas`,
    keda: (name: string) => `KEDA (${name}) owns the replicas`,
    owned: (by: string, name: string) => `${by} (${name}) owns this object and may put it back`,
    rolloutRunning: (updated: number, wanted: number) => `a rollout is in progress (${updated} of ${wanted} updated)`,
    paused: 'it is paused: nothing rolls out until it is resumed',
    otherOperation: (id: string, state: string) => `${id} is open on it (${state})`,
    lastFailed: (id: string) => `the last change failed (${id})`,
    revisionFailed: (revision: number, id: string) => `revision ${revision} failed before (${id})`,
    downtime: {
      recreate: 'strategy Recreate: all pods stop before new ones start',
      'single-replica': 'a single replica: a short outage is possible',
      'to-zero': 'zero replicas: it will serve nobody',
      'on-delete': 'updates only as pods are deleted by hand',
    },
    movableTag: (image: string) => `the tag of ${image} can move`,
    unread: (detail: string) => `autoscalers could not be read, so one may fight this (${detail})`,
    noReadinessProbe: (container: string) => `${container} has no readiness probe: ready means only started`,
  },
}

export type OperationTexts = typeof operation
