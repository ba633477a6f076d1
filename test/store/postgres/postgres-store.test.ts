import { describe, expect, onTestFinished, test } from 'vitest'
import type { StoreFinding } from '../../../src/store/problems.ts'
import { openPostgresStore } from '../../../src/store/postgres/postgres-store.ts'
import type { Collection } from '../../../src/store/store.ts'
import { put } from '../../../src/store/store.ts'
import { openDatabase } from '../../../src/store/postgres/database.ts'
import { systemClock } from '../../../src/time/clock.ts'
import { createTestSchema, databaseUrl, notRun } from '../../support/postgres.ts'

const url = databaseUrl ?? ''
const texts: Collection<string> = { name: 'texts', parse: String }

async function begin(address: string) {
  const schema = createTestSchema(address)
  onTestFinished(() => schema.end())
  const [database, admin] = await Promise.all([schema.open(), schema.open()])
  const findings: StoreFinding[] = []
  const store = await openPostgresStore({ database, report: (finding) => findings.push(finding) })
  onTestFinished(() => store.close())
  /** Ends all of the schema's connections but the one that asks, as a restart of PostgreSQL does. */
  const cutAll = () =>
    admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and pid in
       (select pid from pg_stat_activity where application_name = $1)`,
      [`readback ${schema.schema}`],
    )
  return { schema, database, admin, store, findings, cutAll }
}

describe.skipIf(databaseUrl === undefined)(`store in PostgreSQL${notRun}`, () => {
  test('outlives its connections: reads at once, commits with the next try, listeners after reconnecting', async () => {
    const { store, cutAll, findings } = await begin(url)
    const write = (id: string) => store.commit([put(texts, { id, value: id, expect: 'any' })])
    const heard = { count: 0, wake: (): void => undefined }
    store.watch(texts, () => {
      heard.count += 1
      heard.wake()
    })
    const next = () =>
      new Promise<void>((resolve) => {
        heard.wake = resolve
      })
    const first = next()
    await write('a')
    await first
    const reconnected = next()
    await Promise.all(Array.from({ length: 4 }, () => store.get(texts, 'a')))
    await cutAll()
    expect((await store.get(texts, 'a'))?.value).toBe('a')
    await reconnected
    expect(findings).toMatchObject([{ code: 'store_watch_interrupted' }])
    await write('b').catch(() => write('b'))
    const second = next()
    await write('c')
    await second
    expect((await store.list(texts, { limit: 5 })).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  test('a commit cut off in the middle is told as of unknown outcome, and did not happen by half', async () => {
    const { store, admin } = await begin(url)
    await store.commit([put(texts, { id: 'a', value: '1', expect: 'absent' })])
    await admin.transaction(async (query) => {
      await query('lock table documents in exclusive mode')
      const committing = store.commit([
        put(texts, { id: 'a', value: '2', expect: 1 }),
        put(texts, { id: 'b', value: '2', expect: 'absent' }),
      ])
      const outcome = committing.catch((error: unknown) => error)
      const cutWaiting = `select pg_terminate_backend(pid) from pg_stat_activity
          where wait_event_type = 'Lock' and application_name = current_setting('application_name')`
      while ((await query(cutWaiting)).length === 0);
      expect(await outcome).toMatchObject({ name: 'StoreError', problem: { code: 'store_outcome_unknown' } })
    })
    expect(await store.get(texts, 'a')).toEqual({ id: 'a', version: 1, value: '1' })
    expect(await store.get(texts, 'b')).toBeUndefined()
  })

  test('a database that is not there is told as unreachable', async () => {
    const away = createTestSchema('postgres://nobody@127.0.0.1:1/none')
    const database = await away.open()
    onTestFinished(() => database.close())
    await expect(openPostgresStore({ database })).rejects.toMatchObject({ problem: { code: 'store_unreachable' } })
  })

  test('at its connection limit a commit that found no connection surely did not happen, and the next ones do', async () => {
    const { admin, schema } = await begin(url)
    const role = `limited_${schema.schema}`.slice(0, 60)
    await admin.query(`create role ${role} login connection limit 2`)
    const [found] = await admin.query('select quote_ident(current_database()) as name')
    await admin.query(`grant create on database ${String(found?.['name'])} to ${role}`)
    await admin.query(`grant all on schema ${schema.schema} to ${role}`)
    await admin.query(`grant all on all tables in schema ${schema.schema} to ${role}`)
    await admin.query(`grant all on all sequences in schema ${schema.schema} to ${role}`)
    const limited = new URL(url)
    limited.username = role
    const database = await openDatabase({
      url: limited.href,
      clock: systemClock,
      schema: schema.schema,
      connections: 8,
    })
    const store = await openPostgresStore({ database })
    onTestFinished(async () => {
      await store.close()
      await database.close()
      await admin.query(`drop owned by ${role}`)
      await admin.query(`drop role ${role}`)
    })
    const write = (id: string) => store.commit([put(texts, { id, value: id, expect: 'absent' })])
    const ids = Array.from({ length: 40 }, (_, index) => `at once ${index}`)
    const answers = await Promise.allSettled(ids.map(write))
    const refused = answers.filter((answer) => answer.status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const { reason } of refused) expect(reason).toMatchObject({ problem: { code: 'store_unreachable' } })
    const there = (await store.list(texts, { limit: 100 })).map(({ id }) => id)
    expect(there.length).toBe(ids.length - refused.length)
    expect(await write('afterwards')).toEqual({ ok: true })
  })

  test('a schema of a newer version is refused and left alone', async () => {
    const { database, schema } = await begin(url)
    await database.query(`insert into migrations (part, version) values ('store', 8)`)
    await expect(openPostgresStore({ database })).rejects.toMatchObject({
      problem: { code: 'store_newer', file: `schema ${schema.schema}`, found: 8, known: 1 },
    })
  })

  test('replicas that start together on an empty database make its schema once', async () => {
    const schema = createTestSchema(url)
    onTestFinished(() => schema.end())
    const stores = await Promise.all(
      Array.from({ length: 5 }, async () => openPostgresStore({ database: await schema.open() })),
    )
    await Promise.all(stores.map((store) => store.probe()))
    await Promise.all(stores.map((store) => store.close()))
    expect(await (await schema.open()).query('select part, version from migrations')).toEqual([
      { part: 'store', version: 1 },
    ])
  })
})
