import { describe, expect, onTestFinished, test } from 'vitest'
import type { AuditHead } from '../../src/audit/audit.ts'
import type { PostgresTrail } from '../../src/audit/postgres-trail.ts'
import { openPostgresTrail } from '../../src/audit/postgres-trail.ts'
import { verifyChain } from '../../src/audit/verify.ts'
import { createTestSchema, databaseUrl, notRun } from '../support/postgres.ts'

const url = databaseUrl ?? ''

function begin(address: string) {
  const schema = createTestSchema(address)
  onTestFinished(() => schema.end())
  return schema
}

async function recordOn(trail: PostgresTrail | undefined, index: number): Promise<AuditHead | undefined> {
  return trail?.record({ what: 'command', who: 'readback', details: { index } })
}

describe.skipIf(databaseUrl === undefined)(`audit trail in PostgreSQL${notRun}`, () => {
  test('replicas that record at once make one chain without gaps, and every record answers its own link', async () => {
    const schema = begin(url)
    const trails = await Promise.all([0, 1, 2].map(async () => openPostgresTrail(await schema.open())))
    const heads = await Promise.all(Array.from({ length: 300 }, (_, index) => recordOn(trails[index % 3], index)))
    expect(new Set(heads.map((head) => head?.count)).size).toBe(300)
    const [trail] = trails
    if (trail === undefined) throw new Error('no trail')
    const last = heads.reduce((highest, head) =>
      head !== undefined && head.count > (highest?.count ?? 0) ? head : highest,
    )
    expect(await trail.head()).toEqual(last)
    expect(await verifyChain(trail.read(), last)).toEqual({ ok: true, head: last })
    expect(await verifyChain(trail.read(), heads[17])).toMatchObject({ ok: true })
  })

  test('a record under a key stands there once, whichever replicas write it and however often', async () => {
    const schema = begin(url)
    const trails = await Promise.all([0, 1, 2].map(async () => openPostgresTrail(await schema.open())))
    const outcome = { what: 'outcome', who: 'readback', operation: '7F3K' } as const
    const writing = trails.flatMap((trail) => [
      trail.record(outcome, '7F3K/5'),
      trail.record({ what: 'command', who: 'readback' }),
      trail.record(outcome, '7F3K/5'),
    ])
    await Promise.all(writing)
    const [trail] = trails
    if (!trail) throw new Error('no trail')
    const { records } = await trail.recent({ limit: 50 })
    expect(records.filter(({ what }) => what === 'outcome')).toHaveLength(1)
    expect(records).toHaveLength(4)
    expect(await verifyChain(trail.read(), await trail.head())).toMatchObject({ ok: true })
  })

  test('recent records come newest first, filtered and limited', async () => {
    const trail = await openPostgresTrail(await begin(url).open())
    for (let index = 0; index < 12; index += 1) {
      await trail.record({
        what: 'command',
        who: index % 2 ? 'T0/U0ANN' : 'T0/U0BO',
        cluster: 'prod',
        action: index % 3 ? 'status' : 'deploy',
        operation: `OP${index}`,
        details: { index },
      })
    }
    const indexes = async (query: Parameters<typeof trail.recent>[0]) => {
      const { records, complete } = await trail.recent(query)
      return { complete, found: records.map(({ details }) => details?.['index']) }
    }
    expect(await indexes({ limit: 2 })).toEqual({ complete: false, found: [11, 10] })
    expect(await indexes({ limit: 5, who: 'T0/U0ANN', action: 'deploy' })).toEqual({ complete: true, found: [9, 3] })
    expect(await indexes({ limit: 5, operation: 'OP7' })).toEqual({ complete: true, found: [7] })
    expect(await indexes({ limit: 5, since: Date.now() + 60_000 })).toEqual({ complete: true, found: [] })
    expect(
      await indexes({ limit: 20, since: Date.now() - 60_000, until: Date.now() + 60_000, cluster: 'prod' }),
    ).toMatchObject({ complete: true })
  })

  test('rows cannot be altered or deleted by ordinary means, and what was altered all the same is found', async () => {
    const schema = begin(url)
    const database = await schema.open()
    const trail = await openPostgresTrail(database)
    for (const what of ['a', 'b', 'c']) await trail.record({ what, who: 'readback' })
    await expect(database.query('delete from audit_records')).rejects.toThrow('append-only')
    await expect(database.query(`update audit_records set who = 'x'`)).rejects.toThrow('append-only')
    await expect(database.query('truncate audit_records')).rejects.toThrow('append-only')
    await database.query('alter table audit_records disable trigger append_only')
    await database.query(`update audit_records set line = replace(line, '"what":"b"', '"what":"x"') where seq = 2`)
    expect(await verifyChain(trail.read())).toMatchObject({ ok: false, line: 2, why: 'hash' })
    await database.query('delete from audit_records where seq = 3')
    await expect(openPostgresTrail(database)).rejects.toMatchObject({ problem: { code: 'audit_broken' } })
  })

  test('while the database refuses, every record is an AuditError; afterwards the chain goes on', async () => {
    const schema = begin(url)
    const database = await schema.open()
    const trail = await openPostgresTrail(database)
    await trail.record({ what: 'a', who: 'readback' })
    await database.query('alter table audit_records rename to away')
    await expect(trail.record({ what: 'lost', who: 'readback' })).rejects.toMatchObject({
      name: 'AuditError',
      problem: { code: 'audit_unwritable' },
    })
    await database.query('alter table away rename to audit_records')
    expect((await trail.record({ what: 'b', who: 'readback' })).count).toBe(2)
    expect(await verifyChain(trail.read())).toMatchObject({ ok: true })
  })

  test('a schema of a newer version is refused', async () => {
    const database = await begin(url).open()
    await openPostgresTrail(database)
    await database.query(`insert into migrations (part, version) values ('audit', 9)`)
    await expect(openPostgresTrail(database)).rejects.toMatchObject({
      problem: { code: 'audit_newer', found: 9, known: 2 },
    })
  })
})
