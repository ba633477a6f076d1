import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { readbackYaml } from '../../src/sandbox/company/files.ts'
import { slackLimits } from '../../src/sandbox/slack/limits.ts'
import type { Contestant } from '../contestant.ts'
import { ours } from '../contestant.ts'
import { median, quantile } from '../numbers.ts'
import type { Bench, Measure, Row } from '../row.ts'
import { atMost, mebibytes, ms } from '../row.ts'
import type { Lookout } from '../storm.ts'
import { lookOut, stormName, stormNotice, teamOf } from '../storm.ts'
import { aWorkspace, busyChannels } from '../workspace.ts'

const pause = (wait: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, wait))
const token = 'storm-'.repeat(4)
/** What Alertmanager posts of a group: once when it opens, once more when the rest of its alerts has come. */
const notices = 2
/** A restart counts until this long after the process is ready: what waited for it comes all at once. */
const settlingMs = 2_000

interface Storm {
  readonly groups: number
  readonly perGroup: number
  readonly channels: number
  readonly spanMs: number
}

export const alerts: Row = {
  name: 'alerts',
  about: 'a storm of alerts into a limited chat, the process killed twice in it',
  run: async (bench) => {
    const storm: Storm = {
      groups: bench.count('ALERT_GROUPS', 1_000),
      perGroup: 10,
      channels: Math.min(busyChannels.length, bench.count('ALERT_CHANNELS', 10)),
      spanMs: bench.count('ALERT_SPAN_MS', 60_000),
    }
    const slack = await aWorkspace({ burst: slackLimits.burst, perSecond: slackLimits.perSecond })
    const begun = performance.now()
    const lookout = lookOut(slack, () => performance.now() - begun)
    const life = await openLife(bench, { slack, channels: storm.channels })
    try {
      return await rain(storm, { bench, life, lookout, begun })
    } finally {
      lookout.close()
      await life.stop()
    }
  },
}

/** One bot after the other, on one port and one data folder. */
interface Life {
  readonly url: string
  kill(): Promise<void>
  rss(): number
  stop(): Promise<void>
}

async function openLife(
  bench: Bench,
  { slack, channels }: { readonly slack: Contestant['slack']; readonly channels: number },
): Promise<Life> {
  const home = mkdtempSync(join(bench.folder, 'storm-'))
  const port = await freePort()
  const routes = busyChannels.slice(0, channels).map((channel, index) => {
    const last = index === channels - 1
    return last ? { channel } : { match: { team: teamOf(index) }, channel }
  })
  const yaml = `${readbackYaml}alerts: ${JSON.stringify({ routes })}\n`
  const begin = (): Promise<Contestant> =>
    ours(bench, { slack, home, yaml, environment: { READBACK_HTTP_PORT: String(port), ALERTS_TOKEN: token } })
  let bot = await begin()
  return {
    url: `http://127.0.0.1:${port}/alerts/alertmanager`,
    rss: () => bot.rss(),
    kill: async () => {
      await bot.kill()
      bot = await begin()
    },
    stop: () => bot.stop(),
  }
}

