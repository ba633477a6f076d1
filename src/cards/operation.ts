import type { Message, Part, Rich, Tone } from '../chat/message.ts'
import { formatDuration } from '../time/durations.ts'
import { waitsForApproval, waitsForConfirmation } from '../operations/states.ts'
import type { Operation } from '../operations/operation.ts'
import { effectLines } from './effect.ts'
import { shownDifference } from './long-difference.ts'
import { approvalParts } from './approval.ts'
import { operationButtons } from './operation-buttons.ts'
import { endingParts } from './operation-ending.ts'
import { reasonParts } from './reasons.ts'
import type { Texts } from './texts/en.ts'
import { warningText } from './warnings.ts'

const tones: Readonly<Record<Operation['state'], Tone>> = {
  planned: 'neutral',
  awaiting_confirmation: 'waiting',
  awaiting_approval: 'waiting',
  rejected: 'bad',
  approved: 'working',
  running: 'working',
  succeeded: 'good',
  failed: 'bad',
  superseded: 'warning',
  unknown: 'bad',
  expired: 'neutral',
  voided: 'warning',
  cancelled: 'neutral',
  denied: 'bad',
}

/** What a card says besides its operation. */
export interface Around {
  /** `stale`: the policy file cannot be used, and an older one is in force. */
  readonly policy: 'good' | 'stale'
}

/** The card of one operation in the state it is in: what was ordered, what it changes, how far it is, what can be done now. */
export function operationCard(operation: Operation, texts: Texts, around: Around = { policy: 'good' }): Message {
  const title = titleText(operation, texts)
  const state = stateText(operation, texts)
  return {
    summary: summary(operation, { title, state }, texts),
    tone: asksSomebody(operation) ? 'waiting' : tones[operation.state],
    parts: [
      { kind: 'title', text: `${title} · ${operation.id}`, aside: state },
      ...glassParts(operation, texts),
      ...rejectionParts(operation, texts),
      { kind: 'list', items: planLines(operation, texts) },
      ...differences(operation, texts),
      ...warnings(operation, texts),
      ...policyParts(operation, texts, around),
      ...approvalParts(operation, texts),
      ...progressParts(operation, texts),
      ...endingParts(operation, texts),
      { kind: 'note', text: smallPrint(operation, texts) },
      ...operationButtons(operation, texts),
    ],
  }
}

/** What was ordered, of which object, where. */
export const titleText = ({ order, plan: { workload } }: Operation, { operation: words }: Texts): string =>
  words.title(order.action, workload.name, workload.cluster)

const asksSomebody = (operation: Operation): boolean => waitsForConfirmation(operation) || waitsForApproval(operation)

/** What the phone shows: what is asked, of which object, where. */
function summary(
  operation: Operation,
  { title, state }: { readonly title: string; readonly state: string },
  { operation: words }: Texts,
): string {
  if (waitsForConfirmation(operation)) return words.confirmSummary(title, operation.id)
  if (waitsForApproval(operation)) return words.approveSummary(title, operation.id)
  return words.summary(title, state, operation.id)
}

/** The state as people call it: what it waits for, what is being done. */
export function stateText(operation: Operation, { operation: { state } }: Texts): string {
  if (waitsForConfirmation(operation)) return state.awaiting_confirmation
  if (waitsForApproval(operation)) return state.awaiting_approval
  if (operation.state !== 'running') return state[operation.state]
  return operation.stage === 'writing' ? state.running_writing : state.running_watching
}

function planLines({ plan, order, requester, reason }: Operation, { operation: words }: Texts): Rich[] {
  const { workload, strategy } = plan
  const asked: Rich = [
    ...(plan.rollsOut ? [words.strategy(strategy.replicas, strategy.kind, strategy.text), ' · '] : []),
    `${words.askedBy} `,
    { person: requester.user },
    ...(reason === undefined ? [] : [words.because(reason)]),
    ...(order.action === 'undo' ? [` · ${words.undoOf(order.of)}`] : []),
  ]
  return [
    [{ bold: words.workload(workload.namespace, workload.name, workload.kind) }],
    ...effectLines(plan.effect, words),
    asked,
  ]
}

/** A lifted freeze is said loudly, in every state. */
const glassParts = ({ breakGlass, requester }: Operation, { operation: words }: Texts): Part[] =>
  breakGlass === undefined
    ? []
    : [{ kind: 'text', text: [`🚨 ${words.breakGlass} `, { person: requester.user }, words.because(breakGlass)] }]

/** Asked again after somebody said no: whoever decides now should have read why. */
const rejectionParts = (operation: Operation, { operation: words }: Texts): Part[] =>
  operation.rejectedBefore === undefined || 'endedAt' in operation
    ? []
    : [{ kind: 'text', text: words.rejectedBefore(operation.rejectedBefore) }]

/** What the server would store beyond the headline: shown while somebody has to decide on it. */
function differences(operation: Operation, { operation: words }: Texts): Part[] {
  if (!asksSomebody(operation)) return []
  const { differences: found } = operation.plan
  if (found.length === 0) return []
  return [
    { kind: 'text', text: [words.changes(found.length)] },
    { kind: 'code', text: shownDifference(operation.plan), name: `${operation.id}-diff.txt` },
  ]
}

function warnings(operation: Operation, { operation: words }: Texts): Part[] {
  if ('endedAt' in operation || operation.plan.warnings.length === 0) return []
  return [{ kind: 'list', items: operation.plan.warnings.map((warning) => [`⚠ ${warningText(warning, words)}`]) }]
}

/** Whoever approves should know that the rules on the card are not those of the file. */
const policyParts = (operation: Operation, { operation: words }: Texts, { policy }: Around): Part[] =>
  policy === 'stale' && waitsForApproval(operation) ? [{ kind: 'text', text: [`⚠ ${words.policyStale}`] }] : []

function progressParts(operation: Operation, { operation: words }: Texts): Part[] {
  if (operation.state !== 'running' || operation.stage !== 'watching' || !operation.progress) return []
  const { progress } = operation
  return [
    { kind: 'text', text: [words.progress(progress.updated, progress.ready, progress.wanted)] },
    ...reasonParts(progress, operation, words),
    ...(progress.stuck ? [{ kind: 'text' as const, text: [words.stuck] }] : []),
  ]
}

function smallPrint(operation: Operation, { operation: words }: Texts): Rich {
  const { rule, approval } = operation
  const name = approval ? `${rule.name} → ${approval.requirement.names.join(' + ')}` : rule.name
  const allowed: Rich = [words.rule(name, rule.file, rule.line)]
  if (operation.state === 'awaiting_confirmation') {
    return [...allowed, ' · ', `${words.confirmUntil} `, { moment: operation.deadline }]
  }
  if (operation.state === 'awaiting_approval') {
    return [...allowed, ' · ', words.approval.until, { moment: operation.deadline }]
  }
  if ('endedAt' in operation && 'startedAt' in operation) {
    return [...allowed, ' · ', words.took(formatDuration(Math.max(1000, operation.endedAt - operation.startedAt)))]
  }
  return allowed
}
