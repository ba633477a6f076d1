import { z } from 'zod'
import { AlertFields, LabelFields, misshapen, toAlert, toLabels, versionFault } from './fields.ts'
import { safeUrl } from '../safe-url.ts'
import type { ReadPayload } from './source.ts'

const Payload = z.object({
  groupKey: z.string().min(1),
  groupLabels: LabelFields,
  truncatedAlerts: z.int().nonnegative().nullish(),
  externalURL: z.string().nullish(),
  alerts: z.array(AlertFields),
})

/** Alertmanager's webhook, version 4 (prometheus.io/docs/alerting/latest/configuration/#webhook_config): always the whole group, firing and just over. */
export const readAlertmanager: ReadPayload = (body, at) => {
  const fault = versionFault(body, '4')
  if (fault) return fault
  const payload = Payload.safeParse(body)
  if (!payload.success) return misshapen(payload.error)
  const { groupKey, groupLabels, alerts, truncatedAlerts, externalURL } = payload.data
  const externalUrl = safeUrl(externalURL)
  return {
    ok: true,
    delivery: {
      source: 'alertmanager',
      tests: [],
      notices: [
        {
          source: 'alertmanager',
          groupKey,
          groupLabels: toLabels(groupLabels),
          alerts: alerts.map((alert) => toAlert(alert, at)),
          truncated: truncatedAlerts ?? 0,
          ...(externalUrl === undefined ? {} : { externalUrl }),
        },
      ],
    },
  }
}
