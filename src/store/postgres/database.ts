import { userInfo } from 'node:os'
import type { Client, Pool, PoolClient, PoolConfig } from 'pg'
import type { Clock } from '../../time/clock.ts'

export type Row = Readonly<Record<string, unknown>>
export type Query = (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>

/** PostgreSQL, as the rooms that keep something there need it. Rejects with pg's own errors. */
export interface Database {
  /** Name of the schema that all tables live in; on the search path of every connection. */
  readonly schema: string
  query: Query
  /** One transaction on one connection: committed when `work` resolves, rolled back when it throws. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>
  /**
   * Calls `heard` with the payload of every notification on the channel, and `connected` whenever listening begins,
   * also after an interruption: what was sent before is lost. Reconnects until the returned function is called.
   */
  listen(channel: string, on: ListenHandlers): () => Promise<void>
  close(): Promise<void>
}

export interface ListenHandlers {
  readonly heard: (payload: string) => void
  readonly connected: () => void
  readonly lost: (detail: string) => void
}

export interface DatabaseOptions {
  readonly url: string
  readonly clock: Clock
  /** `readback` unless told; made if absent. */
  readonly schema?: string
  readonly connections?: number
}

const retryMs = [250, 1_000, 5_000, 15_000] as const
const heartbeatMs = 15_000

/** Opens nothing yet: connections are made when needed, kept, replaced when PostgreSQL was restarted. */
export async function openDatabase({
  url,
  clock,
  schema = 'readback',
  connections = 10,
}: DatabaseOptions): Promise<Database> {
  if (!/^[a-z_][a-z0-9_]{0,50}$/.test(schema)) throw new RangeError(`not a schema name: ${schema}`)
  // Heavy; only needed with DATABASE_URL.
  const { default: pg } = await import('pg')
  // As libpq does for an address without a user; pg itself only looks at $USER, which a service does not have.
  pg.defaults.user ??= userInfo().username
  const settings = {
    connectionString: url,
    application_name: `readback ${schema}`.slice(0, 63),
    options: `-c search_path=${schema} -c statement_timeout=10000 -c lock_timeout=8000 -c idle_in_transaction_session_timeout=15000`,
    query_timeout: 15_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  } satisfies PoolConfig
  const pool: Pool = new pg.Pool({ ...settings, max: connections, idleTimeoutMillis: 60_000 })
  // An idle connection that breaks (PostgreSQL restarted) is taken out of the pool; without a listener it would end the process.
  pool.on('error', () => undefined)

  const transaction = async <Result>(work: (query: Query) => Promise<Result>): Promise<Result> => {
    const client = await pool.connect()
    let broken: Error | undefined
    client.on('error', ignore)
    try {
      await client.query('begin')
      const result = await work(queryOn(client))
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch((failure: unknown) => {
        broken = failure instanceof Error ? failure : new Error(String(failure))
      })
      throw error
    } finally {
      client.off('error', ignore)
      client.release(broken)
    }
  }

  const listen = (channel: string, { heard, connected, lost }: ListenHandlers): (() => Promise<void>) => {
    let client: Client | undefined
    let cancel: () => void = ignore
    let stopped = false
    let attempt = 0

    const again = (from: Client | undefined, error: unknown) => {
      if (stopped || from !== client) return
      client = undefined
      from?.end().catch(ignore)
      cancel()
      lost(error instanceof Error ? error.message : String(error))
      cancel = clock.after(retryMs[Math.min(attempt, retryMs.length - 1)] ?? heartbeatMs, () => void connect())
      attempt += 1
    }

    const ping = async (on: Client) => {
      try {
        await on.query('select 1')
        if (client === on && !stopped) beat(on)
      } catch (error) {
        again(on, error)
      }
    }

    const beat = (on: Client) => {
      cancel = clock.after(heartbeatMs, () => {
        void ping(on)
      })
    }

    const connect = async () => {
      const next = new pg.Client(settings)
      client = next
      next.on('error', (error) => again(next, error))
      next.on('end', () => again(next, new Error('connection ended')))
      next.on('notification', ({ payload }) => heard(payload ?? ''))
      try {
        await next.connect()
        await next.query(`listen ${next.escapeIdentifier(channel)}`)
      } catch (error) {
        again(next, error)
        return
      }
      if (client !== next || stopped) return
      attempt = 0
      beat(next)
      connected()
    }

    const first = connect()
    return async () => {
      stopped = true
      cancel()
      await first
      cancel()
      await client?.end().catch(ignore)
    }
  }

  return {
    schema,
    query: async (text, values) => queryOn(pool)(text, values),
    transaction,
    listen,
    close: () => pool.end(),
  }
}

function queryOn(on: Pool | PoolClient): Query {
  return async (text, values) => {
    const { rows } = await on.query<Row>(text, values === undefined ? undefined : [...values])
    return rows
  }
}

function ignore(): void {}

/** A step of a schema: its statements, run once, in order, in one transaction with all that are missing. */
export interface Migrations {
  /** Which part of the schema: `store`, `audit`. */
  readonly part: string
  /** Step n brings version n. A step that was released is never changed. */
  readonly steps: readonly string[]
}

/**
 * Brings a part of the schema to its newest version; replicas that start together wait for one another. Answers the
 * version found where it is newer than the steps known, and changes nothing then.
 */
export async function migrate(
  database: Database,
  { part, steps }: Migrations,
): Promise<{ readonly newer: number } | undefined> {
  return database.transaction(async (query) => {
    await query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`readback migrations ${database.schema}`])
    await query(`create schema if not exists ${database.schema}`)
    await query(`create table if not exists migrations (
      part text not null, version int not null, at timestamptz not null default now(), primary key (part, version))`)
    const [found] = await query(`select coalesce(max(version), 0)::int as version from migrations where part = $1`, [
      part,
    ])
    const version = Number(found?.['version'] ?? 0)
    if (version > steps.length) return { newer: version }
    for (const [index, step] of steps.entries()) {
      if (index < version) continue
      await query(step)
      await query(`insert into migrations (part, version) values ($1, $2)`, [part, index + 1])
    }
    return undefined
  })
}
