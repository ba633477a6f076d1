import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { alertGroups } from '../../src/alerts/group.ts'
import type { AlertGroup } from '../../src/alerts/group.ts'
import { createIntake } from '../../src/alerts/intake.ts'
import type { Delivery, Intake } from '../../src/alerts/intake.ts'
import { createKeeper } from '../../src/alerts/keeper.ts'
import type { Keeper } from '../../src/alerts/keeper.ts'
import { createAlertLedger } from '../../src/alerts/ledger.ts'
import type { AlertStep } from '../../src/alerts/lifecycle.ts'
import { forgetResolved } from '../../src/alerts/retention.ts'
import type { Routes } from '../../src/alerts/routes.ts'
import { watchdogs } from '../../src/alerts/watchdog.ts'
import { createWebhooks } from '../../src/alerts/webhook.ts'
import { ChannelId, GroupId } from '../../src/chat/identity.ts'
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.ts'
import { put } from '../../src/store/store.ts'
import type { Store } from '../../src/store/store.ts'
import { alone } from '../../src/store/turn.ts'
import type { Clock } from '../../src/time/clock.ts'
import { alertmanagerBody, aNotice, anAlert, began, minute, webhookAlert } from '../support/alert-builder.ts'
import { createManualClock } from '../support/manual-clock.ts'
import type { ManualClock } from '../support/manual-clock.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const sre = GroupId.parse('S0SRE')
const routes: Routes = [
  {
    match: new Map(),
    channel: ChannelId.parse('C0ALERTS'),
    escalate: [{ afterMs: 10 * minute, mention: sre }],
    quiet: undefined,
  },
]
const watchdog = { match: new Map([['alertname', ['Watchdog']]]), silenceMs: 10 * minute }

const lookMs = 2_000

interface Bureau {
  readonly store: Store
  readonly clock: ManualClock
  readonly intake: Intake
  readonly keeper: Keeper
  /** What was called, reminded and listened to, in order. */
  readonly heard: string[]
  readonly faults: unknown[]
  /** Another process on the same store. */
  again(): Bureau
  /** Lets time go on, and the keeper look at what has become due by then. */
  pass(ms: number): Promise<void>
  groups(): Promise<readonly string[]>
}

async function aBureau(): Promise<Bureau> {
  const clock = createManualClock(began)
  const { store } = await openEmbeddedStore({ folder: temporaryFolder(), clock })
  onTestFinished(() => store.close())
  return anotherOn(store, clock)
}

function anotherOn(store: Store, clock: ManualClock): Bureau {
  const heard: string[] = []
  const faults: unknown[] = []
  const listener = {
    changes: (step: AlertStep) => {
      heard.push(step)
      return []
    },
  }
  const report = (error: unknown): void => void faults.push(error)
  const show = () => []
  const shared = { store, show, listener, routes, watchdog, report }
  const intake = createIntake({ ...shared, clusters: new Set(['prod']), showTest: () => [] })
  const calls = {
    escalate: ({ source }: AlertGroup) => {
      heard.push(`called ${source}`)
      return []
    },
    remind: () => {
      heard.push('reminded')
      return []
    },
  }
  const { watched, resting } = watchedClock(clock)
  const keeper = createKeeper({ ...shared, clock: watched, turn: alone, intake, calls })
  keeper.start()
  onTestFinished(() => keeper.stop())
  return {
    store,
    clock,
    intake,
    keeper,
    heard,
    faults,
    again: () => anotherOn(store, clock),
    pass: async (ms) => {
      for (const step of [ms, lookMs, lookMs]) {
        await clock.advance(step)
        // The keeper sets its next timer once what was due is on disk.
        while (!resting()) await setImmediate()
      }
    },
    groups: async () =>
      (await store.list(alertGroups, { limit: 100 })).map(({ value }) => `${value.source} ${value.state}`),
  }
}

/** Tells whether somebody waits for their next timer, or is at work. */
function watchedClock(clock: ManualClock) {
  let waiting = false
  const watched: Clock = {
    now: () => clock.now(),
    after: (ms, task) => {
      waiting = true
      const cancel = clock.after(ms, () => {
        waiting = false
        task()
      })
      return () => {
        waiting = false
        cancel()
      }
    },
  }
  return { watched, resting: () => waiting }
}