async function rain(
  storm: Storm,
  at: { readonly bench: Bench; readonly life: Life; readonly lookout: Lookout; readonly begun: number },
): Promise<readonly Measure[]> {
  const { bench, life, lookout, begun } = at
  const now = (): number => performance.now() - begun
  const stormAt = Date.now()
  const taken: { readonly at: number; readonly ms: number }[] = []
  const restarts: { readonly from: number; readonly to: number }[] = []
  const firstSent = new Map<string, number>()
  let refused = 0
  let highest = 0
  let killing = false
  const watching = setInterval(() => {
    if (!killing) highest = Math.max(highest, life.rss())
  }, 500)

  /** As Alertmanager does: again until it is taken. */
  async function send(group: number, count: number): Promise<void> {
    if (!firstSent.has(stormName(group))) firstSent.set(stormName(group), now())
    const body = stormNotice(group, count, { at: stormAt, teams: storm.channels })
    for (;;) {
      const sent = performance.now()
      const ok = await post(life.url, body)
      if (ok) {
        taken.push({ at: sent - begun, ms: performance.now() - sent })
        return
      }
      refused += 1
      await pause(250)
    }
  }

  const total = storm.groups * notices
  const gap = storm.spanMs / total
  const startedAt = now()
  const sending: Promise<void>[] = []
  const kills = (async () => {
    for (const share of [1 / 3, 2 / 3]) {
      await pause(Math.max(0, startedAt + storm.spanMs * share - now()))
      killing = true
      const from = now()
      await life.kill()
      restarts.push({ from, to: now() + settlingMs })
      killing = false
    }
  })()
  for (let index = 0; index < total; index += 1) {
    await pause(Math.max(0, startedAt + index * gap - now()))
    const group = index % storm.groups
    sending.push(send(group, index < storm.groups ? storm.perGroup / 2 : storm.perGroup))
  }
  await Promise.all([...sending, kills])
  const rainedMs = now() - startedAt
  const names = Array.from({ length: storm.groups }, (_, group) => stormName(group))
  await until(() => names.every((name) => lookout.seen.has(name)), 120_000)
  bench.say('alerts: every group is visible; waiting for the last to have its own message')
  await until(() => lookout.own().size >= storm.groups, 600_000)
  const unfoldedMs = now() - startedAt
  await pause(3_000)
  clearInterval(watching)

  const own = lookout.own()
  const lost = names.filter((name) => !own.has(name)).length
  const doubled = names.filter((name) => (own.get(name) ?? 0) > 1).length
  const visibleMs = Math.max(...names.map((name) => (lookout.seen.get(name) ?? Number.NaN) - startedAt))
  const unseen = names.map((name) => (lookout.seen.get(name) ?? Number.NaN) - (firstSent.get(name) ?? 0))
  const all = taken.map((one) => one.ms)
  const calm = taken.filter(({ at }) => !restarts.some(({ from, to }) => at >= from && at <= to)).map((one) => one.ms)
  const p99 = quantile(calm, 0.99)
  const theirs = Math.max(rainedMs, (total / storm.channels) * 1_000)
  const what = `${storm.groups * storm.perGroup} alerts in ${storm.groups} groups within ${(rainedMs / 1000).toFixed(0)} s, ${storm.channels} channels`
  return [
    {
      what: `${what}: lost, doubled`,
      ours: `${lost} lost, ${doubled} doubled; killed twice, ${refused} posts repeated`,
      against: `Alertmanager's own receiver: ${total} messages, one a notice`,
      reach: { words: '0 and 0', met: lost === 0 && doubled === 0 },
    },
    {
      what: 'webhook, p50 and p99',
      ours: `${ms(median(calm))}, ${ms(p99)}; with the two restarts ${ms(median(all))}, ${ms(quantile(all, 0.99))}`,
      against: '–',
      reach: atMost(50, p99, 'ms'),
    },
    {
      what: 'until the last group is visible',
      ours: `${(visibleMs / 1000).toFixed(1)} s (a group ${(median(unseen) / 1000).toFixed(1)} s after its first alert, the slowest ${(Math.max(...unseen) / 1000).toFixed(1)} s), ${lookout.digests()} digest messages`,
      against: `${(theirs / 1000).toFixed(0)} s at one a second and channel`,
      ratio: visibleMs / theirs,
    },
    {
      what: 'until the last group has its own message',
      ours: `${(unfoldedMs / 1000).toFixed(0)} s`,
      against: '–',
    },
    { what: 'memory in the storm, highest', ours: mebibytes(highest), against: '–' },
  ]
}

async function post(url: string, body: string): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const answer = await fetch(url, { method: 'POST', headers, body })
    await answer.arrayBuffer()
    return answer.status === 200
  } catch {
    // Nobody listens while the next process starts, or it was killed before its answer.
    return false
  }
}

async function until(isSo: () => boolean, patienceMs: number): Promise<void> {
  const end = performance.now() + patienceMs
  while (!isSo() && performance.now() < end) await pause(100)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
