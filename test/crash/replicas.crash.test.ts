import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { builtBot, startBot } from '../support/bot.ts'
import { aDatabase, databaseUrl, notRun } from '../support/postgres.ts'
import { reckon } from './reckoning.ts'
import { untilDone } from './until-done.ts'
import { aWorkplace } from './workplace.ts'

/** How long orders come in, 20 a second. */
const seconds = Number(process.env['READBACK_STORM_SECONDS'] ?? 6)

test.skipIf(databaseUrl === undefined)(
  `two replicas under 20 commands a second, one killed: every order ends once${notRun}`,
  async () => {
    const place = await aWorkplace({ DATABASE_URL: await aDatabase(databaseUrl ?? '') }, { pace: 'any' })
    const bundle = await builtBot('test/crash/fast-bot.ts')
    const first = startBot(bundle, place)
    await first.ready
    const second = startBot(bundle, place)
    await second.ready

    const sent: Promise<void>[] = []
    for (let order = 0; order < seconds * 20; order += 1) {
      sent.push(place.order())
      // The first one has the turn: it posts and drives.
      if (order === seconds * 10) void first.kill()
      if (order % 20 === 0) void place.answer()
      await wait(50)
    }
    await Promise.all(sent)
    await untilDone(place)
    expect(await second.stop()).toBe(0)
    const { broken, operations, ends } = await reckon(place)
    console.log(`${place.taken.size} of ${sent.length} orders taken, ${operations} operations: ${JSON.stringify(ends)}`)
    expect(broken).toEqual([])
    expect(place.taken.size).toBeGreaterThan(seconds * 10)
  },
)
