import { existsSync } from 'node:fs'
import { AppsV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node'
import { createKubernetesSimulation } from '../../src/sandbox/kubernetes/simulation.ts'
import { systemClock } from '../../src/time/clock.ts'
import { ours } from '../contestant.ts'
import type { Contestant } from '../contestant.ts'
import type { Bench, Row } from '../row.ts'
import { atMost, mebibytes } from '../row.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const name = 'bench-chatter'
const mebibyte = 1_048_576
const reachMiB = 64

/** A namespace in which many pods talk. */
interface Chatter {
  readonly namespace: string
  /** What the bot starts with to find it. */
  readonly options: Parameters<typeof ours>[1]
  /** Pods that run. */
  running(): Promise<number>
  close(): Promise<void>
}

export const follow: Row = {
  name: 'follow',
  about: 'memory while the logs of many pods are followed in a chat',
  run: async (bench) => {
    const [pods, rate] = [bench.count('FOLLOW_PODS', 100), bench.count('FOLLOW_RATE', 100)]
    const seconds = bench.count('FOLLOW_SECONDS', 60)
    const kubeconfig = process.env['KUBECONFIG']
    const real = kubeconfig !== undefined && existsSync(kubeconfig)
    const chatter = real ? await realChatter(kubeconfig, { pods, rate }) : await simulatedChatter({ pods, rate })
    const bot = await ours(bench, chatter.options)
    try {
      while ((await chatter.running()) < pods) await pause(500)
      await bot.slack.driver.typeCommand('U0BO', 'C0SHOP', '/ops whoami')
      await pause(5_000)
      const idle = bot.rss()
      await bot.slack.driver.typeCommand('U0BO', 'C0SHOP', `/logs ${name} -f --cluster test -n ${chatter.namespace}`)
      const { highest, cpu } = await watched(bot, { seconds, bench })
      const { lines, losses } = await ended(bot)
      const over = (highest - idle) / mebibyte
      return [
        {
          what: `memory while ${pods} pods at ${rate} lines/s are followed for ${seconds} s (${real ? 'real' : 'simulated'} cluster)`,
          ours: `${mebibytes(highest - idle)} over idle, ${lines} lines, ${losses}, ${Math.round(cpu)} % of a core`,
          against: `idle ${mebibytes(idle)}`,
          reach: atMost(reachMiB, over, 'MiB over'),
        },
      ]
    } finally {
      await bot.stop()
      await chatter.close()
    }
  },
}

async function watched(
  bot: Contestant,
  { seconds, bench }: { readonly seconds: number; readonly bench: Bench },
): Promise<{ readonly highest: number; readonly cpu: number }> {
  let highest = 0
  const began = bot.cpuMs()
  for (let second = 1; second <= seconds; second += 1) {
    await pause(1_000)
    highest = Math.max(highest, bot.rss())
    if (second % 15 === 0) bench.say(`${second} s: ${mebibytes(bot.rss())}`)
  }
  return { highest, cpu: (bot.cpuMs() - began) / (seconds * 10) }
}

/** Stops the follow and reads its card: how many lines, and what it says of lines that it did not show in order or at all. */
async function ended({ slack }: Contestant): Promise<{ readonly lines: string; readonly losses: string }> {
  const cards = () =>
    slack.driver.messagesIn('C0SHOP').map((message) => ({ message, text: JSON.stringify(message.blocks ?? []) }))
  const head = cards().find(({ text }) => text.includes('logs.stop'))
  if (!head) throw new Error('nobody followed the logs')
  await slack.driver.click('U0BO', { channel: 'C0SHOP', ts: head.message.ts }, { label: 'Stop' })
  const { text } = await slack.waitFor(() => cards().find((card) => card.text.includes('stopped')))
  const lines = /"Lines[^"]*"[^]*?"text":"[^"\d]*(\d+)/.exec(text)?.[1] ?? '?'
  const said = [...text.matchAll(/⚠ (\d+ (?:lines? skipped|lines? came late|runs?))/g)].map(([, one = '']) => one)
  return { lines, losses: said.length === 0 ? 'none lost or out of order' : said.join(', ') }
}

interface Talk {
  readonly pods: number
  readonly rate: number
}

const deployment = ({ pods, rate }: Talk) => ({
  metadata: { name },
  spec: {
    replicas: pods,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name }, annotations: { 'kubelab/log-rate': String(rate) } },
      spec: { containers: [{ name: 'app', image: 'registry.example/bench/chatter:1' }] },
    },
  },
})

async function realChatter(kubeconfig: string, talk: Talk): Promise<Chatter> {
  const config = new KubeConfig()
  config.loadFromFile(kubeconfig)
  config.setCurrentContext('test')
  const core = config.makeApiClient(CoreV1Api)
  const namespace = `bench-${Date.now().toString(36)}`
  await core.createNamespace({ body: { metadata: { name: namespace } } })
  await config.makeApiClient(AppsV1Api).createNamespacedDeployment({ namespace, body: deployment(talk) })
  return {
    namespace,
    options: { environment: { KUBECONFIG: kubeconfig } },
    running: async () =>
      (await core.listNamespacedPod({ namespace })).items.filter(({ status }) => status?.phase === 'Running').length,
    close: async () => void (await core.deleteNamespace({ name: namespace })),
  }
}

async function simulatedChatter(talk: Talk): Promise<Chatter> {
  const namespace = 'shop'
  const { metadata, spec } = deployment(talk)
  const cluster = createKubernetesSimulation({
    clock: systemClock,
    name: 'test',
    seed: [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...metadata, namespace }, spec },
    ],
  })
  const { url } = await cluster.listen()
  return {
    namespace,
    options: { cluster: url },
    running: () => Promise.resolve(cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace }).length),
    close: () => cluster.close(),
  }
}
