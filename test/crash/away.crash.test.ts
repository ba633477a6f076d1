import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { builtBot, startBot } from '../support/bot.ts'
import { aDatabase, databaseUrl, notRun } from '../support/postgres.ts'
import { reckon } from './reckoning.ts'
import { untilDone } from './until-done.ts'
import { aWorkplace } from './workplace.ts'

/** How long PostgreSQL is away. */
const seconds = Number(process.env['READBACK_AWAY_SECONDS'] ?? 30)

const Port = z.object({ port: z.number() })

/** A way to a database that can be cut: connections end in the middle of whatever they do, and new ones are refused. */
async function aLine(url: string) {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((client) => {
    if (isCut) return void client.destroy()
    const database = connect(Number(port || 5432), hostname)
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      open.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    isCut = true
    for (const socket of open) socket.destroy()
  }
  onTestFinished(() => {
    cut()
    server.close()
  })
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String(Port.parse(server.address()).port)
  return { url: through.href, cut, mend: (): void => void (isCut = false) }
}

test.skipIf(databaseUrl === undefined)(
  `PostgreSQL goes away for ${seconds} s under orders and comes back: what was acknowledged ends once, and the bot lives on${notRun}`,
  async () => {
    const direct = await aDatabase(databaseUrl ?? '')
    const line = await aLine(direct)
    const place = await aWorkplace({ DATABASE_URL: line.url })
    const bot = startBot(await builtBot(), place)
    await bot.ready
    const orderFor = async (ms: number): Promise<void> => {
      for (const begun = Date.now(); Date.now() - begun < ms;) {
        await Promise.all([place.order(), place.answer(), wait(1_500)])
      }
    }
    await orderFor(9_000)
    line.cut()
    const before = place.taken.size
    await orderFor(seconds * 1_000)
    const meanwhile = place.taken.size - before
    line.mend()
    await orderFor(12_000)
    await untilDone(place)
    expect(await bot.stop()).toBe(0)
    const { broken, operations, ends } = await reckon({ ...place, environment: { DATABASE_URL: direct } })
    console.log(
      `${place.taken.size} orders taken, ${meanwhile} while away, ${operations} operations: ${JSON.stringify(ends)}`,
    )
    expect(broken).toEqual([])
    expect(before).toBeGreaterThan(2)
    expect(place.taken.size).toBeGreaterThan(before + meanwhile + 2)
  },
)
