import type { ClusterAccess } from '../clusters/cluster.ts'
import type { Revision, Workload } from '../clusters/nouns.ts'
import type { Operation } from '../operations/operation.ts'

/** One earlier pod template, and our operation that made it where there was one. */
export interface HistoryEntry {
  readonly revision: Revision
  readonly operation?: Operation
}

/** Newest first: revisions from the cluster, joined with what this bot did; operations that made no revision (scale) stand beside. */
export interface History {
  readonly workload: Workload
  readonly entries: readonly HistoryEntry[]
  readonly others: readonly Operation[]
}

/** The mark that a patched object carries. The Deployment controller copies it to the present ReplicaSet, also when nothing but replicas changed. */
const mark = 'readback.dev/operation'
/** How the cause begins that stands with a revision of ours. */
const cause = /^readback ([^:\s]+)/
/** They leave the pod template as it is. */
const withoutRevision: readonly string[] = ['scale', 'pause', 'resume']

/** `operations` are those of this workload that the bot still remembers. Throws `ClusterError`. */
export async function historyOf(
  workload: Workload,
  { access, operations }: { readonly access: ClusterAccess; readonly operations: readonly Operation[] },
): Promise<History> {
  const revisions = await access.revisions(workload)
  const byId = new Map(operations.map((operation) => [String(operation.id), operation]))
  const entries = [...revisions]
    .sort((a, b) => b.number - a.number)
    .map((revision): HistoryEntry => {
      const operation = byId.get(cause.exec(revision.changeCause)?.[1] ?? '') ?? makerOf(revision, byId)
      return { revision, ...(operation ? { operation } : {}) }
    })
  const joined = new Set(entries.flatMap(({ operation }) => (operation ? [operation.id] : [])))
  const others = operations.filter((operation) => !joined.has(operation.id)).sort((a, b) => b.createdAt - a.createdAt)
  return { workload, entries, others }
}

function makerOf({ annotations }: Revision, byId: ReadonlyMap<string, Operation>): Operation | undefined {
  const found = byId.get(annotations[mark] ?? '')
  if (found === undefined) return undefined
  const { order } = found
  const action = order.action === 'undo' ? order.inverse.action : order.action
  return withoutRevision.includes(action) ? undefined : found
}
