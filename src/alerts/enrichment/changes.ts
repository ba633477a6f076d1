import type { Revision } from '../../clusters/nouns.ts'
import { workloadKey } from '../../operations/keys.ts'
import { operations } from '../../operations/operation.ts'
import type { Operation } from '../../operations/operation.ts'
import type { Store } from '../../store/store.ts'
import type { Subject } from './target.ts'

/** One thing that was done to the workload. */
export type WorkloadChange =
  /** By this bot, for somebody. */
  | { readonly kind: 'operation'; readonly at: number; readonly operation: Operation }
  /** A revision that appeared in the cluster by other hands. */
  | { readonly kind: 'rollout'; readonly at: number; readonly revision: Revision }

export interface WorkloadChanges {
  /** How long before the first alert they were looked for. */
  readonly beforeMs: number
  /** Newest first, at most `mostChanges`. */
  readonly changes: readonly WorkloadChange[]
  /** Where a rollback would lead; undefined where there is nothing earlier. */
  readonly earlier: Revision | undefined
}

/** What happened so long before the first alert may have caused it. */
const beforeMs = 3 * 3_600_000
const mostChanges = 6
const pageSize = 200
const longestWaitMs = 86_400_000
/** Between the bot's clock and the cluster's. */
const skewMs = 30_000
/** A controller makes a revision within this time of the write. */
const settlingMs = 60_000

/** Operations on the workload and rollouts seen in the cluster, from some hours before the first alert. Throws `ClusterError`. */
export async function changesOf(
  { workload, access }: Subject,
  { store, firstAt }: { readonly store: Store; readonly firstAt: number },
): Promise<WorkloadChanges> {
  const since = firstAt - beforeMs
  const own = (await operationsOn(workloadKey(workload), { store, since })).filter(hasWritten)
  const revisions = [...(await access.revisions(workload))].sort((one, other) => other.number - one.number)
  const done = own.map((operation): WorkloadChange => ({ kind: 'operation', at: operation.startedAt, operation }))
  const seen = revisions.flatMap((revision): WorkloadChange[] => {
    const making = revision.number === 1 && revisions.length === 1
    return making || own.some((operation) => hasMade(operation, revision))
      ? []
      : [{ kind: 'rollout', at: revision.createdAt, revision }]
  })
  const changes = [...done, ...seen]
    .filter(({ at }) => at >= since)
    .sort((one, other) => other.at - one.at)
    .slice(0, mostChanges)
  return { beforeMs, changes, earlier: revisions.find(({ current }) => !current) }
}

/** The mark alone does not tell: a controller copies that of a later operation to a revision that stood there before. */
const hasMade = ({ startedAt, plan }: Written, { createdAt }: Revision): boolean =>
  plan.effect.kind !== 'replicas' &&
  plan.effect.kind !== 'bounds' &&
  createdAt > startedAt - skewMs &&
  createdAt < startedAt + settlingMs

type Written = Extract<Operation, { startedAt: number }>

/** What never reached the cluster has caused nothing. */
const hasWritten = (operation: Operation): operation is Written =>
  'startedAt' in operation && (operation.state !== 'failed' || operation.patchedAt !== undefined)

/** Those that may have been written since then: some wait long for an approval. */
async function operationsOn(
  key: string,
  { store, since }: { readonly store: Store; readonly since: number },
): Promise<readonly Operation[]> {
  const found: Operation[] = []
  for (let after: string | undefined; ;) {
    const page = await store.list(operations, { key, limit: pageSize, ...(after === undefined ? {} : { after }) })
    for (const { value } of page) if (value.createdAt >= since - longestWaitMs) found.push(value)
    after = page.at(-1)?.id
    if (page.length < pageSize) return found
  }
}
