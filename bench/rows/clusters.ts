import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../src/time/clock.ts'
import { createKubernetesSimulation } from '../../src/sandbox/kubernetes/simulation.ts'
import type { SlackServer } from '../../src/sandbox/slack/server.ts'
import { ours } from '../contestant.ts'
import { median, rounds } from '../numbers.ts'
import type { Bench, Measure, Row } from '../row.ts'
import { atMost, ms } from '../row.ts'
import { busyChannels } from '../workspace.ts'

const timeoutMs = 2_000
const graceMs = 500

/** Nobody listens there any more; the connection is taken and nothing said; it hangs up at once. */
const deaths = ['refuses', 'silent', 'hangs-up'] as const

export const clusters: Row = {
  name: 'clusters',
  about: 'many clusters asked at once, some of them dead',
  run: async (bench) => {
    const alive = createKubernetesSimulation({ clock: systemClock, name: 'test', seed: [] })
    const { url } = await alive.listen()
    const tombs = await Promise.all(deaths.map(dig))
    try {
      return [await measure(bench, { alive: url, dead: tombs.map((tomb) => tomb.url) })]
    } finally {
      await alive.close()
      await Promise.all(tombs.map((tomb) => tomb.close()))
    }
  },
}

async function measure(
  bench: Bench,
  urls: { readonly alive: string; readonly dead: readonly string[] },
): Promise<Measure> {
  const all = bench.count('CLUSTERS', 100)
  const dead = bench.count('CLUSTERS_DEAD', 10)
  const asks = bench.count('CLUSTERS_ASKS', 5)
  const seats = Array.from({ length: all }, (_, at) => ({
    // The policy of the trial names two of them.
    name: at < dead ? `dead-${at}` : (['test', 'prod'][at - dead] ?? `live-${at}`),
    server: (at < dead ? urls.dead[at % urls.dead.length] : undefined) ?? urls.alive,
  }))
  const bot = await ours(bench, fleet(bench, seats))
  try {
    // Each in a channel of its own: one takes a message a second.
    const channels = [...busyChannels]
    const ask = (group: string) => () => askAll(bot.slack, { group, channel: channels.pop() ?? 'C0SHOP' })
    await ask('live')()
    const [whole = [], living = []] = await rounds(asks, [ask('all'), ask('live')])
    const unnamed = whole.filter(({ named }) => named !== dead)
    if (unnamed.length > 0) throw new Error(`${dead} are dead, and an answer named ${unnamed[0]?.named}`)
    const took = whole.map(({ tookMs }) => tookMs)
    return {
      what: `${all} clusters asked at once, ${dead} of them dead and named (deadline ${ms(timeoutMs)})`,
      ours: `${ms(median(took))}, at most ${ms(Math.max(...took))}`,
      against: `the living alone ${ms(median(living.map(({ tookMs }) => tookMs)))}`,
      reach: atMost(timeoutMs + graceMs, Math.max(...took), 'ms'),
    }
  } finally {
    await bot.stop()
  }
}

interface Tomb {
  readonly url: string
  close(): Promise<void>
}

async function dig(kind: (typeof deaths)[number]): Promise<Tomb> {
  const open = new Set<Socket>()
  const server: Server = createServer((socket) => {
    if (kind === 'hangs-up') socket.destroy()
    open.add(socket)
    socket.on('error', () => {}).on('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  if (kind === 'refuses') await close()
  return { url: `http://127.0.0.1:${address.port}`, close: kind === 'refuses' ? async () => {} : close }
}

/** readback.yaml and kubeconfig of all of them. */
function fleet({ folder }: Bench, seats: readonly { readonly name: string; readonly server: string }[]) {
  const kubeconfig = join(mkdtempSync(join(folder, 'fleet-')), 'kubeconfig')
  const entry = ({ name, server }: (typeof seats)[number]) => ({ name, cluster: { server } })
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: seats.map(entry),
      users: [{ name: 'bot', user: { token: 'admin' } }],
      contexts: seats.map(({ name }) => ({ name, context: { cluster: name, user: 'bot' } })),
    }),
  )
  const settings = ({ name }: (typeof seats)[number]) =>
    [
      name,
      { context: name, environment: name === 'prod' ? 'production' : 'test', timeout: `${timeoutMs / 1_000}s` },
    ] as const
  const yaml = JSON.stringify({
    clusters: Object.fromEntries(seats.map(settings)),
    groups: {
      all: seats.map(({ name }) => name),
      live: seats.map(({ name }) => name).filter((name) => !name.startsWith('dead-')),
    },
  })
  return { yaml, environment: { KUBECONFIG: kubeconfig } }
}

/** From the keyboard until the answer stands in the channel, and how many dead it names. */
async function askAll(
  slack: SlackServer,
  { group, channel }: { readonly group: string; readonly channel: string },
): Promise<{ readonly tookMs: number; readonly named: number }> {
  const begun = performance.now()
  await slack.driver.typeCommand('U0BO', channel, `/ops status on ${group}`)
  const answer = await slack.waitFor(() => slack.driver.messagesIn(channel)[0])
  return { tookMs: performance.now() - begun, named: new Set(JSON.stringify(answer).match(/dead-\d+/g)).size }
}
