import type { KubernetesEvent } from '../../clusters/nouns.ts'
import type { Clusters } from '../../clusters/cluster.ts'
import { workloadEvents } from '../../reads/events.ts'
import { workloadStatus } from '../../reads/status.ts'
import type { WorkloadStatus } from '../../reads/status.ts'
import type { Store } from '../../store/store.ts'
import type { Clock } from '../../time/clock.ts'
import type { AlertGroup } from '../group.ts'
import { beginOf } from './begin.ts'
import { changesOf } from './changes.ts'
import type { WorkloadChanges } from './changes.ts'
import { chartAskOf } from './chart.ts'
import type { Charted, ChartOf } from './chart.ts'
import { createFinder } from './finding.ts'
import type { Finding } from './finding.ts'
import { lastWordsOf } from './last-words.ts'
import type { LastWords } from './last-words.ts'
import { targetOf } from './target.ts'
import type { Subject, Target } from './target.ts'

/** What is known of a workload that alerts are about, each part for itself. */
export interface SubjectFindings {
  readonly status: Finding<WorkloadStatus>
  /** Newest first. */
  readonly events: Finding<readonly KubernetesEvent[]>
  readonly words: Finding<LastWords | undefined>
  readonly changes: Finding<WorkloadChanges>
}

/** The first word of an alert's thread. */
export interface ThreadFindings {
  readonly group: AlertGroup
  /** Epoch ms. */
  readonly now: number
  readonly target: Finding<Target>
  /** Where there is a workload. */
  readonly about: SubjectFindings | undefined
  readonly chart: Finding<Charted>
}

export interface EnrichParts {
  readonly clusters: Clusters
  readonly store: Store
  readonly clock: Clock
  readonly chartOf: ChartOf
  readonly mask: (text: string) => string
  readonly report: (error: unknown, about: string) => string
}

/** Each part has as long; those about the workload begin when that is known. */
const patienceMs = 8_000
const eventsShown = 5
const eventsFromMs = 3_600_000

/** Looks at everything at once, as the bot and without changing anything; what cannot be had in time is said in its place. */
export function createEnrich({ clusters, store, clock, chartOf, mask, report }: EnrichParts) {
  const find = createFinder({ clock, patienceMs, report })

  async function aboutSubject(subject: Subject, group: AlertGroup): Promise<SubjectFindings> {
    const { workload, access } = subject
    const [status, events, words, changes] = await Promise.all([
      find('alert: status', async () => maskedStatus(await workloadStatus(workload, access), mask)),
      find('alert: events', async () => recent(await workloadEvents(workload, access), clock.now(), mask)),
      find('alert: logs', (signal) => lastWordsOf(subject, { mask, signal })),
      find('alert: changes', () => changesOf(subject, { store, firstAt: beginOf(group) })),
    ])
    return { status, events, words, changes }
  }

  return async (group: AlertGroup): Promise<ThreadFindings> => {
    const now = clock.now()
    const ask = chartAskOf(group, { now, clusters: new Set(clusters.keys()) })
    const charting = find('alert: chart', (signal) => chartOf(ask, signal))
    const target = await find('alert: workload', () => targetOf(group, clusters))
    const subject = target.ok && target.value.kind === 'subject' ? target.value.subject : undefined
    const about = subject && (await aboutSubject(subject, group))
    return { group, now, target, about, chart: await charting }
  }
}
export type Enrich = ReturnType<typeof createEnrich>

function recent(
  events: readonly KubernetesEvent[],
  now: number,
  mask: (text: string) => string,
): readonly KubernetesEvent[] {
  return events
    .filter(({ lastAt }) => now - lastAt <= eventsFromMs)
    .toSorted(
      (one, other) => other.lastAt - one.lastAt || Number(other.type === 'Warning') - Number(one.type === 'Warning'),
    )
    .slice(0, eventsShown)
    .map((event) => ({ ...event, message: mask(event.message) }))
}

const maskedStatus = (status: WorkloadStatus, mask: (text: string) => string): WorkloadStatus => ({
  ...status,
  pods: status.pods.map((pod) => ({
    ...pod,
    reasons: pod.reasons.map((reason) => ({ ...reason, message: mask(reason.message) })),
  })),
})
