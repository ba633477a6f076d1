import { z } from 'zod'
import type { Alert, Notice } from '../alert.ts'
import { AlertFields, LabelFields, misshapen, toAlert, toLabels, versionFault } from './fields.ts'
import { safeUrl } from '../safe-url.ts'
import type { ReadPayload } from './source.ts'

const GrafanaAlert = AlertFields.extend({ valueString: z.string().nullish(), dashboardURL: z.string().nullish() })

const Payload = z.object({
  groupKey: z.string().min(1),
  groupLabels: LabelFields,
  truncatedAlerts: z.int().nonnegative().nullish(),
  externalURL: z.string().nullish(),
  alerts: z.array(GrafanaAlert),
})

/**
 * The webhook of a Grafana contact point, version 1; PMM 3 sends the same, its alerts being Grafana's. Like Alertmanager's, and each alert has its
 * value and its dashboard.
 */
export const readGrafana: ReadPayload = (body, at) => {
  const fault = versionFault(body, '1')
  if (fault) return fault
  const payload = Payload.safeParse(body)
  if (!payload.success) return misshapen(payload.error)
  const { groupKey, groupLabels, truncatedAlerts, externalURL } = payload.data
  const alerts = payload.data.alerts.map(({ valueString, dashboardURL, ...fields }) => {
    const dashboard = safeUrl(dashboardURL)
    const own = {
      ...(valueString ? { value: valueString } : {}),
      ...(dashboard === undefined ? {} : { dashboard_url: dashboard }),
    }
    return toAlert({ ...fields, annotations: { ...fields.annotations, ...own } }, at)
  })
  const externalUrl = safeUrl(externalURL)
  const real = alerts.filter((alert) => !isTest(alert))
  const notice: Notice = {
    source: 'grafana',
    groupKey,
    groupLabels: toLabels(groupLabels),
    alerts: real,
    truncated: truncatedAlerts ?? 0,
    ...(externalUrl === undefined ? {} : { externalUrl }),
  }
  return {
    ok: true,
    delivery: { source: 'grafana', tests: alerts.filter(isTest), notices: real.length > 0 ? [notice] : [] },
  }
}

/** What the Test button of a contact point sends. */
const isTest = ({ labels }: Alert): boolean => labels['alertname'] === 'TestAlert' && labels['instance'] === 'Grafana'
