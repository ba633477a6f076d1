import { describe, expect, test } from 'vitest'
import { ChannelId, GroupId, TeamId, UserId } from '../../src/chat/identity.ts'
import { acknowledge, remindAfterMs, unacknowledge } from '../../src/alerts/deeds.ts'
import { dueOf, unheardMs } from '../../src/alerts/group.ts'
import type { AlertGroup } from '../../src/alerts/group.ts'
import { advance, reopenMs } from '../../src/alerts/incident.ts'
import { matchersOf, readMatchers, writeMatcher } from '../../src/alerts/matchers.ts'
import { routed } from '../../src/alerts/routes.ts'
import type { Routes } from '../../src/alerts/routes.ts'
import { remindEveryMs, tick } from '../../src/alerts/tick.ts'
import { workloadOf } from '../../src/alerts/workload.ts'
import { aGroup, aNotice, anAlert, began, minute } from '../support/alert-builder.ts'

const team = TeamId.parse('T0SHOP')
const bo = { team, user: UserId.parse('U0BO') }
const ann = { team, user: UserId.parse('U0ANN') }
const sre = GroupId.parse('S0SRE')
const escalate = [{ afterMs: 10 * minute, mention: sre }]
const firing = aGroup(aNotice([anAlert()]))
const calling: AlertGroup = { ...firing, escalations: [{ at: began + 10 * minute, mention: sre, done: false }] }
const end = (at: number) => aNotice([anAlert({ state: 'resolved', endsAt: at })])
const anew = (at: number) => aNotice([anAlert({ startsAt: at })])

const advanced = (group: AlertGroup, notice: ReturnType<typeof aNotice>, at: number) => {
  const found = advance(group, notice, { at, escalate })
  if (found === 'next') throw new Error('another incident')
  return found
}
const taken = (group: AlertGroup, at: number): AlertGroup => {
  const deed = acknowledge(group, bo, at)
  return (deed.ok ? deed.next : undefined) ?? group
}

describe('an incident', () => {
  const over = advanced(calling, end(began + minute), began + minute).group

  test('that fires again soon is the same one, and nobody is bound by what they said before', () => {
    const ended = { ...taken(over, began), ...over, acknowledged: taken(calling, began).acknowledged }
    const { group, step } = advanced(
      { ...over, ...(ended.acknowledged ? { acknowledged: ended.acknowledged } : {}) },
      anew(began + 5 * minute),
      began + 5 * minute,
    )
    expect([group.state, step, group.reopened, group.acknowledged]).toEqual(['firing', 'reopened', 1, undefined])
    expect(group.escalations).toEqual([{ at: began + 15 * minute, mention: sre, done: false }])
    expect(group).not.toHaveProperty('resolvedAt')
  })

  test('that flaps faster than somebody is called still calls them', () => {
    const again = advanced(over, anew(began + 9 * minute), began + 9 * minute).group
    expect(tick(again, began + 10 * minute)?.called).toHaveLength(1)
  })

  test('that was over for long is another one', () => {
    const late = began + minute + reopenMs + 1
    expect(advance(over, anew(late), { at: late, escalate })).toBe('next')
    expect(advance(over, anew(late - 1), { at: late - 1, escalate })).not.toBe('next')
  })

  test('is not opened anew by news of its own end', () => {
    const late = began + minute + 2 * reopenMs
    expect(advance(over, end(began + minute), { at: late, escalate })).not.toBe('next')
  })
})

describe('time alone', () => {
  test('calls each step once, when it is due and nobody has taken it on', () => {
    expect(tick(calling, began + 9 * minute)).toBeUndefined()
    const called = tick(calling, began + 10 * minute)
    expect(called?.called).toHaveLength(1)
    expect(called && tick(called.group, began + 11 * minute)).toBeUndefined()
    expect(tick(taken(calling, began), began + 10 * minute)).toBeUndefined()
  })

  test('calls nobody while a silence holds, and does once it ends', () => {
    const silence = { id: 's', by: bo, at: began, until: began + 30 * minute, reason: '' }
    const silent: AlertGroup = { ...calling, silence }
    expect(tick(silent, began + 20 * minute)).toBeUndefined()
    expect(dueOf(silent)).toBe(began + 30 * minute)
    const after = tick(silent, began + 30 * minute)
    expect(after?.called).toHaveLength(1)
    expect(after?.group).not.toHaveProperty('silence')
  })

  test('asks whoever took it on whether they still see to it, again and again but not at once', () => {
    const group = taken(calling, began)
    expect(dueOf(group)).toBe(began + remindAfterMs)
    const first = tick(group, began + remindAfterMs)
    expect([first?.remind, first?.called]).toEqual([true, []])
    expect(first && dueOf(first.group)).toBe(began + remindAfterMs + remindEveryMs)
  })

  test('ends what never says that it is over, and what is not heard of for days', () => {
    const passing = aGroup(aNotice([anAlert({ lastsMs: 60 * minute })]))
    expect(dueOf(passing)).toBe(began + 60 * minute)
    expect(tick(passing, began + 60 * minute)?.group.state).toBe('resolved')
    const lost = tick(firing, began + unheardMs)?.group
    expect([lost?.state, lost?.unheard]).toEqual(['resolved', true])
    const heard = advanced(passing, aNotice([anAlert({ lastsMs: 60 * minute })]), began + 30 * minute).group
    expect(tick(heard, began + 60 * minute)).toBeUndefined()
  })

  test('never leaves something due that it does nothing about', () => {
    const silence = { id: 's', by: bo, at: began, until: began + 30 * minute, reason: '' }
    for (const group of [
      firing,
      calling,
      taken(calling, began),
      { ...calling, silence },
      { ...taken(calling, began), silence },
    ]) {
      const at = dueOf(group)
      const ticked = tick(group, at)
      expect(ticked && dueOf(ticked.group)).toBeGreaterThan(at)
    }
  })
})

