import { describe, expect, test } from 'vitest'
import type { Alert } from '../../src/alerts/alert.ts'
import { readAlertmanager } from '../../src/alerts/sources/alertmanager.ts'
import { readGrafana } from '../../src/alerts/sources/grafana.ts'
import { readKubesphere } from '../../src/alerts/sources/kubesphere.ts'
import type { Read, ReadPayload } from '../../src/alerts/sources/source.ts'
import { alertmanagerBody, began, webhookAlert } from '../support/alert-builder.ts'

const taken = (read: Read) => {
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  return read.delivery
}
const alertsOf = (read: Read): readonly Alert[] => taken(read).notices.flatMap(({ alerts }) => alerts)
const problemOf = (read: Read) => (read.ok ? undefined : read.problem)

describe('Alertmanager', () => {
  test('a group comes with its key, its alerts and how many were left out', () => {
    const body = alertmanagerBody(
      [webhookAlert(), webhookAlert({ status: 'resolved', endsAt: '2026-11-24T03:05:00Z', fingerprint: 'f2' })],
      {
        truncatedAlerts: 3,
      },
    )
    const [notice] = taken(readAlertmanager(body, began)).notices
    expect(notice).toMatchObject({
      groupKey: body['groupKey'],
      truncated: 3,
      externalUrl: 'http://alertmanager.example:9093/',
    })
    expect(notice?.alerts).toEqual([
      {
        fingerprint: '0123456789abcdef',
        state: 'firing',
        startsAt: began,
        labels: {
          alertname: 'PodCrashLooping',
          cluster: 'prod',
          namespace: 'shop',
          pod: 'web-1',
          severity: 'critical',
        },
        annotations: { summary: 'web-1 crashes again and again' },
        generatorUrl: 'http://prometheus.example:9090/graph?g0.expr=up',
      },
      expect.objectContaining({ fingerprint: 'f2', state: 'resolved', endsAt: Date.UTC(2026, 10, 24, 3, 5) }),
    ])
  })

  test.each(['3', '5', 4.5, ''])('version %s is refused with the one that is taken', (version) => {
    const read = readAlertmanager(alertmanagerBody([webhookAlert()], { version }), began)
    expect(problemOf(read)).toEqual({ code: 'webhook_version', found: String(version), takes: '4' })
  })

  test('what is not as expected is named with its path', () => {
    const read = readAlertmanager(alertmanagerBody([webhookAlert(), { labels: { pod: ['web'] } }]), began)
    expect(problemOf(read)).toMatchObject({ code: 'webhook_shape', path: 'alerts[1].labels.pod' })
  })

  test('labels of 5,000 characters and links that are none are cut down, and the fingerprint is made of the whole', () => {
    const long = (end: string) =>
      webhookAlert({
        fingerprint: '',
        labels: { alertname: `${'x'.repeat(5_000)}${end}` },
        annotations: { runbook_url: 'javascript:alert(1)', other: 'left behind', value: 12 },
        generatorURL: 'file:///etc/passwd',
        startsAt: 'yesterday',
      })
    const [one, other] = alertsOf(readAlertmanager(alertmanagerBody([long('1'), long('2')]), began))
    expect(one?.labels['alertname']?.length).toBe(501)
    expect(one?.fingerprint).not.toBe(other?.fingerprint)
    expect(one).not.toHaveProperty('generatorUrl')
    expect(one?.annotations).toEqual({ runbook_url: 'javascript:alert(1)', value: '12' })
    expect(one?.startsAt).toBe(0)
  })
})

