import { expect, test } from 'vitest'
import type { ClusterAccess, LogHeed, LogQuery } from '../../src/clusters/cluster.ts'
import type { Pod } from '../../src/clusters/nouns.ts'
import { ClusterError } from '../../src/clusters/problems.ts'
import type { ClusterProblem } from '../../src/clusters/problems.ts'
import { readPod } from '../../src/clusters/reading/pod.ts'
import { createBudget } from '../../src/logs/budget.ts'
import { followLogs } from '../../src/logs/follow.ts'
import type { Following } from '../../src/logs/follow.ts'
import { createFakeCluster } from '../support/fake-cluster.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { aPod } from '../support/pod-builder.ts'

const started = Date.UTC(2026, 0, 1)
const running = (name: string, restarts = 0): Pod => {
  const pod = readPod(aPod({ name, uid: `uid-${name}` }))
  return { ...pod, containers: pod.containers.map((container) => ({ ...container, restarts, state: 'running' })) }
}

type Answer = { readonly run?: number; readonly lines?: readonly string[]; readonly problem?: ClusterProblem }

/** What a cluster answers to each look at a pod's log, one after another; when there is nothing more, the stream stays open. */
function aFollow(
  answers: Readonly<Record<string, readonly Answer[]>>,
  { tail = 10, since }: { tail?: number; since?: number } = {},
) {
  const clock = createManualClock()
  const stop = new AbortController()
  const asked: LogQuery[] = []
  const lines: string[] = []
  const missed: [string, number][] = []
  let following: Following | undefined
  let wake = (): void => {}
  let pods: readonly Pod[] = []
  const untilAborted = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  const counts = new Map<string, number>()
  const access: ClusterAccess = {
    ...createFakeCluster().access,
    watchPods: async function* (_, signal) {
      signal.addEventListener('abort', () => wake())
      for (;;) {
        await new Promise<void>((resolve) => (wake = resolve))
        if (signal.aborted) return
        yield pods
      }
    },
    logs: async function* (query: LogQuery, signal: AbortSignal, heed?: LogHeed) {
      asked.push(query)
      const turn = counts.get(query.pod) ?? 0
      counts.set(query.pod, turn + 1)
      const answer = answers[query.pod]?.[turn]
      if (answer?.problem) throw new ClusterError(answer.problem)
      heed?.opened({ restarts: answer?.run ?? 0 })
      for (const text of answer?.lines ?? [])
        yield { stamp: text.slice(0, text.indexOf(' ')), text: text.slice(text.indexOf(' ') + 1) }
      if (answer === undefined) await untilAborted(signal)
    },
  }
  const done = followLogs(
    { chosen: [{ namespace: 'shop', selector: 'app=web' }], container: undefined, since, tail, mask: (text) => text },
    {
      access,
      clock,
      signal: stop.signal,
      budget: createBudget({ now: () => clock.now(), rate: 1_000, burst: 1_000 }),
      onLine: ({ pod, text }) => void lines.push(`${pod} ${text}`),
      onFollowing: (next) => (following = next),
      onStream: () => undefined,
      onMissed: (pod, runs) => missed.push([pod, runs]),
    },
  )
  const see = async (...now: readonly Pod[]): Promise<void> => {
    pods = now
    wake()
    await clock.settle()
  }
  const end = async (): Promise<void> => {
    stop.abort()
    await done
    expect(clock.pending()).toBe(0)
  }
  return { clock, asked, lines, missed, see, end, done, following: () => following }
}

const at = (second: number): string => `2026-01-01T00:00:0${second}Z`
const resting: ClusterProblem = { code: 'cluster_failed', cluster: 'prod', status: 400, detail: 'waiting to start' }

test('pods that are there show their last lines, pods that come later all of them, and each is read once', async () => {
  const { see, asked, lines, following, end } = aFollow({
    a: [{ lines: [`${at(1)} one`] }],
    b: [{ lines: [`${at(2)} two`] }],
  })
  await see(running('a'))
  await see(running('a'), running('b'))
  await see(running('a'), running('b'))
  expect(lines).toEqual(['a one', 'b two'])
  expect(asked.map(({ pod, tailLines }) => [pod, tailLines])).toEqual([
    ['a', 10],
    ['b', undefined],
  ])
  expect(following()).toEqual({ pods: 2, over: 0, waiting: [] })
  await see()
  expect(following()).toMatchObject({ pods: 0 })
  await end()
})

test('each run of a container is read whole and once; runs that nobody saw are counted', async () => {
  const { see, asked, lines, missed, end } = aFollow({
    a: [
      { run: 0, lines: [`${at(1)} first`] },
      { run: 1, lines: [`${at(2)} second`] },
      { run: 4, lines: [`${at(5)} fifth`] },
    ],
  })
  await see(running('a'))
  await see(running('a', 1))
  await see(running('a', 1))
  await see(running('a', 4))
  expect(lines).toEqual(['a first', 'a second', 'a fifth'])
  expect(missed).toEqual([['a', 2]])
  expect(asked.map(({ tailLines }) => tailLines)).toEqual([10, undefined, undefined])
  await end()
})

test('a stream that already was of the next run is not read again as that', async () => {
  const { see, lines, end } = aFollow({
    a: [
      { run: 1, lines: [`${at(1)} first`, `${at(2)} second`] },
      { run: 2, lines: [`${at(2)} second`, `${at(3)} third`] },
    ],
  })
  await see(running('a', 0))
  await see(running('a', 1))
  await see(running('a', 2))
  expect(lines).toEqual(['a first', 'a second', 'a third'])
  await end()
})

test('a container that cannot be read yet is tried again, less and less often', async () => {
  const { see, clock, asked, lines, end } = aFollow({
    a: [{ problem: resting }, { problem: resting }, { lines: [`${at(1)} at last`] }],
  })
  await see(running('a'))
  await see(running('a'))
  expect(asked).toHaveLength(1)
  await clock.advance(1_000)
  expect(asked).toHaveLength(2)
  await clock.advance(1_000)
  expect(asked).toHaveLength(2)
  await clock.advance(1_000)
  expect(lines).toEqual(['a at last'])
  await end()
})

test('what waiting cannot cure ends it with the problem', async () => {
  const forbidden: ClusterProblem = { code: 'cluster_forbidden', cluster: 'prod', detail: 'pods/log' }
  const { see, done } = aFollow({ a: [{ problem: forbidden }] })
  const ended = expect(done).rejects.toMatchObject({ problem: forbidden })
  await see(running('a'))
  await ended
})

test('since a moment means that moment for every pod; lines without a stamp take the one before', async () => {
  const { see, asked, lines, end } = aFollow(
    { a: [{ lines: ['nostamp unable to read', `${at(1)} ok`] }] },
    { since: started },
  )
  await see(running('a'))
  expect(asked).toEqual([expect.objectContaining({ sinceTime: '2026-01-01T00:00:00.000Z' })])
  expect(asked[0]).not.toHaveProperty('tailLines')
  expect(lines).toEqual(['a unable to read', 'a ok'])
  await end()
})

test('more containers than are read at once are counted', async () => {
  const { see, following, asked, end } = aFollow({})
  await see(...Array.from({ length: 150 }, (_, index) => running(`p${index}`)))
  expect(following()).toMatchObject({ pods: 120, over: 30 })
  expect(asked).toHaveLength(120)
  await end()
})
