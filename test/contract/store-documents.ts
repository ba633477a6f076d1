import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Collection, Store } from '../../src/store/store.ts'
import { check, put, remove } from '../../src/store/store.ts'
import { conflict, notes } from './store-harness.ts'
import type { Note, StoreHarness } from './store-harness.ts'

/** Reading, listing and conditional writing, one caller at a time. */
export function storeDocuments(name: string, begin: (() => Promise<StoreHarness>) | undefined): void {
  describe.skipIf(begin === undefined)(`store: ${name}`, () => {
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

    test('a document is there after its commit, and its version rises by one with each write', async () => {
      const all = notes()
      expect(await store.get(all, 'a')).toBeUndefined()
      await write(all, 'a', { text: 'one' })
      expect(await store.get(all, 'a')).toEqual({ id: 'a', version: 1, value: { text: 'one' } })
      await write(all, 'a', { text: 'two' })
      expect(await store.get(all, 'a')).toEqual({ id: 'a', version: 2, value: { text: 'two' } })
    })

    test('a write that expects another version changes nothing and names the document', async () => {
      const all = notes()
      await write(all, 'a', { text: 'one' })
      for (const expected of ['absent', 2, 7] as const) {
        expect(await store.commit([put(all, { id: 'a', value: { text: 'x' }, expect: expected })])).toEqual(
          conflict(all, 'a'),
        )
      }
      expect(await store.commit([put(all, { id: 'b', value: { text: 'x' }, expect: 1 })])).toEqual(conflict(all, 'b'))
      expect(await store.get(all, 'a')).toEqual({ id: 'a', version: 1, value: { text: 'one' } })
      expect(await store.get(all, 'b')).toBeUndefined()
    })

    test('of several changes all happen or none', async () => {
      const all = notes()
      await write(all, 'c', { text: 'there' })
      const changes = [
        put(all, { id: 'a', value: { text: 'a' }, expect: 'absent' }),
        put(all, { id: 'b', value: { text: 'b' }, expect: 'absent' }),
        put(all, { id: 'c', value: { text: 'c' }, expect: 'absent' }),
      ]
      expect(await store.commit(changes)).toEqual(conflict(all, 'c'))
      expect(await store.list(all, { limit: 10 })).toHaveLength(1)
      expect(await store.commit(changes.slice(0, 2))).toEqual({ ok: true })
      expect(await store.list(all, { limit: 10 })).toHaveLength(3)
    })

    test('a check holds a commit to a version that it does not write', async () => {
      const all = notes()
      await write(all, 'lock', { text: 'mine' })
      const rest = put(all, { id: 'a', value: { text: 'a' }, expect: 'any' })
      expect(await store.commit([check(all, 'lock', 2), rest])).toEqual(conflict(all, 'lock'))
      expect(await store.commit([check(all, 'lock', 'absent'), rest])).toEqual(conflict(all, 'lock'))
      expect(await store.commit([check(all, 'nothing', 1), rest])).toEqual(conflict(all, 'nothing'))
      expect(await store.get(all, 'a')).toBeUndefined()
      expect(await store.commit([check(all, 'lock', 1), check(all, 'nothing', 'absent'), rest])).toEqual({ ok: true })
      expect((await store.get(all, 'lock'))?.version).toBe(1)
    })

    test('a removed document is gone from every list, and may come again', async () => {
      const all = notes()
      await write(all, 'a', { text: 'a', keys: ['k'], due: 5 })
      expect(await store.commit([remove(all, 'a', 3)])).toEqual(conflict(all, 'a'))
      expect(await store.commit([remove(all, 'a', 1)])).toEqual({ ok: true })
      expect(await store.get(all, 'a')).toBeUndefined()
      expect(await store.list(all, { limit: 5 })).toEqual([])
      expect(await store.list(all, { key: 'k', limit: 5 })).toEqual([])
      expect(await store.nextDue(all)).toBeUndefined()
      expect(await store.commit([remove(all, 'a', 'any')])).toEqual({ ok: true })
      expect(await store.commit([remove(all, 'a', 1)])).toEqual(conflict(all, 'a'))
      expect(await store.commit([put(all, { id: 'a', value: { text: 'again' }, expect: 'absent' })])).toEqual({
        ok: true,
      })
      expect((await store.get(all, 'a'))?.version).toBe(1)
    })

    test('past its deadline by the store clock a whole commit is refused, whatever else it would be refused for', async () => {
      const all = notes()
      await write(all, 'a', { text: 'a' })
      const now = await store.now()
      const late = put(all, { id: 'b', value: { text: 'b' }, expect: 'absent', notAfter: now - 1 })
      expect(await store.commit([put(all, { id: 'a', value: { text: 'x' }, expect: 'absent' }), late])).toEqual({
        ok: false,
        reason: 'too_late',
        collection: all.name,
        id: 'b',
      })
      expect(await store.get(all, 'b')).toBeUndefined()
      expect(await store.commit([{ ...late, notAfter: now + 60_000 }])).toEqual({ ok: true })
    })

    test('documents are listed by id, by key, page after page', async () => {
      const all = notes()
      const ids = Array.from({ length: 25 }, (_, index) => `id-${String(index).padStart(2, '0')}`)
      await store.commit(
        ids
          .toReversed()
          .map((id, index) =>
            put(all, { id, value: { text: id, keys: index % 2 ? ['odd', 'all'] : ['all'] }, expect: 'absent' }),
          ),
      )
      const page = async (key: string | undefined, after: string | undefined, limit: number) =>
        (
          await store.list(all, {
            limit,
            ...(key === undefined ? {} : { key }),
            ...(after === undefined ? {} : { after }),
          })
        ).map(({ id }) => id)
      expect(await page(undefined, undefined, 100)).toEqual(ids)
      expect(await page('all', undefined, 10)).toEqual(ids.slice(0, 10))
      expect(await page('all', 'id-09', 10)).toEqual(ids.slice(10, 20))
      expect(await page('odd', 'id-10', 3)).toEqual(['id-11', 'id-13', 'id-15'])
      expect(await page(undefined, 'id-105', 2)).toEqual(['id-11', 'id-12'])
      expect(await page('none', undefined, 5)).toEqual([])
      expect(await page(undefined, undefined, 0)).toEqual([])
    })

    test('a write moves a document from its old keys to its new ones', async () => {
      const all = notes()
      await write(all, 'a', { text: 'a', keys: ['waiting', 'both', 'both'] })
      await write(all, 'a', { text: 'a', keys: ['done', 'both'] })
      expect(await store.list(all, { key: 'waiting', limit: 5 })).toEqual([])
      expect(await store.list(all, { key: 'done', limit: 5 })).toHaveLength(1)
      expect(await store.list(all, { key: 'both', limit: 5 })).toHaveLength(1)
    })

    test('what is due comes earliest first, and the next due time is known', async () => {
      const all = notes()
      const due = async (at: number, limit = 10) => (await store.due(all, { at, limit })).map(({ id }) => id)
      await store.commit([
        put(all, { id: 'late', value: { text: '', due: 300 }, expect: 'any' }),
        put(all, { id: 'never', value: { text: '' }, expect: 'any' }),
        put(all, { id: 'early', value: { text: '', due: 100.5 }, expect: 'any' }),
        put(all, { id: 'also-early', value: { text: '', due: 100.5 }, expect: 'any' }),
      ])
      expect(await store.nextDue(all)).toBe(100.5)
      expect(await due(100)).toEqual([])
      expect(await due(300)).toEqual(['also-early', 'early', 'late'])
      expect(await due(299)).toEqual(['also-early', 'early'])
      expect(await due(300, 1)).toEqual(['also-early'])
      await write(all, 'early', { text: '', due: 400 })
      await write(all, 'also-early', { text: '' })
      expect(await due(400)).toEqual(['late', 'early'])
      expect(await store.nextDue(all)).toBe(300)
    })

    test('collections do not see one another', async () => {
      const [one, two] = [notes(), notes()]
      await write(one, 'a', { text: 'one', keys: ['k'], due: 1 })
      expect(await store.get(two, 'a')).toBeUndefined()
      expect(await store.list(two, { key: 'k', limit: 5 })).toEqual([])
      expect(await store.due(two, { at: 10, limit: 5 })).toEqual([])
      expect(await store.nextDue(two)).toBeUndefined()
    })

    test('whoever alters a value that was read or written alters nothing stored', async () => {
      const open: Collection<{ tags: string[] }> = {
        name: `open-${randomUUID()}`,
        parse: (raw) => z.object({ tags: z.array(z.string()) }).parse(raw),
      }
      const value = { tags: ['a'] }
      await store.commit([put(open, { id: 'x', value, expect: 'any' })])
      value.tags.push('b')
      const read = await store.get(open, 'x')
      read?.value.tags.push('c')
      expect((await store.get(open, 'x'))?.value).toEqual({ tags: ['a'] })
    })

    test('any text survives: other scripts, quotes, line ends, zero characters, prototype names', async () => {
      const any: Collection<unknown> = { name: `any-${randomUUID()}`, parse: (raw) => raw }
      const value: unknown = JSON.parse(
        '{"__proto__":{"a":1},"zero":"\\u0000","lone":"\\ud800","text":"滚动更新 \\"x\\"\\r\\n\\u2028 🚀","10":1,"b":[null,true,1e-7]}',
      )
      await store.commit([put(any, { id: '运维/web "x"', value, expect: 'absent' })])
      store = await harness.reopen()
      expect(JSON.stringify((await store.get(any, '运维/web "x"'))?.value)).toBe(JSON.stringify(value))
    })

    test('a document of a shape that the collection does not know is an error that names it', async () => {
      const all = notes()
      await store.commit([
        put({ name: all.name, parse: (raw) => raw }, { id: 'odd', value: { surprise: 1 }, expect: 'any' }),
      ])
      await expect(store.get(all, 'odd')).rejects.toMatchObject({
        problem: { code: 'store_bad_document', collection: all.name, id: 'odd' },
      })
      await expect(store.list(all, { limit: 3 })).rejects.toMatchObject({ problem: { code: 'store_bad_document' } })
    })

    test('one commit cannot name a document twice, nor put nothing', async () => {
      const all = notes()
      const twice = [check(all, 'a', 'absent'), put(all, { id: 'a', value: { text: '' }, expect: 'any' })]
      await expect(store.commit(twice)).rejects.toMatchObject({
        problem: { code: 'store_bad_commit', id: 'a', why: 'twice' },
      })
      const nothing = put<unknown>(
        { name: all.name, parse: (raw) => raw },
        { id: 'b', value: undefined, expect: 'any' },
      )
      await expect(store.commit([nothing])).rejects.toMatchObject({
        problem: { code: 'store_bad_commit', id: 'b', why: 'no-value' },
      })
    })

    test('everything is there after closing and opening again', async () => {
      const all = notes()
      await write(all, 'a', { text: 'one', keys: ['k'], due: 7 })
      await write(all, 'a', { text: 'two', keys: ['k', 'l'], due: 8 })
      await write(all, 'b', { text: 'gone' })
      await store.commit([remove(all, 'b', 'any')])
      store = await harness.reopen()
      expect(await store.get(all, 'a')).toEqual({
        id: 'a',
        version: 2,
        value: { text: 'two', keys: ['k', 'l'], due: 8 },
      })
      expect(await store.get(all, 'b')).toBeUndefined()
      expect(await store.list(all, { key: 'l', limit: 3 })).toHaveLength(1)
      expect(await store.nextDue(all)).toBe(8)
    })

    test('the store says that it can be written, and says nothing more once closed', async () => {
      await store.probe()
      expect(await store.commit([])).toEqual({ ok: true })
      await store.close()
      await store.close()
      await expect(store.get(notes(), 'a')).rejects.toMatchObject({ problem: { code: 'store_closed' } })
      await expect(store.commit([])).rejects.toMatchObject({ problem: { code: 'store_closed' } })
      await expect(store.probe()).rejects.toMatchObject({ problem: { code: 'store_closed' } })
    })
  })
}
