import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Alert } from '../../src/alerts/alert.ts'
import type { AlertGroup } from '../../src/alerts/group.ts'
import { mostDetails, mostMembers, reduce } from '../../src/alerts/reduce.ts'
import { countsOf } from '../../src/cards/alert-words.ts'
import { aGroup, aNotice, anAlert, began, minute } from '../support/alert-builder.ts'

const told = (...notices: readonly (readonly [at: number, ...alerts: readonly Alert[]])[]): AlertGroup => {
  const [[at, ...alerts], ...others] = [notices[0] ?? [began], ...notices.slice(1)]
  return others.reduce(
    (group, [next, ...more]) => reduce(group, aNotice(more), next).group,
    aGroup(aNotice(alerts), {}, at),
  )
}

const over = (about: Partial<Alert> = {}): Alert => anAlert({ state: 'resolved', endsAt: began + minute, ...about })

describe('one alert', () => {
  const cases: readonly (readonly [story: string, group: AlertGroup, state: AlertGroup['state'], starts: number])[] = [
    ['fires', told([began, anAlert()]), 'firing', 1],
    ['is over', told([began, anAlert()], [began + minute, over()]), 'resolved', 1],
    ['is over before it fires', told([began, over()]), 'resolved', 1],
    ['is over, and then its firing arrives late', told([began, over()], [began + 1, anAlert()]), 'resolved', 1],
    ['fires anew', told([began, over()], [began + 5, anAlert({ startsAt: began + 2 * minute })]), 'firing', 2],
    [
      'is over, and an older firing arrives',
      told([began, over()], [began + 1, anAlert({ startsAt: began - 1 })]),
      'resolved',
      2,
    ],
    ['goes on long after its end was told', told([began, over()], [began + 5 * minute, anAlert()]), 'firing', 1],
    [
      'never says when it began',
      told([began, anAlert({ startsAt: 0 })], [began + 1, over({ startsAt: 0 })]),
      'resolved',
      1,
    ],
    [
      'began in the future',
      told([began, anAlert({ startsAt: began + 1e9 })], [began + 1, over({ startsAt: began + 1e9 })]),
      'resolved',
      1,
    ],
    [
      'began in the future, and then at a time that is right',
      told([began, over({ startsAt: began + 1e9 })], [began + minute, anAlert({ startsAt: began + 1 })]),
      'firing',
      1,
    ],
  ]
  test.each(cases)('that %s', (...[, group, state, starts]) => {
    expect(group.state).toBe(state)
    expect(group.members[0]?.starts).toHaveLength(starts)
  })
})

test('two Alertmanagers that send the same group change nothing the second time', () => {
  const notice = aNotice([anAlert(), anAlert({ fingerprint: 'f2' })])
  const once = aGroup(notice)
  expect(reduce(once, notice, began + 2_000)).toEqual({ news: 'heard', group: { ...once, heardAt: began + 2_000 } })
})

test('the two of a pair have addresses of their own, and that is no news', () => {
  const from = (name: string) =>
    aNotice([anAlert({ generatorUrl: `http://prometheus-${name}.example/graph` })], {
      externalUrl: `http://${name}.example/`,
    })
  const once = aGroup(from('a'))
  const again = reduce(once, from('b'), began + 2_000)
  expect([again.news, again.group.externalUrl]).toEqual(['heard', 'http://a.example/'])
})

test('the worst of what fires is the severity; of what is over, the worst that was', () => {
  const warning = anAlert({ fingerprint: 'f2', labels: { severity: 'warning' } })
  const both = told([began, anAlert(), warning])
  expect(both.severity).toBe('critical')
  expect(reduce(both, aNotice([over(), warning]), began + minute).group.severity).toBe('warning')
  expect(told([began, over()]).severity).toBe('critical')
})

test('ten thousand alerts of a group are counted, and a bounded number is kept', () => {
  const many = Array.from({ length: 10_000 }, (_, n) => anAlert({ fingerprint: `f${n}` }))
  const first = aGroup(aNotice(many))
  const again = reduce(first, aNotice(many), began + minute)
  expect(countsOf(first)).toEqual({ firing: 10_000, resolved: 0 })
  expect(countsOf(again.group)).toEqual({ firing: 10_000, resolved: 0 })
  expect(again.news).toBe('heard')
  expect(first.members).toHaveLength(mostMembers)
  expect(first.members.filter(({ details }) => details)).toHaveLength(mostDetails)
  expect(JSON.stringify(first).length).toBeLessThan(200_000)
})

test('what is over makes room for what fires, and is still counted', () => {
  const old = Array.from({ length: mostMembers }, (_, n) => over({ fingerprint: `old${n}` }))
  const fresh = Array.from({ length: 10 }, (_, n) => anAlert({ fingerprint: `new${n}` }))
  const group = told([began, ...old], [began + minute, ...fresh])
  expect(countsOf(group)).toEqual({ firing: 10, resolved: mostMembers })
  expect(group.members).toHaveLength(mostMembers)
})

test('alerts that the source left out count as firing', () => {
  const group = aGroup(aNotice([anAlert()], { truncated: 41 }))
  expect(countsOf(group)).toEqual({ firing: 42, resolved: 0 })
})

describe('whatever order notices of one minute come in, and however often', () => {
  const alert = fc
    .record({
      fingerprint: fc.constantFrom('a', 'b', 'c', 'd'),
      startsAt: fc.constantFrom(began - 3_000, began - 2_000, began - 1_000),
      state: fc.constantFrom('firing', 'resolved'),
    })
    .map((one) => anAlert({ ...one, labels: { severity: one.fingerprint === 'a' ? 'critical' : 'warning' } }))
  const story = fc.array(fc.array(alert, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })
  const outcome = (notices: readonly (readonly Alert[])[]) => {
    const group = told(...notices.map((alerts, n) => [began + n, ...alerts] as const))
    const members = group.members
      .map(({ fingerprint, starts, overAt, severity }) => ({
        fingerprint,
        starts,
        severity,
        over: overAt !== undefined,
      }))
      .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1))
    return { state: group.state, severity: group.severity, counts: countsOf(group), members }
  }

  test('the outcome is the same', () => {
    fc.assert(
      fc.property(story, fc.infiniteStream(fc.nat()), (notices, random) => {
        const shuffled = notices
          .map((notice) => ({ notice, rank: random.next().value ?? 0 }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ notice }) => notice.toReversed())
        expect(outcome([...shuffled, ...notices])).toEqual(outcome(notices))
      }),
      { numRuns: 500 },
    )
  })

  test('an alert fires exactly if the newest start that was told was not told to be over', () => {
    fc.assert(
      fc.property(story, (notices) => {
        const all = notices.flat()
        const prints = [...new Set(all.map(({ fingerprint }) => fingerprint))]
        const firing = prints.filter((print) => {
          const own = all.filter(({ fingerprint }) => fingerprint === print)
          const newest = Math.max(...own.map(({ startsAt }) => startsAt))
          return !own.some(({ startsAt, state }) => startsAt === newest && state === 'resolved')
        })
        expect(outcome(notices).counts).toEqual({ firing: firing.length, resolved: prints.length - firing.length })
      }),
      { numRuns: 500 },
    )
  })
})
