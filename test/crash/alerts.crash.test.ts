import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { lookOut, stormName, stormNotice, teamOf } from '../../bench/storm.ts'
import { readbackYaml } from '../../src/sandbox/company/files.ts'
import { slackLimits } from '../../src/sandbox/slack/limits.ts'
import type { Message } from '../../src/sandbox/slack/world/state.ts'
import { builtBot, startBot } from '../support/bot.ts'
import type { BotProcess } from '../support/bot.ts'
import { simulatedClusters } from '../support/clusters.ts'
import { aWorkspace } from '../support/house.ts'
import { aDatabase, databaseUrl, notRun } from '../support/postgres.ts'
import { createDice } from './dice.ts'

const kills = Number(process.env['READBACK_KILLS'] ?? 5)
const seed = Number(process.env['READBACK_CRASH_SEED'] ?? 1)
const groups = Number(process.env['READBACK_STORM_GROUPS'] ?? 60)
const channels = ['C0SHOP', 'C0ALERTS']
const token = 'not-a-secret-of-anybody'

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })

async function aStorm(more: Readonly<Record<string, string>> = {}) {
  const routes = channels.map((channel, index) =>
    index === channels.length - 1 ? { channel } : { match: { team: teamOf(index) }, channel },
  )
  const place = await aWorkspace({
    kubeconfig: await simulatedClusters(),
    yaml: `${readbackYaml}alerts: ${JSON.stringify({ routes })}\n`,
    alertsToken: token,
    limits: slackLimits,
  })
  const { slack } = place
  const began = Date.now()
  const lookout = lookOut(slack, () => Date.now() - began)
  const bundle = await builtBot()
  const begin = (port: number): BotProcess =>
    startBot(bundle, {
      folder: place.folder,
      environment: { ...place.environment, ...more, READBACK_HTTP_PORT: String(port) },
    })
  /** As Alertmanager does: to any that takes it, again until one does. */
  async function send(group: number, ports: readonly number[]): Promise<void> {
    const body = stormNotice(group, 4, { at: began, teams: channels.length })
    for (let tries = 0; ; tries += 1) {
      const port = ports[tries % ports.length] ?? 0
      if (await post(`http://127.0.0.1:${port}/alerts/alertmanager`, body)) return
      await wait(100)
    }
  }
  const names = Array.from({ length: groups }, (_, group) => stormName(group))
  const reckon = async () => {
    await slack.waitFor(() => names.every((name) => lookout.own().has(name)))
    // Whatever would double still comes within the next posts.
    await wait(5_000)
    const own = lookout.own()
    const tags = channels.flatMap((channel) => slack.driver.messagesIn(channel).map(tagOf))
    lookout.close()
    return {
      lost: names.filter((name) => !own.has(name)),
      doubled: names.filter((name) => own.get(name) !== 1),
      twice: tags.filter((tag, index) => tag !== '' && tags.indexOf(tag) !== index),
      digests: lookout.digests(),
    }
  }
  return { begin, send, reckon, lookout }
}

const tagOf = ({ metadata }: Message): string => {
  const tag = metadata?.event_payload['tag']
  return typeof tag === 'string' ? tag : ''
}

async function post(url: string, body: string): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    return (await fetch(url, { method: 'POST', headers, body })).status === 200
  } catch {
    return false
  }
}

test(`a storm of ${groups} groups into a limited chat over ${kills} SIGKILLs: one message each, none twice, and a digest while they wait`, async () => {
  const storm = await aStorm()
  const port = await freePort()
  const roll = createDice(seed)
  let bot = storm.begin(port)
  await bot.ready
  const sending = Array.from({ length: groups }, async (_, group) => {
    await wait(group * 50)
    await storm.send(group, [port])
  })
  for (let kill = 0; kill < kills; kill += 1) {
    await wait(300 + roll(2_500))
    await bot.kill()
    bot = storm.begin(port)
    if (roll(3) > 0) await bot.ready
  }
  await Promise.all(sending)
  const { lost, doubled, twice, digests } = await storm.reckon()
  expect({ lost, doubled, twice }).toEqual({ lost: [], doubled: [], twice: [] })
  expect(digests).toBeGreaterThan(0)
})

test.skipIf(databaseUrl === undefined)(
  `the same with two replicas on one PostgreSQL, the one that posts killed${notRun}`,
  async () => {
    const storm = await aStorm({ DATABASE_URL: await aDatabase(databaseUrl ?? '') })
    const ports = [await freePort(), await freePort()] as const
    const first = storm.begin(ports[0])
    await first.ready
    const second = storm.begin(ports[1])
    await second.ready
    const sending = Array.from({ length: groups }, async (_, group) => {
      await wait(group * 50)
      await storm.send(group, group % 2 === 0 ? ports : [ports[1], ports[0]])
    })
    await wait(2_000)
    await first.kill()
    await Promise.all(sending)
    const { lost, doubled, twice } = await storm.reckon()
    expect({ lost, doubled, twice }).toEqual({ lost: [], doubled: [], twice: [] })
  },
)
