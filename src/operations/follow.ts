import type { Stored } from '../store/store.ts'
import { again, conclude, rest } from './conclude.ts'
import type { Hands, Step } from './conclude.ts'
import { newestOn } from './recollection.ts'
import { objectKey } from './keys.ts'
import type { Operation, OperationIn } from './operation.ts'

type Watching = Extract<OperationIn<'running'>, { stage: 'watching' }>

/** From the stored patch to its outcome. Needs nothing but the record, so it can be begun again at any time. */
export async function follow(stored: Stored<Watching>, hands: Hands & { readonly signal: AbortSignal }): Promise<Step> {
  const { ledger, parts, signal } = hands
  let latest = stored
  const end = await parts.rollouts.watch(stored.value, {
    signal,
    onProgress: async (progress) => {
      const value = { ...latest.value, progress }
      const moved = await ledger.move(latest, value)
      if (moved.moved) latest = { ...moved.stored, value }
    },
  })
  const { stage: _, progress: __, watchFrom: ____, ...operation } = latest.value
  const { patchedAt: ___, ...sent } = operation
  const endedAt = await parts.store.now()
  switch (end.kind) {
    case 'succeeded':
      return conclude(latest, { ...operation, state: 'succeeded', how: end.how, endedAt }, hands)
    case 'failed': {
      const progress = end.progress ? { progress: end.progress } : {}
      const failure =
        end.why === 'rollout' ? { why: end.why, reason: end.reason, ...progress } : { why: end.why, ...progress }
      return conclude(latest, { ...operation, state: 'failed', failure, endedAt }, hands)
    }
    case 'deleted':
      return conclude(latest, { ...operation, state: 'failed', failure: { why: 'deleted' }, endedAt }, hands)
    case 'superseded': {
      const by = await newerOperation(operation, hands)
      return conclude(latest, { ...operation, state: 'superseded', ...(by ? { by } : {}), endedAt }, hands)
    }
    case 'lost':
      return conclude(latest, { ...sent, state: 'unknown', detail: end.detail, endedAt }, hands)
    case 'stopped':
      return signal.aborted ? rest : again
  }
}

/** Our own operation that patched the same object after this one, if that is who moved it. */
async function newerOperation(
  operation: { readonly plan: Operation['plan']; readonly patchedAt: number },
  { ledger }: Hands,
): Promise<Operation['id'] | undefined> {
  const same = await newestOn(operation.plan.workload, { ledger, count: 100 })
  const newer = same.find(
    (other) =>
      objectKey(other.plan) === objectKey(operation.plan) &&
      'patchedAt' in other &&
      other.patchedAt !== undefined &&
      other.patchedAt > operation.patchedAt,
  )
  return newer?.id
}
