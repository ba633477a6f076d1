import { expect, test } from 'vitest'
import { ChannelId, TeamId, UserId } from '../../src/chat/identity.ts'
import type { ClusterAccess, LogHeed, LogLine, LogQuery } from '../../src/clusters/cluster.ts'
import { readPod } from '../../src/clusters/reading/pod.ts'
import type { Follow } from '../../src/logs/follow-record.ts'
import { createFollows } from '../../src/logs/follows.ts'
import type { LogFile } from '../../src/logs/file-text.ts'
import { stampAt } from '../../src/logs/line.ts'
import type { FollowView } from '../../src/logs/follow-view.ts'
import { aloneAs } from '../../src/store/presence.ts'
import type { Presence } from '../../src/store/presence.ts'
import type { Store } from '../../src/store/store.ts'
import { createMemoryStore } from '../chat/outbox/memory-store.ts'
import { aPod } from '../support/pod-builder.ts'
import { createFakeCluster } from '../support/fake-cluster.ts'
import { createManualClock } from '../support/manual-clock.ts'
import type { ManualClock } from '../support/manual-clock.ts'

const words = {
  head: ({ losses: { skipped } }: { readonly losses: { readonly skipped: number } }) => `${skipped} skipped in all`,
  skipped: (lines: number) => `${lines} skipped`,
  leftOut: () => 'left out',
  filtered: ({ grep = '' }: { readonly grep?: string | undefined }) => `filter ${grep}`,
  missed: () => 'missed',
}

const aFollow = (id: string, changes: Partial<Follow> = {}): Follow => ({
  id,
  by: { team: TeamId.parse('T0SHOP'), user: UserId.parse('U0ANN') },
  place: { channel: ChannelId.parse('C0SHOP'), kind: 'channel' },
  cluster: 'prod',
  what: 'shop/web',
  places: [{ namespace: 'shop', name: 'web' }],
  startedAt: 0,
  lastsMs: 600_000,
  filter: {},
  ...changes,
})

const query = { chosen: [{ namespace: 'shop', selector: 'app=web' }], container: undefined, since: undefined, tail: 10 }

/** A pod that says what the test lets it say. */
function aSpeaker() {
  const waiting: (() => void)[] = []
  const said: LogLine[] = []
  const asked: LogQuery[] = []
  const pods = [readPod(aPod({ name: 'web-1' }))]
  const untilAborted = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  const access: ClusterAccess = {
    ...createFakeCluster().access,
    watchPods: async function* (_, signal) {
      yield pods
      while (!signal.aborted) await untilAborted(signal)
    },
    logs: async function* (wanted: LogQuery, signal: AbortSignal, heed?: LogHeed) {
      asked.push(wanted)
      heed?.opened({ restarts: 0 })
      for (let at = 0; !signal.aborted; at += 1) {
        while (said.length <= at && !signal.aborted) await untilAborted(signal)
        const line = said[at]
        if (line) yield line
      }
    },
  }
  const say = (text: string, ms: number): void => {
    said.push({ stamp: stampAt(ms), text })
    for (const wake of waiting.splice(0)) wake()
  }
  return { access, say, asked }
}

function aHouse(
  clock: ManualClock,
  parts: { store?: Store; presence?: Presence; upload?: () => Promise<void>; mayGoOn?: () => boolean } = {},
) {
  const store = parts.store ?? createMemoryStore(clock)
  const views: FollowView[] = []
  const files: string[] = []
  const faults: unknown[] = []
  const follows = createFollows({
    store,
    clock,
    presence: parts.presence ?? aloneAs('p1'),
    show: (view) => {
      views.push(view)
      return []
    },
    words: () => words,
    upload: async (_: Follow, file: LogFile) => {
      await parts.upload?.()
      files.push(new TextDecoder().decode(file.content))
    },
    mayGoOn: () => Promise.resolve(parts.mayGoOn?.() ?? true),
    report: (error) => faults.push(error),
  })
  return { store, follows, views, files, faults, last: () => views.at(-1) }
}