const says = (...alerts: Parameters<typeof anAlert>[0][]): Delivery => ({
  source: 'alertmanager',
  notices: [aNotice(alerts.map((about) => anAlert(about)))],
  tests: [],
})
const dog = (about: Parameters<typeof anAlert>[0] = {}): Delivery =>
  says({ labels: { alertname: 'Watchdog' }, fingerprint: 'dog', ...about })

test('two replicas that are told of the same group at once open one, and miss nothing of it', async () => {
  const one = await aBureau()
  const other = one.again()
  await Promise.all(
    Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? one : other).intake.take(says({ fingerprint: `f${n}` }))),
  )
  const [group, ...others] = await one.store.list(alertGroups, { limit: 10 })
  expect(others).toEqual([])
  expect(group?.value.members).toHaveLength(40)
  expect([...one.heard, ...other.heard]).toContain('opened')
  expect([...one.faults, ...other.faults]).toEqual([])
})

/** A disk on which nothing can be written that says so. */
const refusingPoison = (store: Store): Store => ({
  ...store,
  commit: (changes) =>
    changes.some(({ body }) => body?.json.includes('poison')) ? Promise.reject(new Error('no')) : store.commit(changes),
})

/** Sends webhooks, each of a group of its own. */
function sender({ intake, clock }: Pick<Bureau, 'intake' | 'clock'>) {
  const take = createWebhooks({ intake, now: () => clock.now(), report: () => 'ref1' })
  return (name: string) => {
    const body = alertmanagerBody([webhookAlert({ labels: { alertname: name } })], { groupKey: name })
    return take({ source: 'alertmanager', contentType: 'application/json', body: Buffer.from(JSON.stringify(body)) })
  }
}

test('what the store did not take is not confirmed, and one bad webhook keeps no other out', async () => {
  const { store, clock } = await aBureau()
  const { intake } = anotherOn(refusingPoison(store), clock)
  const send = sender({ intake, clock })
  const answers = await Promise.all([send('one'), send('poison'), send('two')])
  expect(answers).toEqual([undefined, { code: 'webhook_unstored', reference: 'ref1' }, undefined])
  expect(await store.list(alertGroups, { limit: 10 })).toHaveLength(2)
})

test('a call that falls due while nobody runs is made once somebody does, and once only', async () => {
  const { store, clock, intake, heard, keeper, again } = await aBureau()
  await intake.take(says({}))
  await keeper.stop()
  await clock.advance(11 * minute)
  const later = again()
  await later.pass(0)
  await later.keeper.stop()
  const last = again()
  await last.pass(30 * minute)
  const called = (bureau: Pick<Bureau, 'heard'>): number =>
    bureau.heard.filter((word) => word === 'called alertmanager').length
  expect([called({ heard }), called(later), called(last)]).toEqual([0, 1, 0])
  const groups = (await store.list(alertGroups, { limit: 10 })).map(({ value }) => value)
  expect(groups.find(({ source }) => source === 'alertmanager')?.escalations.map(({ done }) => done)).toEqual([true])
})

test('a group that cannot be moved keeps no call about another back', async () => {
  const first = await aBureau()
  const send = sender(first)
  await send('poison')
  await first.clock.advance(1)
  await send('fine')
  await first.keeper.stop()
  const { pass, faults } = anotherOn(refusingPoison(first.store), first.clock)
  await pass(11 * minute)
  const alerts = (await first.store.list(alertGroups, { limit: 10 })).map(({ value }) => value)
  const called = alerts.filter(({ escalations }) => escalations.some(({ done }) => done))
  expect(called).toHaveLength(1)
  expect(faults.length).toBeGreaterThan(0)
})

test('a watchdog that falls silent is said once, ends with its return, and can be said again', async () => {
  const { pass, intake, groups, store, faults } = await aBureau()
  await intake.take(dog())
  await pass(9 * minute)
  await intake.take(dog())
  await pass(9 * minute)
  expect(await groups()).toEqual([])
  await pass(2 * minute)
  expect(await groups()).toEqual(['readback firing'])
  await pass(5 * minute)
  await intake.take(dog())
  expect(await groups()).toEqual(['readback resolved'])
  await pass(11 * minute)
  expect(await groups()).toEqual(['readback firing'])
  expect((await store.list(alertGroups, { limit: 1 }))[0]?.value).toMatchObject({ reopened: 1, severity: 'critical' })
  expect(faults).toEqual([])
})

