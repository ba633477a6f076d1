import type { ChannelId } from '../../chat/identity.ts'
import type { Picture } from '../../chat/message.ts'
import type { AlertGroup } from '../group.ts'
import { clusterOf, common } from '../workload.ts'
import { beginOf } from './begin.ts'
import { comparisonIn, expressionIn } from './expression.ts'
import type { AlertExpression } from './expression.ts'

/** A chart of what an alert measures. */
export interface ChartAsk {
  /** The cluster that the labels name, if it is one of ours. */
  readonly cluster: string | undefined
  readonly alertname: string | undefined
  /** PromQL and threshold from the alert's own link; undefined: ask the rules of the configured source for `alertname`. */
  readonly expression: AlertExpression | undefined
  /** What all alerts of the group have in common: the series that are meant. */
  readonly labels: Readonly<Record<string, string>>
  /** Epoch ms. */
  readonly from: number
  readonly to: number
  /** When the first of its alerts began; may lie before `from`. */
  readonly beganAt: number
  /** Where it will stand: whose language it speaks. */
  readonly channel: ChannelId
}

export type Charted =
  | { readonly kind: 'picture'; readonly picture: Picture }
  /** `no_source`: no metrics are configured there; `no_expression`: nobody could say what the alert measures; `no_data`: nothing was measured; `no_answer`: the source is away. */
  | { readonly kind: 'none'; readonly why: 'no_source' | 'no_expression' | 'no_data' | 'no_answer' }

/** Draws it from the configured source of that cluster; throws what its finder turns into a word. */
export type ChartOf = (ask: ChartAsk, signal: AbortSignal) => Promise<Charted>

const hourMs = 3_600_000

/** From an hour before the first of its alerts until now. */
export function chartAskOf(
  group: AlertGroup,
  at: { readonly now: number; readonly clusters: ReadonlySet<string> },
): ChartAsk {
  const details = group.members.flatMap((member) => (member.details ? [member.details] : []))
  const expressions = new Set(details.flatMap(({ generatorUrl }) => expressionIn(generatorUrl) ?? []))
  const [expression] = expressions
  const beganAt = beginOf(group)
  const labels = details.map((one) => one.labels)
  const names = new Set(labels.flatMap((one) => Object.keys(one)))
  const shared = [...names].flatMap((name) => {
    const value = common(labels, name)
    return value === undefined || labels.some((one) => one[name] === undefined) ? [] : [[name, value] as const]
  })
  return {
    cluster: clusterOf(group, at.clusters),
    alertname: common([group.groupLabels, ...labels], 'alertname'),
    expression: expression === undefined || expressions.size > 1 ? undefined : comparisonIn(expression),
    labels: Object.fromEntries(shared),
    from: Math.max(beganAt - hourMs, at.now - 24 * hourMs),
    to: at.now,
    beganAt,
    channel: group.channel,
  }
}
