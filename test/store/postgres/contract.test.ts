import { openPostgresStore } from '../../../src/store/postgres/postgres-store.ts'
import { storeContract } from '../../contract/store.ts'
import type { StoreHarness } from '../../contract/store-harness.ts'
import { createTestSchema, databaseUrl, notRun } from '../../support/postgres.ts'

async function begin(url: string): Promise<StoreHarness> {
  const schema = createTestSchema(url)
  const open = async () => openPostgresStore({ database: await schema.open() })
  const [store, other] = await Promise.all([open(), open()])
  const opened = [store, other]
  return {
    store,
    other,
    reopen: async () => {
      await Promise.all(opened.map((one) => one.close()))
      const again = await open()
      opened.push(again)
      return again
    },
    end: async () => {
      await Promise.all(opened.map((one) => one.close()))
      await schema.end()
    },
  }
}

const url = databaseUrl
storeContract(`PostgreSQL${notRun}`, url === undefined ? undefined : () => begin(url))