test('twenty asked for at once by one person are three; a channel has five; both get free again', async () => {
  const clock = createManualClock()
  const { follows, store, faults } = aHouse(clock)
  const { access } = aSpeaker()
  const start = (id: string, user: string) =>
    follows.start(
      aFollow(id, { by: { team: TeamId.parse('T0SHOP'), user: UserId.parse(user) } }),
      { ...query, mask: (text) => text },
      access,
    )
  const asked = await Promise.all(Array.from({ length: 20 }, (_, at) => start(`a${at}`, 'U0ANN')))
  expect(asked.filter(({ ok }) => ok)).toHaveLength(3)
  expect(asked.find(({ ok }) => !ok)).toEqual({ ok: false, limit: 3 })
  const others = await Promise.all(Array.from({ length: 9 }, (_, at) => start(`b${at}`, `U0B${at}`)))
  expect(others.filter(({ ok }) => ok)).toHaveLength(2)
  expect(others.find(({ ok }) => !ok)).toEqual({ ok: false, limit: 5 })
  await clock.advance(600_000)
  expect(await start('c', 'U0ANN')).toMatchObject({ ok: true })
  await follows.close()
  expect(await store.list({ name: 'log-follow-seats', parse: String }, { limit: 100 })).toEqual([])
  expect(faults).toEqual([])
  expect(clock.pending()).toBe(0)
})

async function running(parts: { upload?: () => Promise<void>; mayGoOn?: () => boolean } = {}) {
  const clock = createManualClock()
  const house = aHouse(clock, parts)
  const speaker = aSpeaker()
  await house.follows.start(aFollow('f'), { ...query, mask: (text) => text.replace('s3cret', '••••') }, speaker.access)
  const say = (...lines: readonly string[]): void => lines.forEach((text) => speaker.say(text, clock.now()))
  return { ...house, clock, say, asked: speaker.asked, texts: () => house.last()?.rows.map(({ last }) => last.text) }
}

test('a window follows what is said, with rate and errors, and is not shown again where nothing changed', async () => {
  const { clock, say, texts, last, views, asked, follows } = await running()
  await clock.advance(1_500)
  expect(last()).toMatchObject({ pods: 1, rows: [], tally: { lines: 0 } })
  say('INFO a', 'ERROR s3cret', 'ERROR s3cret')
  await clock.advance(3_000)
  expect(texts()).toEqual(['INFO a', 'ERROR ••••'])
  expect(last()?.tally).toMatchObject({ lines: 3, errors: 2 })
  await clock.advance(60_000)
  const shown = views.length
  await clock.advance(60_000)
  expect(views).toHaveLength(shown)
  expect(views.filter(({ head }) => head === 'changed')).toHaveLength(2)
  expect(views.every(({ revision }, at) => revision === at + 1)).toBe(true)
  expect(asked).toEqual([expect.objectContaining({ pod: 'web-1', follow: true, tailLines: 10 })])
  await follows.close()
})

test('paused it stands still and goes on collecting; resumed it shows what came', async () => {
  const { clock, say, texts, last, follows, files } = await running()
  say('one')
  await clock.advance(3_000)
  await follows.wish('f', { kind: 'pause' })
  await clock.advance(1_500)
  expect(last()?.paused).toBe(true)
  say('two')
  await clock.advance(10_000)
  expect(texts()).toEqual(['one'])
  await follows.wish('f', { kind: 'resume' })
  await clock.advance(1_500)
  expect(texts()).toEqual(['one', 'two'])
  expect(last()?.paused).toBe(false)
  await follows.wish('f', { kind: 'file' })
  await clock.advance(1_500)
  expect(files).toEqual([expect.stringMatching(/web-1 \S+ one\n.*web-1 \S+ two\n$/s)])
  await follows.close()
})

