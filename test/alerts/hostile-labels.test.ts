import { expect, test } from 'vitest'
import { alertGroups } from '../../src/alerts/group.ts'
import { matchersOf } from '../../src/alerts/matchers.ts'
import { severityOf } from '../../src/alerts/severity.ts'
import { readAlertmanager } from '../../src/alerts/sources/alertmanager.ts'
import { workloadOf } from '../../src/alerts/workload.ts'
import { alertCard } from '../../src/cards/alert.ts'
import { en } from '../../src/cards/texts/en.ts'
import { aGroup, aNotice, anAlert, began, webhookAlert } from '../support/alert-builder.ts'
import { aFiringGroup } from '../support/alert-group-builder.ts'

const inherited = ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty']

test.each(inherited)(
  'a severity called %s is an unknown word like any other, and its group can be read again',
  (severity) => {
    expect(severityOf(severity)).toBe('warning')
    const group = aGroup(aNotice([anAlert({ labels: { alertname: 'Odd', severity } })]))
    expect(alertGroups.parse(JSON.parse(JSON.stringify(group)))).toEqual(group)
  },
)

test.each(inherited)('a label named %s that only one of two alerts has is no value of the other', (name) => {
  const own: unknown = JSON.parse(`{"alertname":"Odd",${JSON.stringify(name)}:"a"}`)
  const alerts = [{ labels: own, fingerprint: 'f1' }, webhookAlert({ fingerprint: 'f2' })]
  const read = readAlertmanager({ version: '4', groupKey: 'odd', groupLabels: own, alerts }, began)
  const [notice] = read.ok ? read.delivery.notices : []
  if (!notice) throw new Error('refused')
  const group = aGroup(notice)
  expect(matchersOf(group).every(({ value }) => typeof value === 'string')).toBe(true)
  const cells = alertCard(group, en).parts.flatMap((part) => (part.kind === 'table' ? part.rows.flat() : []))
  expect(cells.length).toBeGreaterThan(0)
  expect(cells.filter((cell) => typeof cell !== 'string')).toEqual([])
})

test.each([
  'web --to-revision 1',
  'web,billing',
  'web\nscale web 0',
  'prod:shop/web',
  '../web',
  'WEB',
  'w'.repeat(300),
])(
  'a label whose value no Kubernetes object can have names no workload: %j never becomes part of a typed order',
  (name) => {
    const clusters = new Set(['test'])
    const named = { cluster: 'test', namespace: 'shop', deployment: name }
    expect(workloadOf(aFiringGroup([named]), clusters)).toBe('several')
    const placed = { cluster: 'test', namespace: name, deployment: 'web' }
    expect(workloadOf(aFiringGroup([placed]), clusters)).toBe('several')
  },
)