test('a watchdog that never came, or that says itself that it is over, is silent', async () => {
  const { pass, groups } = await aBureau()
  await pass(11 * minute)
  expect(await groups()).toEqual(['readback firing'])

  const other = await aBureau()
  await other.intake.take(dog())
  await other.intake.take(dog({ state: 'resolved' }))
  await other.pass(minute)
  expect(await other.groups()).toEqual(['readback firing'])
})

test('a watchdog of an earlier configuration is not waited for, and the one that is configured is', async () => {
  const { store, intake, pass, keeper, again } = await aBureau()
  await pass(0)
  await intake.take(dog())
  await keeper.stop()
  const [old] = await store.list(watchdogs, { limit: 1 })
  if (!old) throw new Error('no watchdog')
  const value = { ...old.value, labels: { alertname: 'OldDog' } }
  await store.commit([put(watchdogs, { id: old.id, value, expect: old.version })])
  const later = again()
  await later.pass(5 * minute)
  expect((await store.list(watchdogs, { limit: 10 })).map((one) => one.value.labels)).toEqual([
    { alertname: 'Watchdog' },
  ])
  await later.pass(6 * minute)
  expect(await later.groups()).toEqual(['readback firing'])
})

test('while the bot was away it could not hear the watchdog: that is no alarm at its return, but silence after that is', async () => {
  const { store, clock, intake } = await aBureau()
  await intake.take(dog())
  const away = createManualClock(began + 60 * minute)
  const { groups, pass } = anotherOn({ ...store, now: async () => away.now() }, away)
  await pass(9 * minute - 3 * lookMs)
  expect(await groups()).toEqual([])
  await pass(2 * minute)
  expect(await groups()).toEqual(['readback firing'])
  expect(clock.now()).toBe(began)
})

test('what has been over for thirty days is forgotten, and the next time is a new incident with another id', async () => {
  const { store, clock, intake } = await aBureau()
  const after = (days: number): Store => ({ ...store, now: async () => clock.now() + days * 24 * 60 * minute })
  await intake.take(says({}))
  const [first] = await store.list(alertGroups, { limit: 1 })
  await intake.take(says({ state: 'resolved' }))
  expect(await forgetResolved(after(29))).toBe(0)
  expect(await forgetResolved(after(31))).toBe(1)
  expect(await store.list(alertGroups, { limit: 1 })).toEqual([])
  await clock.advance(minute)
  await intake.take(says({ startsAt: began + minute }))
  const [second] = await store.list(alertGroups, { limit: 1 })
  expect(second?.value.state).toBe('firing')
  expect(second?.id).not.toBe(first?.id)
})

test('a group fires anew after long: a second incident, and the first stays as it was', async () => {
  const { store, clock, intake, heard } = await aBureau()
  await intake.take(says({}))
  await intake.take(says({ state: 'resolved' }))
  await clock.advance(45 * minute)
  await intake.take(says({ startsAt: began + 45 * minute }))
  const states = (await store.list(alertGroups, { limit: 10 }))
    .filter(({ value }) => value.source !== 'readback')
    .map(({ value }) => value.state)
  expect(states.toSorted()).toEqual(['firing', 'resolved'])
  expect(heard.filter((word) => word === 'opened').length).toBeGreaterThanOrEqual(2)
})

test('an amendment that meets another writer is made on what that one wrote', async () => {
  const { store, intake } = await aBureau()
  await intake.take(says({}))
  const ledger = createAlertLedger({ store, show: () => [] })
  const [group] = await ledger.open(1)
  if (!group) throw new Error('no group')
  await Promise.all(
    Array.from({ length: 5 }, () =>
      ledger.amend(group.value.id, (now) => ({ next: { ...now, reopened: now.reopened + 1 } })),
    ),
  )
  expect((await ledger.get(group.value.id))?.value.reopened).toBe(5)
})
