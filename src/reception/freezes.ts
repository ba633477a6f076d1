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
  const { texts } = asking
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

  return {
    freeze: async ({ clusters, lasting, reason }) => {
      const found = await allowed(clusters)
      if (!found.ok) return found.answer
      const names = found.clusters
      await desk.audit.record({ what: 'freeze', who, details: { clusters: names, lastingMs: lasting, reason } })
      await desk.freezes.freeze({ clusters: names, reason, lastingMs: lasting, by: who })
      return channel(plain(texts.shared.frozen(names, reason), 'warning'))
    },
    unfreeze: async ({ clusters, reason }) => {
      const found = await allowed(clusters)
      if (!found.ok) return found.answer
      await desk.audit.record({
        what: 'unfreeze',
        who,
        details: { clusters: found.clusters, ...(reason ? { reason } : {}) },
      })
      const thawed: string[] = []
      for (const cluster of found.clusters) if (await desk.freezes.unfreeze(cluster)) thawed.push(cluster)
      return thawed.length > 0
        ? channel(plain(texts.shared.unfrozen(thawed), 'good'))
        : alone(plain(texts.shared.notFrozen(found.clusters)))
    },
  }
}
