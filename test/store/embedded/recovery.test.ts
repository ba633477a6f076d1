import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StoreFinding } from '../../../src/store/problems.ts'
import { StoreError } from '../../../src/store/problems.ts'
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

/** A folder with one journal of these documents, a flush each. */
async function written(ids: readonly string[]): Promise<{ readonly folder: string; readonly journal: string }> {
  const folder = temporaryFolder()
  const { store } = await begin(folder)
  for (const id of ids) await write(store, id)
  await store.close()
  return { folder, journal: join(folder, 'journal-0.jsonl') }
}

const idsIn = async (store: Store) => (await store.list(texts, { limit: 1000 })).map(({ id }) => id)

describe('a torn end of the journal', () => {
  test('at whatever byte a crash stopped it, what was flushed before is kept, the rest is cut and told', async () => {
    const { folder, journal } = await written(['a', 'b', 'c'])
    const whole = readFileSync(journal)
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1
    for (let size = lastLine; size <= whole.length; size += 1) {
      writeFileSync(journal, whole.subarray(0, size))
      const { store, findings } = await begin(folder)
      expect(await idsIn(store)).toEqual(size === whole.length ? ['a', 'b', 'c'] : ['a', 'b'])
      const torn = size > lastLine && size < whole.length
      expect(findings).toEqual(
        torn ? [{ code: 'store_torn_tail', file: 'journal-0.jsonl', at: lastLine, bytes: size - lastLine }] : [],
      )
      await write(store, 'd')
      await store.close()
      const again = await begin(folder)
      expect(again.findings).toEqual([])
      expect(await idsIn(again.store)).toContain('d')
      await again.store.close()
    }
  })

  test('blocks that never reached the disk are cut as well', async () => {
    const { folder, journal } = await written(['a', 'b'])
    const whole = readFileSync(journal)
    whole.fill(0, whole.length - 20, whole.length - 1)
    writeFileSync(journal, whole)
    const { store, findings } = await begin(folder)
    expect(findings).toMatchObject([{ code: 'store_torn_tail' }])
    expect(await idsIn(store)).toEqual(['a'])
    await store.close()
  })
})

/** What opening is refused with, twice: the lock was let go, and the first try changed nothing. */
async function refusal(folder: string): Promise<object> {
  const before = new Map(
    readdirSync(folder)
      .filter((file) => !file.startsWith('lock'))
      .map((file) => [file, readFileSync(join(folder, file), 'latin1')]),
  )
  const [first, second] = [await begin(folder).catch(problemOf), await begin(folder).catch(problemOf)]
  expect(second).toEqual(first)
  const after = [...before.keys()].map((file) => [file, readFileSync(join(folder, file), 'latin1')] as const)
  expect(new Map(after)).toEqual(before)
  return first
}

function problemOf(error: unknown): object {
  return error instanceof StoreError ? error.problem : { error }
}

describe('damage that no crash explains is refused, named and kept as it is', () => {
  test('any flipped bit in any whole line of the journal', async () => {
    const { folder, journal } = await written(['a', 'b', 'c'])
    const whole = readFileSync(journal)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.length - 2 }),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const damaged = Buffer.from(whole)
          damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << bit), at)
          fc.pre(damaged[at] !== 0)
          writeFileSync(journal, damaged)
          await expect(begin(folder)).rejects.toMatchObject({
            problem: { code: expect.stringMatching(/^store_(corrupt|alien|newer)$/) },
          })
          expect(readFileSync(journal).equals(damaged)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a journal with a line missing or two lines swapped', async () => {
    const { folder, journal } = await written(['a', 'b', 'c'])
    const [header = '', a = '', b = '', c = ''] = readFileSync(journal, 'utf8').split('\n')
    for (const lines of [
      [header, b, c],
      [header, b, a, c],
      [header, a, a, b, c],
    ]) {
      writeFileSync(journal, `${lines.join('\n')}\n`)
      expect(await refusal(folder)).toMatchObject({
        code: 'store_corrupt',
        file: 'journal-0.jsonl',
        where: expect.stringMatching(/^line [23]/),
      })
    }
  })

  test('a journal of somebody else, an empty one, a newer one', async () => {
    const { folder, journal } = await written(['a'])
    const whole = readFileSync(journal, 'utf8')
    writeFileSync(journal, '{"hello":"world"}\n')
    expect(await refusal(folder)).toMatchObject({ code: 'store_alien', file: 'journal-0.jsonl' })
    writeFileSync(journal, '')
    expect(await refusal(folder)).toMatchObject({ code: 'store_corrupt', file: 'journal-0.jsonl' })
    writeFileSync(journal, whole.replace('"version":1', '"version":7'))
    expect(await refusal(folder)).toMatchObject({ code: 'store_newer', file: 'journal-0.jsonl', found: 7, known: 1 })
  })

  test('a snapshot that is damaged, cut short, alien, newer or gone', async () => {
    const folder = temporaryFolder()
    const { store } = await begin(folder, 1)
    for (const id of ['a', 'b', 'c']) await write(store, id)
    await store.close()
    const file = join(folder, 'snapshot.json')
    const whole = readFileSync(file, 'utf8')
    expect(() => JSON.parse(whole)).not.toThrow()
    for (const damaged of [
      '',
      whole.slice(0, -1),
      whole.slice(0, whole.length / 2),
      whole.replace('"a"', '"x"'),
      whole.replace(/\n,?\[.*\n/, '\n'),
    ]) {
      writeFileSync(file, damaged)
      expect(await refusal(folder)).toMatchObject({ code: 'store_corrupt', file: 'snapshot.json' })
    }
    writeFileSync(file, '{"operations":[]}')
    expect(await refusal(folder)).toMatchObject({ code: 'store_alien', file: 'snapshot.json' })
    writeFileSync(file, whole.replace('"version":1', '"version":2'))
    expect(await refusal(folder)).toMatchObject({ code: 'store_newer', file: 'snapshot.json', found: 2, known: 1 })
    rmSync(file)
    expect(await refusal(folder)).toMatchObject({ code: 'store_corrupt', where: 'missing' })
  })

  test('a journal that is gone', async () => {
    const folder = temporaryFolder()
    const { store } = await begin(folder, 1)
    await write(store, 'a')
    await store.close()
    for (const file of readdirSync(folder)) if (file.startsWith('journal-')) rmSync(join(folder, file))
    await expect(begin(folder)).rejects.toMatchObject({ problem: { code: 'store_corrupt', where: 'missing' } })
  })
})
