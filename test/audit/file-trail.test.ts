import { hash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AuditEntry } from '../../src/audit/audit.ts'
import { openFileTrail } from '../../src/audit/file-trail.ts'
import { verifyChain } from '../../src/audit/verify.ts'
import { createFaultyDisk } from '../support/faulty-disk.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const entry = (what: string, rest: Partial<AuditEntry> = {}): AuditEntry => ({ what, who: 'T0CORP/U0ANN', ...rest })

async function begin(path = join(temporaryFolder(), 'audit.jsonl')) {
  const clock = createManualClock()
  const disk = createFaultyDisk()
  const { trail, cut } = await openFileTrail({ path, clock, disk })
  return { path, clock, disk, trail, cut }
}

const linesOf = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n')

test('a record is one JSON line that ends in prev and hash, the hash being the SHA-256 of the bytes before it', async () => {
  const { trail, path } = await begin()
  await trail.record(entry('command', { cluster: 'prod', details: { text: '重启 "web",\n"hash":"x"' } }))
  await trail.record(entry('decision'))
  await trail.close()
  const [first = '', second = ''] = linesOf(path)
  for (const line of [first, second]) expect(line).toMatch(/,"prev":"[0-9a-f]{64}","hash":"[0-9a-f]{64}"\}$/)
  expect(JSON.parse(first)).toMatchObject({
    seq: 1,
    time: '2026-01-01T00:00:00.000Z',
    what: 'command',
    who: 'T0CORP/U0ANN',
    cluster: 'prod',
    details: { text: '重启 "web",\n"hash":"x"' },
    prev: '0'.repeat(64),
    hash: hash('sha256', first.slice(0, first.lastIndexOf(',"hash"')), 'hex'),
  })
  expect(JSON.parse(second)).toMatchObject({ seq: 2, prev: JSON.parse(first).hash })
})

test('the answer to a record is its number and hash, and the trail goes on from there after opening again', async () => {
  const { trail, path } = await begin()
  await trail.record(entry('a'))
  const head = await trail.record(entry('b'))
  expect(head.count).toBe(2)
  await trail.close()
  const again = await begin(path)
  expect(again.trail.head()).toEqual(head)
  expect((await again.trail.record(entry('c'))).count).toBe(3)
  await again.trail.close()
  expect(await verifyChain(again.trail.read(), head)).toMatchObject({ ok: true, head: { count: 3 } })
})

test('a hundred writers share a few flushes', async () => {
  const { trail, disk } = await begin()
  const writer = async () => {
    for (let round = 0; round < 10; round += 1) await trail.record(entry('tick'))
  }
  await Promise.all(Array.from({ length: 100 }, writer))
  expect(trail.head().count).toBe(1000)
  expect(disk.flushes()).toBeLessThanOrEqual(20)
  await trail.close()
  expect(await verifyChain(trail.read())).toMatchObject({ ok: true })
})

test('a record answers only after its flush', async () => {
  const { trail, disk } = await begin()
  const release = disk.hold()
  let answered = false
  const recorded = trail.record(entry('intent')).then(() => (answered = true))
  await disk.reached()
  expect(answered).toBe(false)
  release()
  await recorded
  expect(answered).toBe(true)
  await trail.close()
})

test.each(['write', 'part', 'sync'] as const)(
  'while the disk refuses (%s) every record is an AuditError; afterwards the chain goes on unbroken',
  async (fault) => {
    const { trail, disk } = await begin()
    const head = await trail.record(entry('before'))
    disk.breakWith(fault)
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(trail.record(entry('lost'))).rejects.toMatchObject({
        name: 'AuditError',
        problem: { code: 'audit_unwritable' },
      })
    }
    expect(trail.head()).toEqual(head)
    disk.mend()
    expect((await trail.record(entry('after'))).count).toBe(2)
    await trail.close()
    expect(await verifyChain(trail.read())).toMatchObject({ ok: true, head: { count: 2 } })
  },
)