describe('KubeSphere', () => {
  const nm = (alerts: readonly Readonly<Record<string, unknown>>[]) => ({
    alerts,
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
  })
  const rule = {
    alertname: 'HighCpu',
    alerttype: 'metric',
    rule_id: 'r1',
    cluster: 'prod',
    namespace: 'shop',
    severity: 'warning',
  }
  const one = (about: Readonly<Record<string, unknown>> = {}) => ({
    id: 'a hash of all of it',
    status: 'firing',
    labels: { ...rule, pod: 'web-1' },
    annotations: { summaryCn: 'CPU 使用率过高', message: 'CPU is high', alerttime: '2026-11-24' },
    startsAt: '2026-11-24T03:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
    notificationTime: '2026-11-24T03:00:30Z',
    ...about,
  })

  test('the same alert is the same firing and resolved, whatever its id and its value', () => {
    const firing = one({ labels: { ...rule, pod: 'web-1', value: '0.97' } })
    const resolved = one({
      id: 'another hash',
      status: 'resolved',
      endsAt: '2026-11-24T03:10:00Z',
      labels: { ...rule, pod: 'web-1', value: '0.2' },
    })
    const [a, b] = alertsOf(readKubesphere(nm([firing, resolved]), began))
    expect(a?.fingerprint).toBe(b?.fingerprint)
    expect([a?.state, b?.state]).toEqual(['firing', 'resolved'])
    expect(a?.annotations['summaryCn']).toBe('CPU 使用率过高')
  })

  test('alerts are grouped by rule, cluster and namespace; without a rule by name', () => {
    const body = nm([
      one(),
      one({ labels: { ...rule, pod: 'web-2' } }),
      one({ labels: { ...rule, namespace: 'car' } }),
      one({ labels: { alertname: 'Own' } }),
    ])
    const { notices } = taken(readKubesphere(body, began))
    expect(notices.map(({ groupLabels, alerts }) => [groupLabels, alerts.length])).toEqual([
      [{ rule_id: 'r1', cluster: 'prod', namespace: 'shop' }, 2],
      [{ rule_id: 'r1', cluster: 'prod', namespace: 'car' }, 1],
      [{ alertname: 'Own' }, 1],
    ])
  })

  test('events and audit records end by themselves, from notification-manager and from the ruler', () => {
    const event = { alertname: 'PodFailed', alerttype: 'event', namespace: 'shop', pod: 'web-1' }
    const [fromManager] = alertsOf(readKubesphere(nm([one({ labels: event })]), began))
    const [fromRuler] = alertsOf(
      readKubesphere([{ Alert: { labels: event, annotations: {}, startsAt: '2026-11-24T03:00:00Z' } }], began),
    )
    expect(fromManager?.lastsMs).toBe(3_600_000)
    expect(fromRuler).toMatchObject({ lastsMs: 3_600_000, fingerprint: fromManager?.fingerprint })
  })

  test('without a status, one that ended before now is over', () => {
    const read = readKubesphere(
      nm([one({ status: undefined, endsAt: '2026-11-24T02:59:00Z' }), one({ status: undefined })]),
      began,
    )
    expect(alertsOf(read).map(({ state }) => state)).toEqual(['resolved', 'firing'])
  })

  test('the test of the console opens no incident', () => {
    const delivery = taken(readKubesphere(nm([one({ labels: { alertname: 'verify', alerttype: 'verify' } })]), began))
    expect(delivery).toMatchObject({ notices: [], tests: [{ labels: { alertname: 'verify' } }] })
  })

  test("an Alertmanager's body belongs to the other address, and is told so", () => {
    expect(problemOf(readKubesphere(alertmanagerBody([]), began))).toMatchObject({
      path: 'version',
      detail: expect.stringContaining('/alerts/alertmanager'),
    })
  })
})

describe('Grafana and PMM', () => {
  const body = (alert: Readonly<Record<string, unknown>>, about: Readonly<Record<string, unknown>> = {}) => ({
    ...alertmanagerBody([]),
    version: '1',
    orgId: 1,
    title: '[FIRING:1] MySQL down',
    state: 'alerting',
    message: '**Firing**',
    alerts: [
      { ...webhookAlert(), silenceURL: 'http://grafana.example/silence', panelURL: '', values: { A: 1 }, ...alert },
    ],
    ...about,
  })

  test('an alert comes with its value and its dashboard', () => {
    const [alert] = alertsOf(
      readGrafana(body({ valueString: '[ var=A value=97 ]', dashboardURL: 'http://grafana.example/d/1' }), began),
    )
    expect(alert?.annotations).toMatchObject({
      value: '[ var=A value=97 ]',
      dashboard_url: 'http://grafana.example/d/1',
    })
  })

  test('its test opens no incident', () => {
    const delivery = taken(readGrafana(body({ labels: { alertname: 'TestAlert', instance: 'Grafana' } }), began))
    expect(delivery).toMatchObject({ notices: [], tests: [{}] })
  })

  test('version 4 belongs to the other address', () => {
    expect(problemOf(readGrafana(alertmanagerBody([]), began))).toEqual({
      code: 'webhook_version',
      found: '4',
      takes: '1',
    })
  })
})

test.each<[string, ReadPayload]>([
  ['alertmanager', readAlertmanager],
  ['kubesphere', readKubesphere],
  ['grafana', readGrafana],
])('%s refuses what is no object of alerts', (_, read) => {
  for (const body of [null, 7, 'text', {}, { version: '4', alerts: 'many' }, [{ alert: 1 }]])
    expect(read(body, began).ok).toBe(false)
})