test('a new filter counts from then on, and the file says where', async () => {
  const { clock, say, texts, last, follows, files } = await running()
  say('apple', 'pear')
  await clock.advance(3_000)
  await follows.wish('f', { kind: 'filter', filter: { grep: 'p.ar', exclude: undefined } })
  say('apple again', 'pear again')
  await clock.advance(3_000)
  expect(texts()).toEqual(['pear again'])
  expect(last()?.follow.filter).toEqual({ grep: 'p.ar' })
  await follows.wish('f', { kind: 'stop' })
  await clock.advance(1_500)
  expect(files[0]).toMatch(/pear\n# filter p\.ar\n.* pear again\n$/)
  expect(files[0]).not.toContain('apple again')
})

test('stopped it leaves a summary: lines, errors by kind with an example, first and last, and the text as a file', async () => {
  const { clock, say, last, follows, files, store, faults } = await running()
  say('ERROR order 1 failed', 'ERROR order 2 failed', 'INFO fine', 'ERROR other')
  await clock.advance(3_000)
  expect(await follows.wish('f', { kind: 'stop' })).toBe(true)
  await clock.advance(1_500)
  expect(last()).toMatchObject({
    ended: 'asked',
    file: 'sent',
    tally: { lines: 4, errors: 3 },
    errors: {
      groups: [
        { pattern: 'order * failed', count: 2, example: 'ERROR order 1 failed' },
        { pattern: 'other', count: 1 },
      ],
      others: 0,
    },
  })
  expect(files[0]?.split('\n').filter((line) => !line.startsWith('#'))).toHaveLength(5)
  expect(await follows.wish('f', { kind: 'stop' })).toBe(false)
  expect(await store.list({ name: 'log-follows', parse: String }, { limit: 9 })).toEqual([])
  expect(faults).toEqual([])
  expect(clock.pending()).toBe(0)
})

test('it ends by itself after its time, and a file that cannot be uploaded is said', async () => {
  const { clock, say, last, faults } = await running({ upload: () => Promise.reject(new Error('no room')) })
  say('a')
  await clock.advance(600_001)
  expect(last()).toMatchObject({ ended: 'time', file: 'failed', tally: { lines: 1 } })
  expect(faults).toHaveLength(1)
})

test('an upload that never ends does not keep a follow from its end', async () => {
  const { clock, say, last, follows } = await running({ upload: () => new Promise(() => {}) })
  say('a')
  await clock.advance(3_000)
  await follows.wish('f', { kind: 'stop' })
  await clock.advance(59_000)
  expect(last()?.ended).toBeUndefined()
  await clock.advance(2_000)
  expect(last()).toMatchObject({ ended: 'asked', file: 'failed' })
})

test('what a process left behind when it died is ended by another one, and its seats are free', async () => {
  const clock = createManualClock()
  const first = aHouse(clock, { presence: { id: 'p1', isAlive: async (id) => id === 'p1' } })
  const { access } = aSpeaker()
  const ask = { ...query, mask: (text: string) => text }
  for (const id of ['a', 'b', 'c']) await first.follows.start(aFollow(id), ask, access)
  const living = { id: 'p2', isAlive: async () => true }
  const dead = { id: 'p2', isAlive: async (id: string) => id === 'p2' }
  expect(await aHouse(clock, { store: first.store, presence: living }).follows.recover()).toBe(0)
  const second = aHouse(clock, { store: first.store, presence: dead })
  expect(await second.follows.recover()).toBe(3)
  expect(second.views.map(({ ended }) => ended)).toEqual(['restart', 'restart', 'restart'])
  expect(await second.follows.start(aFollow('d'), ask, access)).toMatchObject({ ok: true })
})

test('a pod that writes more than anybody can read costs bounded memory, and what was skipped is said in the window and in the file', async () => {
  const { clock, say, last, files, follows } = await running()
  for (let at = 0; at < 260_000; at += 1) say(`INFO seq=${at} ${'x'.repeat(100)}`)
  await clock.advance(30_000)
  const { losses, tally, rows } = last() ?? {}
  expect(rows?.length).toBeLessThanOrEqual(20)
  expect(losses?.skipped).toBeGreaterThan(0)
  expect((losses?.skipped ?? 0) + (tally?.lines ?? 0)).toBe(260_000)
  await follows.wish('f', { kind: 'stop' })
  await clock.advance(1_500)
  await follows.close()
  const [file = ''] = files
  // The place where they are missing may itself have been left out.
  expect(file).toMatch(new RegExp(`^# ${losses?.skipped} skipped in all`))
  expect(file.length).toBeLessThan(17 * 1_048_576)
  expect(file).toContain('# left out')
})

test('whoever loses the right to read while it runs is shown nothing more: it ends with a word, and without a file', async () => {
  let may = true
  const { clock, say, last, files, faults } = await running({ mayGoOn: () => may })
  say('before')
  await clock.advance(60_000)
  expect(last()).toMatchObject({ tally: { lines: 1 } })
  expect(last()?.ended).toBeUndefined()
  may = false
  await clock.advance(30_000)
  say('after')
  await clock.advance(3_000)
  expect(last()).toMatchObject({ ended: 'forbidden', tally: { lines: 1 } })
  expect(files).toEqual([])
  expect(faults).toEqual([])
  expect(clock.pending()).toBe(0)
})
