import type { Stored } from '../store/store.ts'
import type { FailedOperation } from '../plans/rollback.ts'
import type { Ledger } from './ledger.ts'
import { endedKey, failedKey, workloadKey } from './keys.ts'
import type { Operation } from './operation.ts'

type Workload = Operation['plan']['workload']
type Reading = Pick<Ledger, 'byKey'>

/** Operations read at once. */
const pageSize = 200

/** Nothing older is a warning any more, and no rejection older than this is quoted. */
export const recentMs = 86_400_000

/** What ended on a workload within the last day, the latest end first. Costs as much as there was on two days, however long the history. */
export async function endedLately(
  workload: Workload,
  { ledger, now }: { readonly ledger: Reading; readonly now: number },
): Promise<readonly Operation[]> {
  const found: { readonly at: number; readonly operation: Operation }[] = []
  for (const day of [now - recentMs, now]) {
    for await (const { value } of everyOne(endedKey(workload, day), ledger)) {
      if ('endedAt' in value && value.endedAt > now - recentMs) found.push({ at: value.endedAt, operation: value })
    }
  }
  return found.sort((a, b) => b.at - a.at).map(({ operation }) => operation)
}

/** Those whose rollout failed on a workload, of all that are kept. */
export async function failedOn(workload: Workload, ledger: Reading): Promise<readonly FailedOperation[]> {
  const failed: FailedOperation[] = []
  for await (const { id, value } of everyOne(failedKey(workload), ledger)) {
    const { effect } = value.plan
    const createdAt = effect.kind === 'template' ? effect.toCreatedAt : undefined
    const images = 'images' in effect ? effect.images.map(({ after }) => after) : []
    failed.push({ operation: id, ...(createdAt === undefined ? {} : { restored: { createdAt, images } }) })
  }
  return failed
}

/** The newest so many on a workload. Reads all of them, a page at a time, and keeps no more than are asked for. */
export async function newestOn(
  workload: Workload,
  { ledger, count }: { readonly ledger: Reading; readonly count: number },
): Promise<readonly Operation[]> {
  let newest: readonly Operation[] = []
  let page: Operation[] = []
  const kept = () => [...newest, ...page].sort((a, b) => b.createdAt - a.createdAt).slice(0, count)
  for await (const { value } of everyOne(workloadKey(workload), ledger)) {
    page.push(value)
    if (page.length < pageSize) continue
    newest = kept()
    page = []
  }
  return kept()
}

async function* everyOne(key: string, ledger: Reading): AsyncGenerator<Stored<Operation>> {
  for (let after: string | undefined; ;) {
    const page = await ledger.byKey(key, pageSize, after)
    yield* page
    after = page.at(-1)?.id
    if (page.length < pageSize) return
  }
}
