import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as passing } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createCluster } from '../../src/clusters/direct/cluster.ts'
import { kubeconfigFiles, loadKubeconfig } from '../../src/clusters/direct/kubeconfig.ts'
import { ClusterName } from '../../src/clusters/names.ts'
import { createBudget } from '../../src/logs/budget.ts'
import { createCourse } from '../../src/logs/course.ts'
import { spoolEntry } from '../../src/logs/file-text.ts'
import { createFilter } from '../../src/logs/filter.ts'
import { followLogs } from '../../src/logs/follow.ts'
import { createSpool } from '../../src/logs/spool.ts'
import { createCounting } from '../../src/logs/tally.ts'
import { createWindow } from '../../src/logs/window.ts'
import { createMasking } from '../../src/secrets/masking.ts'
import { systemClock } from '../../src/time/clock.ts'
import { aNamespace, anObserver } from '../support/clusters.ts'
import { aLeakyPipe } from '../support/leaky-pipe.ts'
import { aSecondApiServer } from '../support/second-api-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { aWitness, numberOf } from './witness.ts'

const number = (name: string, usual: number): number => Number(process.env[name] ?? usual)
const pods = number('LOGS_PODS', 20)
const rate = number('LOGS_RATE', 50)
const seconds = number('LOGS_SECONDS', 45)
const context = 'test'

const mebibytes = (): number => Math.round(process.memoryUsage().rss / 1_048_576)

