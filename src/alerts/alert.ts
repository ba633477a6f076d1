import { z } from 'zod'

/** Who told us. `readback` is this bot itself: a watchdog that fell silent. */
export const alertSources = ['alertmanager', 'kubesphere', 'grafana', 'readback'] as const
export type AlertSource = (typeof alertSources)[number]

/** Names and values as text, already bounded in length and number; foreign and unmasked. */
export const Labels = z.record(z.string(), z.string())
export type Labels = Readonly<z.infer<typeof Labels>>

/** The label's value. Anybody may name one `constructor`, which every object seems to have. */
export const labelOf = (labels: Labels, name: string): string | undefined =>
  Object.hasOwn(labels, name) ? labels[name] : undefined

/** One alert as one notice tells it, whichever system sent it. */
export interface Alert {
  /** Which alert it is among those of its group: the same labels give the same one, firing and resolved. */
  readonly fingerprint: string
  readonly state: 'firing' | 'resolved'
  /** Epoch ms as the source says, perhaps in the future; 0 where it does not say. With the fingerprint it is one firing. */
  readonly startsAt: number
  /** Epoch ms; only of a resolved one, and not of every one. */
  readonly endsAt?: number
  readonly labels: Labels
  readonly annotations: Labels
  /** Where the source shows it: the rule's expression in Prometheus, for one. Only http and https. */
  readonly generatorUrl?: string
  /** It will never be told as resolved (events, audit records): over when it was not heard of for so long (ms). */
  readonly lastsMs?: number
}

/** What one webhook says of one group. */
export interface Notice {
  readonly source: AlertSource
  /** Names the group at its source: Alertmanager's group key, or labels of the group for the others. */
  readonly groupKey: string
  readonly groupLabels: Labels
  readonly alerts: readonly Alert[]
  /** Alerts of the group that the source left out. */
  readonly truncated: number
  /** The source's own address as it calls itself: shown, never called. */
  readonly externalUrl?: string
}
