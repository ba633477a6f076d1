import type { AuditEntry } from '../audit/audit.ts'
import { plain } from '../cards/plain.ts'
import { problemMessage } from '../cards/problem-card.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { Context } from '../command-line/context.ts'
import { alone, channel } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import { spokenBy } from './desk.ts'
import type { Desk } from './desk.ts'
import { refusalToRead } from './permission.ts'
import { scopeOf } from './scope.ts'

/** `/ops freeze prod 2h "incident 88"` and back. On the audit trail before it holds; the channel sees it. */
export function freezesFor(asking: Asking, desk: Desk): Context<Answer>['freezes'] {
  const { texts, placeTexts } = asking
  const who = spokenBy(asking.person)

  async function allowed(
    typed: readonly string[],
  ): Promise<
    { readonly ok: true; readonly clusters: readonly ClusterName[] } | { readonly ok: false; readonly answer: Answer }
  > {
    const scope = scopeOf({ clusters: typed }, asking, desk)
    if (!scope.ok) return { ok: false, answer: alone(problemMessage(scope.problem, texts)) }
    for (const cluster of scope.clusters) {
      const refusal = await refusalToRead(asking, desk, { action: 'freeze', cluster })
      if (refusal) return { ok: false, answer: alone(problemMessage(refusal, texts)) }
    }
    return scope
  }

  /** One for each cluster, so that each can be looked up; after the decisions that allow it. */
  async function record(clusters: readonly ClusterName[], what: string, details: AuditEntry['details']): Promise<void> {
    await asking.recording.done()
    const { channel: place } = asking.place
    await Promise.all(
      clusters.map((cluster) =>
        desk.audit.record({ what, who, cluster, channel: place, ...(details ? { details } : {}) }),
      ),
    )
  }

  return {
    freeze: async ({ clusters, lasting, reason }) => {
      const found = await allowed(clusters)
      if (!found.ok) return found.answer
      const names = found.clusters
      const until = (await desk.store.now()) + lasting
      await record(names, 'freeze', { lastingMs: lasting, until, reason })
      await desk.freezes.freeze({ clusters: names, reason, lastingMs: lasting, by: who })
      return channel(plain(placeTexts.shared.frozen(names, reason), 'warning'))
    },
    unfreeze: async ({ clusters, reason }) => {
      const found = await allowed(clusters)
      if (!found.ok) return found.answer
      await record(found.clusters, 'unfreeze', reason ? { reason } : {})
      const thawed: string[] = []
      for (const cluster of found.clusters) if (await desk.freezes.unfreeze(cluster)) thawed.push(cluster)
      return thawed.length > 0
        ? channel(plain(placeTexts.shared.unfrozen(thawed), 'good'))
        : alone(plain(texts.shared.notFrozen(found.clusters)))
    },
  }
}
