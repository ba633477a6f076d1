import { systemClock } from '../../src/time/clock.ts'
import type { JsonObject } from '../../src/json.ts'
import { createKubernetesSimulation } from '../../src/sandbox/kubernetes/simulation.ts'
import type { Contestant } from '../contestant.ts'
import { ours } from '../contestant.ts'
import type { Bench, Measure, Row } from '../row.ts'
import { atMost, mebibytes } from '../row.ts'
import { busyChannels, flood } from '../workspace.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
/** Growth that still counts as flat: V8 gives memory back when it likes. */
const flat = 1.15
const workloads = 100
const linesASecond = 5_000

export const memory: Row = {
  name: 'memory',
  about: 'what is left in memory after many commands, operations and log lines',
  run: async (bench) => {
    const cluster = createKubernetesSimulation({ clock: systemClock, name: 'test', seed: seed() })
    const { url } = await cluster.listen()
    const bot = await ours(bench, { cluster: url })
    try {
      return [await commands(bot, bench), await logLines(bot, bench), await operations(bot, bench)]
    } finally {
      await bot.stop()
      await cluster.close()
    }
  },
}

async function commands(bot: Contestant, bench: Bench): Promise<Measure> {
  const wanted = bench.count('COMMANDS', 40_000)
  const portion = Math.max(1, Math.min(2_000, wanted))
  const until = performance.now() + bench.count('COMMANDS_MS', 75_000)
  const size = { count: portion, inFlight: 50 }
  for (let at = 0; at < 5; at += 1) await flood(bot.slack, '/ops whoami', size)
  const warm = bot.rss()
  const marks: number[] = []
  let done = 0
  while (done < wanted && performance.now() < until) {
    await flood(bot.slack, '/ops whoami', size)
    done += portion
    marks.push(bot.rss())
  }
  await pause(1_000)
  const short = done < wanted ? ` (of ${wanted}: the time was up)` : ''
  return told(`after ${done} commands${short}`, { warm, rss: bot.rss(), highest: Math.max(...marks) })
}

async function operations(bot: Contestant, bench: Bench): Promise<Measure> {
  const wanted = bench.count('OPERATIONS', 1_000)
  const until = performance.now() + bench.count('OPERATIONS_MS', 60_000)
  const restart = (at: number): Promise<unknown> => {
    const place = busyChannels[at % busyChannels.length] ?? 'C0SHOP'
    return bot.slack.driver.typeCommand(
      'U0BO',
      place,
      `/ops restart w${at % workloads} --cluster test --namespace shop`,
    )
  }
  for (let at = 0; at < busyChannels.length; at += 1) await restart(at)
  await pause(3_000)
  const warm = bot.rss()
  const marks: number[] = []
  let done = 0
  for (; done < wanted && performance.now() < until; done += 1) {
    await restart(busyChannels.length + done)
    // Each channel takes one card a second.
    if (done % busyChannels.length === 0) await pause(1_000)
    marks.push(bot.rss())
  }
  await pause(5_000)
  return told(`after ${done} operations more${done < wanted ? ` (of ${wanted}: the time was up)` : ''}`, {
    warm,
    rss: bot.rss(),
    highest: Math.max(...marks),
  })
}

async function logLines(bot: Contestant, bench: Bench): Promise<Measure> {
  const lines = bench.count('LINES', 100_000)
  await bot.slack.driver.typeCommand('U0BO', 'C0SHOP', '/logs talker --follow --cluster test --namespace shop')
  await pause(3_000)
  const warm = bot.rss()
  const marks: number[] = []
  for (let at = 0; at < lines / linesASecond; at += 1) {
    await pause(1_000)
    marks.push(bot.rss())
  }
  const shown = bot.slack.driver.messagesIn('C0SHOP').some((message) => JSON.stringify(message.blocks).includes('seq='))
  if (!shown) throw new Error('nobody followed the log')
  return told(`while ${lines} log lines go by`, { warm, rss: bot.rss(), highest: Math.max(...marks) })
}

function told(what: string, found: { readonly warm: number; readonly rss: number; readonly highest: number }): Measure {
  const ratio = found.rss / found.warm
  return {
    what: `memory ${what}`,
    ours: `${mebibytes(found.rss)}, at most ${mebibytes(found.highest)}`,
    against: `warm ${mebibytes(found.warm)}`,
    ratio,
    reach: atMost(flat, ratio),
  }
}

function seed(): readonly JsonObject[] {
  const deployment = (name: string, annotations: JsonObject): JsonObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, annotations },
        spec: { containers: [{ name, image: `registry.example/shop/${name}:1` }] },
      },
    },
  })
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    deployment('talker', { 'kubelab/log-rate': String(linesASecond) }),
    ...Array.from({ length: workloads }, (_, at) =>
      deployment(`w${at}`, { 'kubelab/ready-after': '50ms', 'kubelab/stop-after': '50ms' }),
    ),
  ]
}