test('a trail that was deleted or written by somebody else under a running bot takes no more records', async () => {
  const deleted = await begin()
  await deleted.trail.record(entry('a'))
  rmSync(deleted.path)
  await expect(deleted.trail.record(entry('b'))).rejects.toMatchObject({ problem: { code: 'audit_unwritable' } })
  expect(existsSync(deleted.path)).toBe(false)
  const written = await begin()
  await written.trail.record(entry('a'))
  appendFileSync(written.path, 'x')
  await expect(written.trail.record(entry('b'))).rejects.toMatchObject({ problem: { code: 'audit_unwritable' } })
  await expect(written.trail.record(entry('b'))).rejects.toMatchObject({ problem: { code: 'audit_unwritable' } })
  expect(readFileSync(written.path, 'utf8').endsWith('\nx')).toBe(true)
})

test.each([
  ['half a line', (text: string) => `${text}{"seq":4,"time":"20`],
  ['a line without its newline', (text: string) => text.slice(0, -1)],
  ['blocks that never reached the disk', (text: string) => `${text.slice(0, -200)}${'\0'.repeat(199)}\n`],
])('a torn end (%s) is cut at start, and the trail says so itself', async (_, tear) => {
  const { trail, path } = await begin()
  for (const what of ['a', 'b', 'c']) await trail.record(entry(what))
  await trail.close()
  writeFileSync(path, tear(readFileSync(path, 'utf8')))
  const again = await begin(path)
  expect(again.cut).toBeGreaterThan(0)
  await again.trail.close()
  const [record] = (await again.trail.recent({ limit: 1 })).records
  expect(record).toMatchObject({ what: 'repair', who: 'readback', details: { cut: again.cut } })
  expect(await verifyChain(again.trail.read())).toMatchObject({ ok: true })
})

test('an end that was altered is never cut: opening is refused and the file stays as it is', async () => {
  const { trail, path } = await begin()
  for (const what of ['a', 'b']) await trail.record(entry(what))
  await trail.close()
  const altered = readFileSync(path, 'utf8').replace('"what":"b"', '"what":"x"')
  writeFileSync(path, altered)
  await expect(begin(path)).rejects.toMatchObject({ problem: { code: 'audit_broken', why: 'hash' } })
  expect(readFileSync(path, 'utf8')).toBe(altered)
  writeFileSync(path, 'not ours\n')
  await expect(begin(path)).rejects.toMatchObject({ problem: { code: 'audit_broken', why: 'not-a-record' } })
})

test('recent records come newest first, filtered and bounded, across many blocks of the file', async () => {
  const { trail, clock } = await begin()
  for (let index = 0; index < 1500; index += 1) {
    const who = index % 3 ? 'T0CORP/U0ANN' : 'T0CORP/U0BO'
    const done = trail.record({
      what: 'command',
      who,
      cluster: index % 2 ? 'prod' : 'test',
      action: index % 5 ? 'status' : 'deploy',
      details: { index, text: '回'.repeat(index % 90) },
    })
    await Promise.all([done, clock.advance(60_000)])
  }
  const indexes = async (query: Parameters<typeof trail.recent>[0]) => {
    const { records, complete } = await trail.recent(query)
    return { complete, found: records.map(({ details }) => details?.['index']) }
  }
  expect(await indexes({ limit: 3 })).toEqual({ complete: false, found: [1499, 1498, 1497] })
  expect(await indexes({ limit: 3, who: 'T0CORP/U0BO', cluster: 'prod', action: 'deploy' })).toEqual({
    complete: false,
    found: [1485, 1455, 1425],
  })
  const start = Date.UTC(2026, 0, 1)
  expect(await indexes({ limit: 10, since: start + 1498 * 60_000 })).toEqual({ complete: true, found: [1499, 1498] })
  expect(await indexes({ limit: 10, until: start + 60_000 })).toEqual({ complete: true, found: [1, 0] })
  expect((await trail.recent({ limit: 5000 })).records).toHaveLength(1500)
  await trail.close()
})

test('after closing nothing is recorded', async () => {
  const { trail } = await begin()
  await trail.close()
  await expect(trail.record(entry('late'))).rejects.toMatchObject({ problem: { code: 'audit_closed' } })
})