describe('taking it on', () => {
  test('counts for the first of two who press at once, and says so to the other', () => {
    expect(acknowledge(taken(firing, began), ann, began + 1)).toMatchObject({
      ok: false,
      problem: { code: 'alert_taken', by: 'U0BO' },
    })
  })

  test('once more by the same person moves the reminder and nothing else', () => {
    const deed = acknowledge(taken(firing, began), bo, began + minute)
    expect(deed).toMatchObject({
      ok: true,
      next: { acknowledged: { at: began, remindAt: began + minute + remindAfterMs } },
    })
  })

  test('handed back, it calls the others, but gives a moment for a slip of the thumb', () => {
    const deed = unacknowledge(taken(calling, began), began + 20 * minute)
    const next = deed.ok ? deed.next : undefined
    expect(next?.escalations[0]?.at).toBe(began + 22 * minute)
    expect(unacknowledge(firing, began)).toEqual({ ok: true })
  })
})

describe('routes', () => {
  const ops = ChannelId.parse('C0OPS')
  const usual = ChannelId.parse('C0ALERTS')
  const routes: Routes = [
    { match: new Map([['severity', ['critical', 'page']]]), channel: ops, escalate, quiet: undefined },
    { match: new Map(), channel: usual, escalate: [], quiet: undefined },
  ]

  test('take every alert to the channel that its own labels say', () => {
    const warning = anAlert({ fingerprint: 'f2', labels: { severity: 'warning' } })
    const parts = routed(routes, aNotice([anAlert(), warning], { truncated: 2 }))
    expect(parts.map(({ route, notice }) => [route.channel, notice.alerts.length, notice.truncated])).toEqual([
      ['C0OPS', 1, 2],
      ['C0ALERTS', 1, 0],
    ])
    expect(new Set(parts.map(({ notice }) => notice.groupKey)).size).toBe(2)
  })
})

describe('matchers', () => {
  test.each(['namespace="shop"', 'pod=~"web-.*"', 'a!="b\\"c\\\\"', 'x!~"y"'])(
    '%s reads back as it was written',
    (text) => {
      const read = readMatchers(`b="c"\n${text}`)
      expect(read.ok && read.matchers.map(writeMatcher).join('\n')).toBe(`b="c"\n${text}`)
    },
  )

  test.each([
    ['', ''],
    ['pod=~".*"', ''],
    ['pod!="web"', ''],
    ['pod=""', ''],
    ['namespace="shop"\n)nonsense(', ')nonsense('],
  ])('%j silences too much or is none', (text, part) => {
    expect(readMatchers(text)).toEqual({ ok: false, part })
  })

  test('curly quotes of a phone are quotes', () => {
    expect(readMatchers('namespace=“shop”')).toMatchObject({ ok: true, matchers: [{ value: 'shop' }] })
  })

  test('a group is silenced by what its alerts have in common', () => {
    const two = aGroup(
      aNotice([anAlert(), anAlert({ fingerprint: 'f2', labels: { ...anAlert().labels, pod: 'web-2' } })]),
    )
    expect(matchersOf(two).map(({ name }) => name)).toEqual(['alertname', 'namespace'])
  })
})

describe('the workload', () => {
  const clusters = new Set(['prod'])
  const at = (...all: readonly Readonly<Record<string, string>>[]) =>
    workloadOf(aGroup(aNotice(all.map((labels, n) => anAlert({ fingerprint: `f${n}`, labels })))), clusters)

  test('is what all labels name, on a configured cluster only', () => {
    const web = { cluster: 'prod', namespace: 'shop', deployment: 'web' }
    expect(at(web, { ...web, pod: 'web-1' })).toEqual({
      cluster: 'prod',
      namespace: 'shop',
      kind: 'Deployment',
      name: 'web',
    })
    expect(at({ ...web, cluster: 'elsewhere' })).toBe('several')
    expect(at(web, { ...web, deployment: 'api' })).toBe('several')
    expect(at({ cluster: 'prod', namespace: 'shop', pod: 'web-6f9d-1' })).toBe('unnamed')
  })
})
