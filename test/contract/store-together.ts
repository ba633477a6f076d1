import { EventEmitter, once } from 'node:events'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Change, Collection, Commit, Store } from '../../src/store/store.ts'
import { check, put, remove } from '../../src/store/store.ts'
import { notes } from './store-harness.ts'
import type { Note, StoreHarness } from './store-harness.ts'
import { createOracle } from './store-oracle.ts'

function shown(found: readonly { readonly id: string; readonly version: number }[]): string[] {
  return found.map((one) => `${one.id} ${one.version}`)
}

/** Several callers and handles at once, listeners, and any sequence of commits against a plain map. */
export function storeTogether(name: string, begin: (() => Promise<StoreHarness>) | undefined): void {
  describe.skipIf(begin === undefined)(`store, many at once: ${name}`, () => {
    let harness: StoreHarness
    let store: Store
    beforeEach(async () => {
      if (begin === undefined) throw new Error('nothing to test')
      harness = await begin()
      store = harness.store
    })
    afterEach(() => harness.end())

    const write = async (collection: Collection<Note>, id: string, value: Note) => {
      expect(await store.commit([put(collection, { id, value, expect: 'any' })])).toEqual({ ok: true })
    }

    test('of a hundred who write the same version at once, through two handles, exactly one succeeds', async () => {
      const all = notes()
      await write(all, 'seat', { text: 'free' })
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          (index % 2 ? harness.other : store).commit([
            put(all, { id: 'seat', value: { text: String(index) }, expect: 1 }),
          ]),
        ),
      )
      const winners = answers.flatMap((answer, index) => (answer.ok ? [String(index)] : []))
      expect(winners).toHaveLength(1)
      expect(await store.get(all, 'seat')).toEqual({ id: 'seat', version: 2, value: { text: winners[0] } })
    })

    test('of two commits that each check what the other writes, at most one succeeds', async () => {
      for (let round = 0; round < 10; round += 1) {
        const all = notes()
        const [a, b] = await Promise.all([
          store.commit([check(all, 'a', 'absent'), put(all, { id: 'b', value: { text: '' }, expect: 'absent' })]),
          harness.other.commit([
            check(all, 'b', 'absent'),
            put(all, { id: 'a', value: { text: '' }, expect: 'absent' }),
          ]),
        ])
        expect([a.ok, b.ok].filter(Boolean)).toHaveLength(1)
      }
    })

    test('many writers on overlapping documents, through two handles, lose no write and never block one another for good', async () => {
      const all = notes()
      const ids = ['a', 'b', 'c', 'd']
      await store.commit(ids.map((id) => put(all, { id, value: { text: '0' }, expect: 'absent' })))
      const bump = async (handle: Store, from: number) => {
        const pair = [ids[from % 4] ?? 'a', ids[(from * 3 + 1) % 4] ?? 'b'].filter(
          (id, index, both) => both.indexOf(id) === index,
        )
        for (;;) {
          const read = await Promise.all(pair.map((id) => handle.get(all, id)))
          const changes = read.flatMap((found) =>
            found === undefined
              ? []
              : [
                  put(all, {
                    id: found.id,
                    value: { text: String(Number(found.value.text) + 1) },
                    expect: found.version,
                  }),
                ],
          )
          if ((await handle.commit(changes)).ok) return pair.length
        }
      }
      const bumped = await Promise.all(
        Array.from({ length: 40 }, (_, index) => bump(index % 2 ? harness.other : store, index)),
      )
      const sum = (await store.list(all, { limit: 10 })).reduce((total, { value }) => total + Number(value.text), 0)
      expect(sum).toBe(bumped.reduce((total, count) => total + count, 0))
    })

    test('a listener hears of commits from any handle until it stops listening, and of no other collection', async () => {
      const all = notes()
      const quiet = notes()
      let heard = 0
      let quietHeard = 0
      const events = new EventEmitter()
      const stop = harness.other.watch(all, () => {
        heard += 1
        events.emit('heard')
      })
      const stopQuiet = harness.other.watch(quiet, () => (quietHeard += 1))
      // A listener that is only now connecting hears of it when connected.
      for (let round = 0; round < 3; round += 1) {
        const heardOne = once(events, 'heard')
        await write(all, 'a', { text: String(round) })
        await heardOne
      }
      stop()
      const before = heard
      await write(all, 'a', { text: 'unheard' })
      await store.probe()
      expect(heard).toBe(before)
      expect(quietHeard).toBeLessThanOrEqual(1)
      stopQuiet()
    })

    test('a refused commit wakes nobody', async () => {
      const [all, fence] = [notes(), notes()]
      let heard = 0
      const events = new EventEmitter()
      const stops = [store.watch(all, () => (heard += 1)), store.watch(fence, () => events.emit('fence'))]
      // News come in the order of their commits. The first word may be that listening has begun, so the second one is waited for.
      const past = async (): Promise<void> => {
        for (let round = 0; round < 2; round += 1) {
          const passed = once(events, 'fence')
          await write(fence, 'here', { text: '' })
          await passed
        }
      }
      await write(all, 'a', { text: '' })
      await past()
      const before = heard
      expect(before).toBeGreaterThan(0)
      await store.commit([put(all, { id: 'a', value: { text: '' }, expect: 'absent' })])
      await past()
      expect(heard).toBe(before)
      for (const stop of stops) stop()
    })

    test('any sequence of commits leaves what a plain map would hold', async () => {
      const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
      const expected = fc.oneof(fc.constantFrom('absent' as const, 'any' as const), fc.integer({ min: 1, max: 4 }))
      const note = fc.record({
        text: fc.string({ maxLength: 5 }),
        keys: fc.array(fc.constantFrom('k', 'l', 'm'), { maxLength: 3 }),
        due: fc.option(fc.integer({ min: -5, max: 20 }), { nil: undefined }),
      })
      const change = fc.record({
        kind: fc.constantFrom('put' as const, 'put' as const, 'remove' as const, 'check' as const),
        id,
        expected,
        note,
      })
      const commits = fc.array(fc.uniqueArray(change, { selector: (one) => one.id, minLength: 1, maxLength: 3 }), {
        maxLength: 15,
      })
      await fc.assert(
        fc.asyncProperty(commits, fc.boolean(), async (sequence, atOnce) => {
          const all = notes()
          const built = sequence.map((changes) =>
            changes.map(({ kind, id, expected, note: { text, keys, due } }): Change => {
              if (kind === 'put')
                return put(all, { id, value: { text, keys, ...(due === undefined ? {} : { due }) }, expect: expected })
              if (kind === 'remove') return remove(all, id, expected === 'absent' ? 'any' : expected)
              return check(all, id, expected === 'any' ? 'absent' : expected)
            }),
          )
          const oracle = createOracle()
          const answers: Commit[] = []
          // Only the embedded store keeps the order of commits that are not awaited.
          if (atOnce && harness.other === store)
            answers.push(...(await Promise.all(built.map((one) => store.commit(one)))))
          else for (const one of built) answers.push(await store.commit(one))
          expect(answers).toEqual(built.map((one) => oracle.commit(one)))
          expect(shown(await store.list(all, { limit: 10 }))).toEqual(oracle.list(undefined))
          for (const key of ['k', 'l', 'm'])
            expect(shown(await store.list(all, { key, limit: 10 }))).toEqual(oracle.list(key))
          expect(shown(await store.due(all, { at: 10, limit: 10 }))).toEqual(oracle.due(10))
        }),
        { numRuns: 60 },
      )
    })
  })
}
