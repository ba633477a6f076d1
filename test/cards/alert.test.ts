import { expect, test } from 'vitest'
import type { AlertGroup } from '../../src/alerts/group.ts'
import { alertCard } from '../../src/cards/alert.ts'
import { alertCalls } from '../../src/cards/alert-posts.ts'
import { alertsListCard } from '../../src/cards/alerts-list.ts'
import { silenceForm } from '../../src/cards/silence-form.ts'
import { matchersOf } from '../../src/alerts/matchers.ts'
import { en } from '../../src/cards/texts/en.ts'
import { zh } from '../../src/cards/texts/zh.ts'
import { ChannelId, GroupId, TeamId, UserId } from '../../src/chat/identity.ts'
import { render } from '../../src/chat/slack/rendering.ts'
import { aGroup, aNotice, anAlert, began, minute } from '../support/alert-builder.ts'
import { readable } from '../support/readable.ts'

const bo = { team: TeamId.parse('T0SHOP'), user: UserId.parse('U0BO') }
const labels = {
  alertname: 'KubePodCrashLooping',
  severity: 'critical',
  cluster: 'prod',
  namespace: 'shop',
  container: 'app',
}
const annotations = {
  summary: 'Pod crashes again and again',
  summaryCn: 'Pod 反复崩溃',
  description: 'Pod shop/web-1 (app) is in waiting state (reason: "CrashLoopBackOff").',
  runbook_url: 'https://runbooks.example/kube-pod-crash-looping',
}
const web = { cluster: 'prod', namespace: 'shop', kind: 'Deployment', name: 'web' } as const
const pod = (n: number) =>
  anAlert({
    fingerprint: `f${n}`,
    labels: { ...labels, pod: `web-6f9d-${n}` },
    annotations,
    generatorUrl: 'http://prometheus.example:9090/graph',
  })
const one = aGroup(aNotice([pod(1)], { externalUrl: 'http://alertmanager.example:9093/' }))
const three = aGroup(aNotice([pod(1), pod(2), { ...pod(3), state: 'resolved', endsAt: began + minute }]), {
  workload: web,
})

const groups: Readonly<Record<string, AlertGroup>> = {
  one,
  several: three,
  acknowledged: { ...three, acknowledged: { by: bo, at: began + minute, remindAt: began + 60 * minute } },
  silenced: {
    ...three,
    silence: { id: 's1', by: bo, at: began, until: began + 120 * minute, reason: 'disk is being replaced' },
  },
  resolved: aGroup(aNotice([{ ...pod(1), state: 'resolved', endsAt: began + minute }]), { workload: web, reopened: 3 }),
  elsewhere: { ...one, insteadOf: { channel: ChannelId.parse('C0RANDOM'), reason: 'not_in_channel' } },
  watchdog: { ...one, source: 'readback' },
  bare: aGroup(aNotice([anAlert({ labels: {}, annotations: {} })])),
  hostile: aGroup(
    aNotice([
      anAlert({
        labels: {
          alertname: '<!channel> `x` *b*',
          severity: 'urgent',
          pod: '<@U0BO>',
          text: '`'.repeat(30),
          long: '长'.repeat(500),
        },
        annotations: { summary: '<http://evil.example|click>', runbook_url: 'javascript:alert(1)' },
      }),
    ]),
  ),
  crowded: aGroup(aNotice(Array.from({ length: 10_000 }, (_, n) => pod(n)))),
}

test.each(Object.keys(groups))('the card of a group that is %s', async (name) => {
  const group = groups[name]
  if (!group) throw new Error(name)
  const both = [alertCard(group, en), alertCard(group, zh)].map(readable)
  await expect(both.join('\n\n')).toMatchFileSnapshot(`goldens/alert-${name}.txt`)
})

test.each(Object.keys(groups))('fits into one message of the chat, without a file: %s', (name) => {
  const group = groups[name]
  if (!group) throw new Error(name)
  const { blocks, files, text } = render(alertCard(group, en))
  expect(files).toEqual([])
  expect(blocks.length).toBeLessThan(30)
  expect(JSON.stringify(blocks).length).toBeLessThan(12_000)
  expect(text).not.toMatch(/<[!@]/)
})

test('during quiet hours words in the thread mention nobody', () => {
  const calls = alertCalls({ at: () => en })
  const step = { at: began + 10 * minute, mention: GroupId.parse('S0SRE'), done: false }
  const at = began + 10 * minute
  const said = (quiet: boolean): string =>
    JSON.stringify([
      calls.escalate(three, { step, quiet, at }),
      calls.remind(groups['acknowledged'] ?? three, { quiet, at }),
    ])
  expect(said(false)).toContain('S0SRE')
  expect(said(false)).toContain('U0BO')
  expect(said(false)).toContain('in 10 minutes')
  expect(said(true)).not.toMatch(/\{\\?"(group|person)\\?"/)
  expect(said(true)).toContain('Quiet hours')
})

test('what fires is listed, a bounded number of it', async () => {
  const many = Array.from({ length: 30 }, () => three)
  await expect(readable(alertsListCard(many, en))).toMatchFileSnapshot('goldens/alerts-list.txt')
  expect(readable(alertsListCard([], zh))).toContain('当前没有告警')
})

test('a silence is offered for what made the alerts a group, never for one pod of several', () => {
  const form = silenceForm({ id: three.id, matchers: matchersOf(three), context: '' }, en)
  const matchers = form.fields.find((field) => field.kind === 'text' && field.name === 'matchers')
  expect(matchers).toMatchObject({ initial: 'alertname="KubePodCrashLooping"\ncluster="prod"\nnamespace="shop"' })
})

test('a label may bear the name of what every object has', () => {
  const odd = { ...labels, constructor: 'ferrari' }
  const group = aGroup(aNotice([pod(1), anAlert({ fingerprint: 'f9', labels: odd, annotations })]))
  const table = alertCard(group, en).parts.find(({ kind }) => kind === 'table')
  expect(table).toMatchObject({
    columns: ['state', 'pod', 'constructor'],
    rows: [
      ['firing', 'web-6f9d-1', ''],
      ['firing', '', 'ferrari'],
    ],
  })
})
