import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import type { AuditEntry } from '../../src/audit/audit.ts'
import { openFileTrail } from '../../src/audit/file-trail.ts'
import { openPostgresTrail } from '../../src/audit/postgres-trail.ts'
import type { FollowedTrail, TrailPlace } from '../../src/audit/record.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { createTestSchema, databaseUrl, notRun } from '../support/postgres.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const entry = (index: number, rest: Partial<AuditEntry> = {}): AuditEntry => ({
  what: 'command',
  who: 'T0CORP/U0ANN',
  details: { index },
  ...rest,
})

async function open(path = join(temporaryFolder(), 'audit.jsonl')) {
  const { trail } = await openFileTrail({ path, clock: createManualClock() })
  onTestFinished(() => trail.close())
  return { trail, path }
}

async function indexes(trail: FollowedTrail, from: TrailPlace, limit: number) {
  const { records, place } = await trail.after(from, limit)
  return { found: records.map(({ details }) => details?.['index']), place }
}

const start: TrailPlace = { seq: 0, byte: 0 }

async function piecesOf(trail: FollowedTrail) {
  const first = await indexes(trail, start, 3)
  const second = await indexes(trail, first.place, 3)
  const third = await indexes(trail, second.place, 3)
  const beyond = await indexes(trail, { seq: 99, byte: 0 }, 3)
  const end = await trail.end()
  return {
    pieces: [first.found, second.found, third.found, beyond.found],
    ends: [second, third, beyond].map(({ place }) => isDeepStrictEqual(place, end)),
  }
}

const inPieces = { pieces: [[0, 1, 2], [3, 4], [], []], ends: [true, true, true] }

test('whoever follows the trail gets each record once, in pieces, and knows where the next piece begins', async () => {
  const { trail } = await open()
  for (let index = 0; index < 5; index += 1) await trail.record(entry(index))
  expect(await piecesOf(trail)).toEqual(inPieces)
})

test.skipIf(databaseUrl === undefined)(`the trail in PostgreSQL is followed in the same way${notRun}`, async () => {
  const schema = createTestSchema(databaseUrl ?? '')
  onTestFinished(() => schema.end())
  const trail = await openPostgresTrail(await schema.open())
  for (let index = 0; index < 5; index += 1) await trail.record(entry(index))
  expect(await piecesOf(trail)).toEqual(inPieces)
})

test('a record longer than what is read at once comes whole', async () => {
  const { trail } = await open()
  await trail.record(entry(0, { target: 'x'.repeat(700_000) }))
  await trail.record(entry(1))
  const first = await indexes(trail, start, 1)
  expect(first.found).toEqual([0])
  expect((await indexes(trail, first.place, 5)).found).toEqual([1])
})

test('a trail put back from elsewhere is followed by its numbers, not by its bytes', async () => {
  const { trail, path } = await open()
  for (let index = 0; index < 6; index += 1) await trail.record(entry(index))
  const { place } = await indexes(trail, start, 3)
  await trail.close()
  const other = join(temporaryFolder(), 'audit.jsonl')
  writeFileSync(other, '')
  appendFileSync(other, readFileSync(path))
  const again = await open(other)
  expect((await indexes(again.trail, { seq: place.seq, byte: place.byte + 7 }, 6)).found).toEqual([3, 4, 5])
  expect((await indexes(again.trail, { seq: place.seq, byte: 1 }, 6)).found).toEqual([3, 4, 5])
})

test('records are found by clusters and by the parts of their target', async () => {
  const { trail } = await open()
  await trail.record(entry(0, { cluster: 'prod', target: 'shop/Deployment/web' }))
  await trail.record(entry(1, { cluster: 'test', target: 'shop/StatefulSet/db' }))
  await trail.record(entry(2, { cluster: 'qa', target: 'pay/Deployment/web' }))
  await trail.record(entry(3))
  const found = async (query: object) =>
    (await trail.recent({ limit: 9, ...query })).records.map(({ details }) => details?.['index'])
  expect(await found({ clusters: ['prod', 'test'] })).toEqual([1, 0])
  expect(await found({ namespace: 'shop' })).toEqual([1, 0])
  expect(await found({ name: 'web' })).toEqual([2, 0])
  expect(await found({ kind: 'StatefulSet', clusters: ['test'] })).toEqual([1])
})
