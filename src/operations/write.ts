import type { ClusterProblem } from '../clusters/problems.ts'
import type { Plan, PlanProblem } from '../plans/plan.ts'
import type { Stored } from '../store/store.ts'
import { refusalNow } from './allowed-now.ts'
import { again, conclude } from './conclude.ts'
import type { Hands, Step } from './conclude.ts'
import { entryAbout } from './entries.ts'
import { differingPaths } from './drift.ts'
import { lockFor, unlock } from './object-lock.ts'
import type { EndProblem, OperationIn } from './operation.ts'

type Writing = Extract<OperationIn<'running'>, { stage: 'writing' }>

/** How often the patch of one operation may be sent. */
const maxAttempts = 5

/** A decision older than this is asked for again before anything is sent: the cluster was away, or we were. */
const decidedForMs = 30_000

/** How long a cluster may stay away after a write whose outcome is unknown. */
const lostAfterMs = 3_600_000

/**
 * One patch, its answer stored; also the way back in after a crash. Whether an earlier attempt arrived is told by the mark that the
 * patched object carries, never by memory.
 */
export async function write(stored: Stored<Writing>, hands: Hands): Promise<Step> {
  const { ledger, parts } = hands
  const ready = await prepare(stored, hands)
  if ('next' in ready) return ready

  const lease = await lockFor(stored.value.plan, { id: stored.value.id, store: parts.store })
  if (!lease.free) return { next: 'later', at: lease.until, or: 'lock_freed' }
  const attempt = { ...stored.value, plan: ready.plan, attempts: stored.value.attempts + 1 }
  const counted = await ledger.move(stored, attempt, { with: [lease.take] })
  if (!counted.moved) return again
  const holding = { ...counted.stored, value: attempt }

  try {
    const details = { fingerprint: attempt.plan.fingerprint, attempt: attempt.attempts }
    await parts.audit.record({ ...entryAbout(attempt, 'intent'), details })
  } catch (error) {
    parts.report(error, attempt.id)
    return unrecorded(holding, hands)
  }

  const written = await parts.changes.write(attempt, ready.mark)
  switch (written.kind) {
    case 'stored':
      return arrived(holding, hands)
    case 'refused':
      return failed(holding, written.problem, hands)
    case 'not_sent':
      if (attempt.attempts >= maxAttempts) return failed(holding, written.problem, hands)
      return { next: 'later', at: (await parts.store.now()) + written.retryAfterMs }
    case 'moved':
    case 'unknown':
      return again
  }
}

interface Ready {
  readonly plan: Plan
  /** Whose mark the object carries now. */
  readonly mark: string | undefined
}

/** Finds out what became of the attempts so far; ready where none arrived, the plan still holds, and it may be sent. */
async function prepare(stored: Stored<Writing>, hands: Hands): Promise<Step | Ready> {
  const { parts } = hands
  const operation = stored.value
  const mark = await parts.changes.mark(operation)
  if (mark.kind === 'unreadable') return waitForCluster(stored, mark.problem, hands)
  if (mark.kind === 'gone') return failed(stored, { code: 'plan_gone', target: operation.plan.workload.name }, hands)
  if (mark.operation === operation.id) return arrived(stored, hands)
  const isOld = (await parts.store.now()) > operation.startedAt + decidedForMs
  const refusal = isOld ? await refusalNow(operation, hands) : undefined
  if (refusal) return (await lateArrival(stored, hands)) ?? failed(stored, refusal, hands)
  if (operation.attempts === 0) return { plan: operation.plan, mark: mark.operation }

  const planned = await parts.changes.plan(operation.order, operation.requester)
  if (!planned.ok) {
    const { problem } = planned
    if (isPassing(problem)) return waitForCluster(stored, problem, hands)
    return (await lateArrival(stored, hands)) ?? failed(stored, problem, hands)
  }
  if (planned.plan.fingerprint !== operation.plan.fingerprint) {
    const late = await lateArrival(stored, hands)
    if (late) return late
    const { startedAt: _, attempts: __, stage: ___, ...before } = operation
    const ending = { why: 'moved' as const, moved: differingPaths(operation.plan, planned.plan) }
    return conclude(stored, { ...before, state: 'voided', endedAt: await parts.store.now(), ending }, hands)
  }
  if (operation.attempts >= maxAttempts) {
    return failed(stored, { code: 'cluster_moved', cluster: operation.plan.workload.cluster }, hands)
  }
  // The warnings that were shown stay; a fresh look would warn of this operation itself.
  return { plan: { ...planned.plan, warnings: operation.plan.warnings }, mark: mark.operation }
}

/**
 * An attempt whose answer never came may have arrived after its mark was looked for: then there is nothing left to plan, and that is no failure.
 * Asked once more before an operation ends as one that changed nothing; what has moved otherwise, the patch's own tests keep out.
 */
async function lateArrival(stored: Stored<Writing>, hands: Hands): Promise<Step | undefined> {
  if (stored.value.attempts === 0) return undefined
  const mark = await hands.parts.changes.mark(stored.value)
  if (mark.kind === 'unreadable') return waitForCluster(stored, mark.problem, hands)
  return mark.kind === 'mark' && mark.operation === stored.value.id ? arrived(stored, hands) : undefined
}

/** The cluster said nothing about the order: asking again later may help. */
const isPassing = (problem: PlanProblem | ClusterProblem): problem is ClusterProblem =>
  ['cluster_unreachable', 'cluster_resting', 'cluster_throttled', 'cluster_no_answer', 'cluster_failed'].includes(
    problem.code,
  )

async function arrived(stored: Stored<Writing>, { ledger, parts }: Hands): Promise<Step> {
  const patchedAt = await parts.store.now()
  await ledger.move(
    stored,
    { ...stored.value, stage: 'watching', patchedAt },
    { with: await unlock(stored.value, parts.store) },
  )
  return again
}

/** The write surely did not take effect. */
async function failed(stored: Stored<Writing>, problem: EndProblem, hands: Hands): Promise<Step> {
  const { stage: _, ...operation } = stored.value
  const failure = { why: 'problem' as const, problem }
  return conclude(stored, { ...operation, state: 'failed', endedAt: await hands.parts.store.now(), failure }, hands)
}

/** The trail cannot take the intent, so nothing was sent; the outcome cannot be recorded there either. */
async function unrecorded(stored: Stored<Writing>, { ledger, parts }: Hands): Promise<Step> {
  const { stage: _, ...operation } = stored.value
  const failure = { why: 'problem' as const, problem: { code: 'operation_unrecorded' as const } }
  const end = { ...operation, state: 'failed' as const, endedAt: await parts.store.now(), failure }
  await ledger.move(stored, end, { with: await unlock(operation, parts.store) })
  return again
}

async function waitForCluster(stored: Stored<Writing>, problem: ClusterProblem, hands: Hands): Promise<Step> {
  const now = await hands.parts.store.now()
  const { stage: _, ...operation } = stored.value
  if (now - operation.startedAt < lostAfterMs) return { next: 'later', at: now + 5_000 }
  if (operation.attempts === 0) return failed(stored, problem, hands)
  return conclude(stored, { ...operation, state: 'unknown', endedAt: now, detail: problem.code }, hands)
}
