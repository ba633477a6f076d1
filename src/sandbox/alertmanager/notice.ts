import { createHash } from 'node:crypto'
import type { JsonObject } from '../../json.ts'

export type Labels = Readonly<Record<string, string>>

/** An alert as a rule fires it. */
export interface FiredAlert {
  readonly labels: Labels
  readonly annotations: Labels
  /** Epoch ms. */
  readonly startsAt: number
  /** Epoch ms; absent while it fires. */
  readonly endsAt?: number
  readonly generatorUrl: string
}

export interface AlertGroup {
  readonly labels: Labels
  readonly alerts: readonly FiredAlert[]
}

/** The same labels, the same alert. */
export function fingerprintOf(labels: Labels): string {
  const sorted = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16)
}

const zeroTime = '0001-01-01T00:00:00Z'
const moment = (at: number | undefined): string => (at === undefined ? zeroTime : new Date(at).toISOString())

/** What Alertmanager posts of a group: webhook version 4 (prometheus.io/docs/alerting/latest/configuration/#webhook_config). */
export function noticeOf({ labels, alerts }: AlertGroup, externalUrl: string): JsonObject {
  const named = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
  return {
    version: '4',
    groupKey: `{}:{${named.join(', ')}}`,
    truncatedAlerts: 0,
    status: alerts.some(({ endsAt }) => endsAt === undefined) ? 'firing' : 'resolved',
    receiver: 'readback',
    groupLabels: { ...labels },
    commonLabels: common(alerts.map((alert) => alert.labels)),
    commonAnnotations: common(alerts.map((alert) => alert.annotations)),
    externalURL: externalUrl,
    alerts: alerts.map((alert) => ({
      status: alert.endsAt === undefined ? 'firing' : 'resolved',
      labels: { ...alert.labels },
      annotations: { ...alert.annotations },
      startsAt: moment(alert.startsAt),
      endsAt: moment(alert.endsAt),
      generatorURL: alert.generatorUrl,
      fingerprint: fingerprintOf(alert.labels),
    })),
  }
}

function common([first = {}, ...others]: readonly Labels[]): JsonObject {
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((labels) => labels[name] === value)),
  )
}