/** The way that a session takes, with a witness at its end. */
test(
  `${pods} pods at ${rate} lines/s for ${seconds} s: a pod deleted, streams cut, the way closed and the API server restarted leave no hole`,
  { timeout: (seconds + 120) * 1_000 },
  async () => {
    const files = kubeconfigFiles(process.env)
    const { server } = await loadKubeconfig(files, context)
    const api = await aSecondApiServer(new URL(server))
    onTestFinished(() => api.stop())
    await api.start()
    const pipe = await aLeakyPipe({ host: '127.0.0.1', port: api.port })
    const kubeconfig = join(temporaryFolder(), 'kubeconfig')
    writeFileSync(kubeconfig, readFileSync(files[0] ?? '', 'utf8').replaceAll(server, `https://127.0.0.1:${pipe.port}`))
    const observer = anObserver(files[0] ?? '', context)
    const namespace = await aNamespace([observer])
    await observer.apps.createNamespacedDeployment({ namespace, body: talkers() })
    const podsNow = async () =>
      (await observer.core.listNamespacedPod({ namespace })).items.map(({ metadata, status }) => ({
        name: metadata?.name ?? '',
        running: status?.phase === 'Running' && metadata?.deletionTimestamp === undefined,
      }))
    while ((await podsNow()).filter(({ running }) => running).length < pods) await passing(500)

    const cluster = createCluster({
      config: {
        name: ClusterName.parse(context),
        environment: 'test',
        impersonate: false,
        timeoutMs: 10_000,
        way: { kind: 'kubeconfig', files: [kubeconfig], context },
      },
      clock: systemClock,
      environment: process.env,
      log: { debug: () => undefined, warn: () => undefined },
    })
    const masking = createMasking([])
    const witness = aWitness()
    const budget = createBudget({ now: () => Date.now(), rate: 20_000, burst: 200_000 })
    const spool = createSpool({ now: () => Date.now(), report: (error) => expect(error).toBeUndefined() })
    const counting = createCounting(systemClock)
    const window = createWindow({ size: 20 })
    const filter = createFilter({})
    const course = createCourse({
      clock: systemClock,
      onEntry: (entry) => {
        witness.see(entry)
        for (const one of filter.pass(entry)) {
          window.add(one)
          counting.add(one)
          spoolEntry(spool, one)
        }
      },
    })
    let missed = 0
    const stop = new AbortController()
    const before = mebibytes()
    const following = followLogs(
      {
        chosen: [{ namespace, selector: 'app=talker' }],
        container: undefined,
        since: 0,
        tail: 10,
        mask: masking.ok ? masking.masking.mask : (text) => text,
      },
      {
        access: cluster.as('bot'),
        clock: systemClock,
        signal: stop.signal,
        budget,
        onLine: (line, source) => course.add(line, source),
        onFollowing: () => undefined,
        onStream: (source, state) => course.stream(source, state),
        onMissed: (_, runs) => (missed += runs),
      },
    )

    const memory: number[] = []
    let restart = { stoppingMs: 0, startingMs: 0 }
    const troubles: Record<number, () => Promise<unknown>> = {
      20: async () => observer.core.deleteNamespacedPod({ namespace, name: (await podsNow())[0]?.name ?? '' }),
      35: async () => pipe.cut(Math.ceil(pods / 2)),
      50: async () => {
        await pipe.shut()
        await passing(4_000)
        await pipe.open()
      },
      65: async () => {
        const from = Date.now()
        await api.stop()
        const stopped = Date.now()
        await api.start()
        restart = { stoppingMs: stopped - from, startingMs: Date.now() - stopped }
      },
      85: async () => pipe.cut(),
    }
    const began = Date.now()
    for (let percent = 0; percent < 100; percent += 1) {
      await troubles[percent]?.()
      await passing(Math.max(0, began + ((percent + 1) * seconds * 1_000) / 100 - Date.now()))
      memory.push(mebibytes())
    }

    // What each pod has written by now must come; then it is over.
    const written = new Map<string, number>()
    for (const { name, running } of await podsNow()) {
      if (!running) continue
      const text = await observer.core.readNamespacedPodLog({ name, namespace, tailLines: 1 })
      written.set(name, numberOf(text))
    }
    const short = () => [...written].filter(([name, last]) => (witness.pods.get(name)?.last ?? -1) < last)
    for (let patience = 0; short().length > 0 && patience < 100; patience += 1) await passing(200)
    stop.abort()
    await following
    course.close()
    await cluster.close()
    await pipe.close()

    const { pieces } = await spool.read()
    const report = {
      seen: witness.seen,
      pods: witness.pods.size,
      missing: witness.missing(),
      repeated: witness.repeated,
      swapped: witness.swapped,
      disordered: witness.disordered,
      unmarked: witness.unmarked,
      late: course.late(),
      skipped: budget.skipped(),
      missedRuns: missed,
      behindAtTheEnd: short().length,
      restart,
      rssMiB: { before, highest: Math.max(...memory), overTime: memory.filter((_, at) => at % 10 === 9) },
      fileMiB: pieces.reduce((sum, piece) => sum + piece.length, 0) / 1_048_576,
    }
    process.stdout.write(`${JSON.stringify(report)}\n`)
    expect(report).toMatchObject({
      missing: 0,
      repeated: 0,
      swapped: 0,
      unmarked: 0,
      skipped: 0,
      missedRuns: 0,
      behindAtTheEnd: 0,
    })
    // A cluster that stands still for longer than lines are held shows some late; each is marked and counted, and they stay few.
    expect(report.late).toBe(report.disordered)
    expect(report.disordered / report.seen).toBeLessThan(0.000_2)
    expect([...witness.pods.values()].every(({ first }) => first === 0)).toBe(true)
    expect(witness.pods.size).toBeGreaterThan(pods)
    expect(witness.seen).toBeGreaterThan(pods * rate * seconds * 0.9)
    // Bounded, with the test's own books in it; the bot's memory is measured by the bench.
    expect(report.rssMiB.highest - before).toBeLessThan(512)
  },
)

function talkers() {
  const labels = { app: 'talker' }
  return {
    metadata: { name: 'talker' },
    spec: {
      replicas: pods,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: { 'kubelab/log-rate': String(rate) } },
        spec: { containers: [{ name: 'app', image: 'registry.example/bench/talker:1' }] },
      },
    },
  }
}
