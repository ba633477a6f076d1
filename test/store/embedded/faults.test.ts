import { copyFileSync, mkdirSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { StoreFinding } from '../../../src/store/problems.ts'
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts'
import type { Collection, Store } from '../../../src/store/store.ts'
import { put } from '../../../src/store/store.ts'
import { createFaultyDisk } from '../../support/faulty-disk.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const texts: Collection<string> = { name: 'texts', parse: String }
const never = Number.MAX_SAFE_INTEGER

async function begin(folder: string, compactAt = never) {
  const findings: StoreFinding[] = []
  const disk = createFaultyDisk()
  const clock = createManualClock()
  const opened = await openEmbeddedStore({
    folder,
    clock,
    disk,
    compactAt,
    report: (finding) => findings.push(finding),
  })
  return { ...opened, reported: findings, disk, clock }
}

const write = (store: Store, id: string, value = id) => store.commit([put(texts, { id, value, expect: 'any' })])

const idsIn = async (store: Store) => (await store.list(texts, { limit: 1000 })).map(({ id }) => id)

describe('compaction', () => {
  test('a crash at any point of it loses and doubles nothing', async () => {
    const folder = temporaryFolder()
    const states: string[] = []
    const keep = () => {
      const copy = join(temporaryFolder(), 'copy')
      mkdirSync(copy)
      for (const file of readdirSync(folder)) {
        try {
          copyFileSync(join(folder, file), join(copy, file))
        } catch {
          // Deleted between listing and copying, as a crash would find it.
        }
      }
      for (const file of readdirSync(copy)) if (file.startsWith('lock')) rmSync(join(copy, file))
      states.push(copy)
    }
    const { store, reported } = await begin(folder, 400)
    const acknowledged: number[] = []
    for (let index = 0; index < 60; index += 1) {
      const committing = write(store, `id-${String(index).padStart(3, '0')}`)
      keep()
      await committing
      await Promise.resolve()
      acknowledged.push(index)
      keep()
    }
    await store.close()
    expect(reported).toEqual([])
    expect(readdirSync(folder)).toContain('snapshot.json')
    expect(states.some((state) => readdirSync(state).filter((file) => file.startsWith('journal-')).length > 1)).toBe(
      true,
    )
    for (const [index, state] of states.entries()) {
      const opened = await begin(state)
      const found = await opened.store.list(texts, { limit: 1000 })
      const sure = Math.ceil(index / 2)
      expect(found.length).toBeGreaterThanOrEqual(sure === 0 ? 0 : Math.floor(index / 2))
      expect(found.every(({ version }) => version === 1)).toBe(true)
      await opened.store.close()
    }
  })

  test('the folder stays small however often the same documents are written', async () => {
    const folder = temporaryFolder()
    const { store } = await begin(folder, 2_000)
    for (let index = 0; index < 500; index += 1) await write(store, `id-${index % 5}`, String(index))
    await store.close()
    expect(readdirSync(folder).filter((file) => file.startsWith('journal-'))).toHaveLength(1)
    const again = await begin(folder)
    expect((await again.store.get(texts, 'id-4'))?.version).toBe(100)
    await again.store.close()
  })

  test('that cannot write its snapshot is told, and the store goes on', async () => {
    const folder = temporaryFolder()
    const { store, reported } = await begin(folder, 300)
    mkdirSync(join(folder, 'snapshot.json.tmp', 'in the way'), { recursive: true })
    for (let index = 0; index < 20; index += 1) await write(store, `id-${index}`)
    await store.close()
    expect(reported).toContainEqual({
      code: 'store_compaction_failed',
      detail: expect.stringContaining('snapshot.json.tmp'),
    })
    const again = await begin(folder)
    expect(await idsIn(again.store)).toHaveLength(20)
    await again.store.close()
  })
})

describe('a disk that refuses', () => {
  test.each(['write', 'part', 'sync'] as const)(
    '%s: commits are rejected and change nothing; once it is well they go through',
    async (fault) => {
      const folder = temporaryFolder()
      const { store, disk } = await begin(folder)
      await write(store, 'a', 'before')
      disk.breakWith(fault)
      const both = await Promise.allSettled([write(store, 'a', 'lost'), write(store, 'b', 'lost')])
      for (const one of both)
        expect(one).toMatchObject({
          status: 'rejected',
          reason: { problem: { code: 'store_unwritable', file: 'journal-0.jsonl' } },
        })
      await expect(store.probe()).rejects.toMatchObject({ problem: { code: 'store_unwritable' } })
      expect(await store.get(texts, 'a')).toEqual({ id: 'a', version: 1, value: 'before' })
      expect(await store.get(texts, 'b')).toBeUndefined()
      disk.mend()
      await store.probe()
      expect(await write(store, 'a', 'after')).toEqual({ ok: true })
      await store.close()
      const again = await begin(folder)
      expect(again.findings).toEqual([])
      expect(await again.store.get(texts, 'a')).toEqual({ id: 'a', version: 2, value: 'after' })
      expect(await again.store.get(texts, 'b')).toBeUndefined()
      await again.store.close()
    },
  )

  test('nothing is visible before it is flushed', async () => {
    const { store, disk } = await begin(temporaryFolder())
    const release = disk.hold()
    const committing = write(store, 'a')
    await disk.reached()
    expect(await store.get(texts, 'a')).toBeUndefined()
    release()
    await committing
    expect(await store.get(texts, 'a')).toMatchObject({ version: 1 })
    await store.close()
  })

  test('a journal deleted or cut under a running store is noticed', async () => {
    const { store, ...rest } = await begin(temporaryFolder())
    await store.close()
    expect(rest.findings).toEqual([])
    for (const harm of [(path: string) => rmSync(path), (path: string) => truncateSync(path, 10)]) {
      const folder = temporaryFolder()
      const opened = await begin(folder)
      await write(opened.store, 'a')
      harm(join(folder, 'journal-0.jsonl'))
      await expect(opened.store.probe()).rejects.toMatchObject({ problem: { code: 'store_unwritable' } })
      await opened.store.close()
    }
  })

  test('many commits share a flush', async () => {
    const { store, disk } = await begin(temporaryFolder())
    const before = disk.flushes()
    await Promise.all(Array.from({ length: 500 }, (_, index) => write(store, `id-${index}`)))
    expect(disk.flushes() - before).toBeLessThanOrEqual(3)
    await store.close()
  })
})
