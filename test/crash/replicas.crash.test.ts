import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { builtBot, startBot } from '../support/bot.ts'
import { aDatabase, databaseUrl, notRun } from '../support/postgres.ts'
import { createDice } from './dice.ts'
import { reckon } from './reckoning.ts'
import { untilDone } from './until-done.ts'
import { aWorkplace } from './workplace.ts'

/** How long orders come in, 20 a second. */
const seconds = Number(process.env['READBACK_STORM_SECONDS'] ?? 6)
/** How many replicas are killed meanwhile; each but the last one is started anew. */
const kills = Number(process.env['READBACK_STORM_KILLS'] ?? 1)
const seed = Number(process.env['READBACK_CRASH_SEED'] ?? 1)

test.skipIf(databaseUrl === undefined)(
  `two replicas under 20 commands a second, ${kills} killed: every order ends once${notRun}`,
  async () => {
    const place = await aWorkplace({ DATABASE_URL: await aDatabase(databaseUrl ?? '') }, { pace: 'any' })
    const bundle = await builtBot('test/crash/fast-bot.ts')
    const roll = createDice(seed)
    const replicas = [startBot(bundle, place)]
    await replicas[0]?.ready
    replicas.push(startBot(bundle, place))
    await replicas[1]?.ready

    const orders = seconds * 20
    /** One in each part of the storm; the first one has the turn at the beginning: it posts and drives. */
    const deaths = new Map(
      Array.from({ length: kills }, (_, kill) => [
        Math.floor((orders / kills) * (kill + 1 / 3)) + roll(Math.floor(orders / kills / 3)),
        kill === 0 ? 0 : roll(2),
      ]),
    )
    const sent: Promise<void>[] = []
    for (let order = 0; order < orders; order += 1) {
      sent.push(place.order())
      const victim = deaths.get(order)
      if (victim !== undefined) {
        deaths.delete(order)
        void replicas.splice(victim, 1)[0]?.kill()
        if (deaths.size > 0) replicas.push(startBot(bundle, place))
      }
      if (order % 20 === 0) void place.answer()
      await wait(50)
    }
    await Promise.all(sent)
    await untilDone(place)
    const [last] = replicas
    expect(await last?.stop()).toBe(0)
    const { broken, operations, ends } = await reckon(place)
    console.log(`${place.taken.size} of ${sent.length} orders taken, ${operations} operations: ${JSON.stringify(ends)}`)
    expect(broken).toEqual([])
    expect(place.taken.size).toBeGreaterThan(orders / (1 + kills))
  },
)
