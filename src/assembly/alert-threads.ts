import type { ChartOf } from '../alerts/enrichment/chart.ts'
import { createEnrich } from '../alerts/enrichment/enrich.ts'
import { createThreads } from '../alerts/enrichment/threads.ts'
import type { Threads } from '../alerts/enrichment/threads.ts'
import type { AlertLedger } from '../alerts/ledger.ts'
import { alertThreadPosts } from '../cards/alert-thread-post.ts'
import type { TextsChoice } from '../cards/texts/choose.ts'
import type { Clusters } from '../clusters/cluster.ts'
import type { Clock } from '../time/clock.ts'
import type { Conversation } from './conversation.ts'
import type { Foundation } from './foundation.ts'

export interface AlertThreadsParts {
  readonly conversation: Pick<Conversation, 'isShared' | 'outbox'>
  readonly clusters: Clusters
  readonly clock: Clock
  readonly texts: TextsChoice
  readonly mask: (text: string) => string
  readonly ledger: AlertLedger
  readonly chartOf: ChartOf
  readonly report: (error: unknown, about: string) => string
}

/** What looks into the clusters when an alert's thread opens, and writes down what it finds. */
export function createAlertThreads(
  { store, turn }: Pick<Foundation, 'store' | 'turn'>,
  { conversation, clusters, clock, texts, mask, ledger, chartOf, report }: AlertThreadsParts,
): Threads {
  const { outbox } = conversation
  return createThreads({
    store,
    clock,
    turn,
    ledger,
    enrich: createEnrich({ clusters, store, clock, chartOf, mask, report }),
    where: (card) => outbox.where(card),
    onShown: (listener) => outbox.onShown(listener),
    isShared: conversation.isShared,
    ...alertThreadPosts(texts),
    report,
  })
}
