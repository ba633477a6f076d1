import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../src/time/clock.ts'
import type { Database } from '../../src/store/postgres/database.ts'
import { openDatabase } from '../../src/store/postgres/database.ts'

/** Where PostgreSQL is, if there is one to test with. */
export const databaseUrl = process.env['DATABASE_URL']

/** Said beside the name of what is skipped. */
export const notRun = databaseUrl === undefined ? ' (not run: DATABASE_URL is not set)' : ''

/** A schema of its own for a test; `end` closes what was opened on it and drops it. */
export function createTestSchema(url: string) {
  const schema = `readback_test_${randomUUID().replaceAll('-', '')}`
  const opened: Database[] = []
  const open = async () => {
    const database = await openDatabase({ url, clock: systemClock, schema, connections: 4 })
    opened.push(database)
    return database
  }
  return {
    schema,
    open,
    end: async () => {
      const last = await open()
      await last.query('set client_min_messages = warning')
      await last.query(`drop schema if exists ${schema} cascade`)
      await Promise.all(opened.map((database) => database.close()))
    },
  }
}

/** A database of its own for a test, dropped with it: for whole bots, which keep to one schema. */
export async function aDatabase(url: string): Promise<string> {
  const name = `readback_test_${randomUUID().replaceAll('-', '')}`
  const server = await openDatabase({ url, clock: systemClock, connections: 1 })
  await server.query(`create database ${name}`)
  onTestFinished(async () => {
    await server.query(`drop database if exists ${name} with (force)`)
    await server.close()
  })
  const own = new URL(url)
  own.pathname = `/${name}`
  return own.href
}
