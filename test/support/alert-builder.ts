import type { Alert, Notice } from '../../src/alerts/alert.ts'
import { AlertGroupId } from '../../src/alerts/group.ts'
import type { AlertGroup } from '../../src/alerts/group.ts'
import { openIncident } from '../../src/alerts/incident.ts'
import { ChannelId } from '../../src/chat/identity.ts'

export const minute = 60_000
/** When the stories of these tests begin. */
export const began = Date.UTC(2026, 10, 24, 3, 0)

export const anAlert = (about: Partial<Alert> = {}): Alert => ({
  fingerprint: 'f1',
  state: 'firing',
  startsAt: began,
  labels: { alertname: 'PodCrashLooping', severity: 'critical', namespace: 'shop', pod: 'web-1' },
  annotations: {},
  ...about,
})

export const aNotice = (alerts: readonly Alert[], about: Partial<Notice> = {}): Notice => ({
  source: 'alertmanager',
  groupKey: '{}:{alertname="PodCrashLooping"}',
  groupLabels: {},
  alerts,
  truncated: 0,
  ...about,
})

export const aGroup = (notice: Notice, about: Partial<AlertGroup> = {}, at = began): AlertGroup => ({
  ...openIncident(notice, { id: AlertGroupId.parse('A-7F3K2'), channel: ChannelId.parse('C0ALERTS'), escalate: [] }, at)
    .group,
  ...about,
})

/** As Alertmanager sends it. */
export interface WebhookAlert {
  readonly status?: string
  readonly labels?: Readonly<Record<string, unknown>>
  readonly annotations?: Readonly<Record<string, unknown>>
  readonly startsAt?: string
  readonly endsAt?: string
  readonly generatorURL?: string
  readonly fingerprint?: string
}

export const alertmanagerBody = (
  alerts: readonly WebhookAlert[],
  about: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  version: '4',
  groupKey: '{}:{alertname="PodCrashLooping", namespace="shop"}',
  truncatedAlerts: 0,
  status: alerts.every(({ status }) => status === 'resolved') ? 'resolved' : 'firing',
  receiver: 'readback',
  groupLabels: { alertname: 'PodCrashLooping', namespace: 'shop' },
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'http://alertmanager.example:9093',
  alerts,
  ...about,
})

export const webhookAlert = (about: WebhookAlert = {}): WebhookAlert => ({
  status: 'firing',
  labels: { alertname: 'PodCrashLooping', severity: 'critical', cluster: 'prod', namespace: 'shop', pod: 'web-1' },
  annotations: { summary: 'web-1 crashes again and again' },
  startsAt: new Date(began).toISOString(),
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.example:9090/graph?g0.expr=up',
  fingerprint: '0123456789abcdef',
  ...about,
})
