import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { builtBot, startBot } from '../support/bot.ts'
import { aDatabase, databaseUrl, notRun } from '../support/postgres.ts'
import { createDice } from './dice.ts'
import { reckon } from './reckoning.ts'
import { untilDone } from './until-done.ts'
import { aWorkplace } from './workplace.ts'
import type { Workplace } from './workplace.ts'

/** SIGKILLs for each store. */
const kills = Number(process.env['READBACK_KILLS'] ?? 5)
const seed = Number(process.env['READBACK_CRASH_SEED'] ?? 1)

/** Orders come in until it is told to stop; people confirm what they see. */
function keepOrdering(place: Workplace, everyMs: number): () => Promise<void> {
  const stopping = new AbortController()
  const work = (async () => {
    while (!stopping.signal.aborted) {
      await Promise.all([place.order(), place.answer(), wait(everyMs)])
    }
  })()
  return async () => {
    stopping.abort()
    await work
  }
}

interface Life {
  readonly longestMs: number
  readonly orderEveryMs: number
}

async function survive(more: Readonly<Record<string, string>>, { longestMs, orderEveryMs }: Life): Promise<void> {
  const place = await aWorkplace(more)
  const bundle = await builtBot()
  const roll = createDice(seed)
  const stopOrdering = keepOrdering(place, orderEveryMs)
  for (let kill = 0; kill < kills; kill += 1) {
    const bot = startBot(bundle, place)
    // Now and then while it is still coming up.
    if (roll(5) > 0) await bot.ready
    await wait(roll(longestMs))
    await bot.kill()
  }
  const last = startBot(bundle, place)
  await last.ready
  await wait(2_000)
  await stopOrdering()
  await untilDone(place)
  expect(await last.stop()).toBe(0)
  const { broken, operations, ends } = await reckon(place)
  console.log(`${kills} kills, ${place.taken.size} orders taken, ${operations} operations: ${JSON.stringify(ends)}`)
  expect(broken).toEqual([])
  expect(place.taken.size).toBeGreaterThan(0)
}

test(`nothing is lost, doubled or stuck over ${kills} SIGKILLs on files`, () =>
  survive({}, { longestMs: 3_000, orderEveryMs: 700 }))

test.skipIf(databaseUrl === undefined)(
  `nothing is lost, doubled or stuck over ${kills} SIGKILLs on PostgreSQL${notRun}`,
  async () => {
    // A replica waits for the lease of the one before it: longer lives, so that some get to work.
    const DATABASE_URL = await aDatabase(databaseUrl ?? '')
    await survive({ DATABASE_URL }, { longestMs: 9_000, orderEveryMs: 1_500 })
  },
)
