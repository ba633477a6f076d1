import { z } from 'zod'
import type { Alert, Notice } from '../alert.ts'
import { AlertFields, misshapen, toAlert } from './fields.ts'
import type { ReadPayload } from './source.ts'

/** notification-manager's own Data: no version, group key or fingerprint, and an `id` that differs between firing and resolved. */
const Payload = z.object({
  version: z
    .undefined({ error: 'no version: with one it is the webhook of an Alertmanager, for /alerts/alertmanager' })
    .optional(),
  alerts: z.array(AlertFields.omit({ fingerprint: true, generatorURL: true })),
})

/** What the rulers of kube-events and kube-auditing send themselves: `[{ "Alert": … }]`. */
const Ruler = z.array(z.object({ Alert: AlertFields.omit({ fingerprint: true, generatorURL: true, status: true }) }))

/** Events and audit records never end: their receivers are set to send no resolved ones. */
const passing: ReadonlySet<string> = new Set(['event', 'events', 'auditing', 'audit', 'logs', 'log'])
const passingMs = 3_600_000

/** Differ from notice to notice of the same alert. */
const volatile = ['value', 'alerttime']

/**
 * KubeSphere's notification-manager with its default template (nm pkg/template/types.go), and the rulers of events and audit records. Alerts are
 * grouped by rule, cluster and namespace, as the platform does; it does not say which group a notice belongs to.
 */
export const readKubesphere: ReadPayload = (body, at) => {
  const fields = Array.isArray(body) ? Ruler.safeParse(body) : Payload.safeParse(body)
  if (!fields.success) return misshapen(fields.error)
  const found = Array.isArray(fields.data)
    ? fields.data.map(({ Alert: alert }) => ({ ...alert, status: undefined }))
    : fields.data.alerts
  const alerts = found.map((one) =>
    lasting(toAlert({ ...one, fingerprint: undefined, generatorURL: undefined }, at, volatile)),
  )
  return {
    ok: true,
    delivery: {
      source: 'kubesphere',
      tests: alerts.filter(isTest),
      notices: grouped(alerts.filter((alert) => !isTest(alert))),
    },
  }
}

function lasting(alert: Alert): Alert {
  return passing.has(alert.labels['alerttype'] ?? '') ? { ...alert, lastsMs: passingMs } : alert
}

/** What the Test button of the console sends. */
const isTest = ({ labels }: Alert): boolean => labels['alertname'] === 'verify' && labels['alerttype'] === 'verify'

const ruled = ['rule_id', 'cluster', 'namespace']
const unruled = ['alertname', 'alerttype', 'cluster', 'namespace']

function grouped(alerts: readonly Alert[]): readonly Notice[] {
  const groups = new Map<string, { readonly groupLabels: Alert['labels']; readonly alerts: Alert[] }>()
  for (const alert of alerts) {
    const names = alert.labels['rule_id'] ? ruled : unruled
    const groupLabels = Object.fromEntries(
      names.flatMap((name) => (alert.labels[name] ? [[name, alert.labels[name]]] : [])),
    )
    const key = JSON.stringify(groupLabels)
    const group = groups.get(key) ?? { groupLabels, alerts: [] }
    group.alerts.push(alert)
    groups.set(key, group)
  }
  return [...groups].map(([groupKey, group]) => ({ source: 'kubesphere', groupKey, truncated: 0, ...group }))
}
