import { openIncident } from '../../src/alerts/incident.ts'
import type { AlertGroup } from '../../src/alerts/group.ts'
import { AlertGroupId } from '../../src/alerts/group.ts'
import type { Labels } from '../../src/alerts/alert.ts'
import { ChannelId } from '../../src/chat/identity.ts'

/** A group that has just begun to fire, with one alert for each set of labels. */
export function aFiringGroup(
  labels: readonly Labels[],
  more: { readonly at?: number; readonly generatorUrl?: string } & Partial<AlertGroup> = {},
): AlertGroup {
  const { at = Date.UTC(2026, 0, 1), generatorUrl, ...rest } = more
  const { group } = openIncident(
    {
      source: 'alertmanager',
      groupKey: '{}:{alertname="KubePodCrashLooping"}',
      groupLabels: { alertname: 'KubePodCrashLooping' },
      truncated: 0,
      alerts: labels.map((one, index) => ({
        fingerprint: `f${index}`,
        state: 'firing',
        startsAt: at,
        labels: one,
        annotations: {},
        ...(generatorUrl === undefined ? {} : { generatorUrl }),
      })),
    },
    { id: AlertGroupId.parse('A-7F3K2'), channel: ChannelId.parse('C0ALERTS'), escalate: [] },
    at,
  )
  return { ...group, ...rest }
}
