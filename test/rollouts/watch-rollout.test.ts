import { describe, expect, onTestFinished, test } from 'vitest'
import type { JsonObject } from '../../src/json.ts'
import { withBookkeeping, restartedAt } from '../../src/plans/bookkeeping.ts'
import { makePlan } from '../../src/plans/make-plan.ts'
import type { Order } from '../../src/plans/plan.ts'
import type { RolloutOutcome, RolloutProgress } from '../../src/rollouts/rollout.ts'
import { watchRollout } from '../../src/rollouts/watch-rollout.ts'
import { aDeployment, anAutoscaler, aReplicaSet, aStatefulSet, aTemplate } from '../support/cluster-builder.ts'
import type { UsualWorkload } from '../support/cluster-builder.ts'
import { createFakeCluster, fakeClusterName } from '../support/fake-cluster.ts'
import type { FakeCluster } from '../support/fake-cluster.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { aPod } from '../support/pod-builder.ts'

const target = { cluster: fakeClusterName, namespace: 'shop', kind: 'Deployment', name: 'web' } as const
const deploy: Order = { action: 'deploy', target, image: '2' }
const old = [{ image: 'registry.example/shop/web:1' }]
const fresh = [{ image: 'registry.example/shop/web:2' }]
const minute = 60_000

/** Plans and stores an order on that cluster, then watches it. */
async function watching(order: Order, objects: readonly JsonObject[]) {
  const clock = createManualClock()
  const cluster = createFakeCluster(objects)
  const made = await makePlan({ access: cluster.access, caller: 'bot', order, mask: (_, value) => value })
  if (!made.ok) throw new Error(made.problem.code)
  const { plan } = made
  const startedAt = clock.now()
  await cluster.access.patch(plan.object, withBookkeeping(plan, { operation: '7F3K', at: startedAt }), 'write')
  return begin({ clock, cluster, plan, startedAt })
}

type Begun = Parameters<typeof begin>[0]
function begin(set: {
  readonly clock: ReturnType<typeof createManualClock>
  readonly cluster: FakeCluster
  readonly plan: Parameters<typeof watchRollout>[1]['plan']
  readonly startedAt: number
}) {
  const { clock, cluster, plan, startedAt } = set
  const stop = new AbortController()
  const progress: RolloutProgress[] = []
  const ended: RolloutOutcome[] = []
  const watch = watchRollout(
    { access: cluster.access, clock, mask: (text) => text.replaceAll('hunter2', '•••') },
    {
      plan,
      startedAt,
      restartedAt: restartedAt(startedAt),
      signal: stop.signal,
      onProgress: (at) => void progress.push(at),
    },
  ).then((outcome) => {
    ended.push(outcome)
    return outcome
  })
  onTestFinished(async () => {
    stop.abort()
    await clock.settle()
    expect(clock.pending()).toBe(0)
    expect(cluster.watching()).toBe(0)
  })
  return { ...set, stop, progress, ended, watch, last: () => progress.at(-1) }
}

/** The Deployment with the new template and these numbers. */
const rolling = (numbers: JsonObject, usual: UsualWorkload = {}): JsonObject =>
  aDeployment({
    containers: fresh,
    generation: 2,
    status: { observedGeneration: 2, replicas: 4, ...numbers },
    ...usual,
  })
const complete = { updatedReplicas: 4, readyReplicas: 4, availableReplicas: 4 }
const newReplicaSet = aReplicaSet({ number: 2, template: aTemplate({ containers: fresh }) })
const exceeded = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: '' }]

describe('a rollout', () => {
  test('is watched from the first pod to the last, and tells only what is new', async () => {
    const { clock, cluster, progress, ended } = await watching(deploy, [aDeployment({ containers: old })])
    await clock.advance(100)
    cluster.put(rolling({ updatedReplicas: 1, readyReplicas: 4 }))
    await clock.advance(3_000)
    cluster.put(rolling({ updatedReplicas: 1, readyReplicas: 4 }))
    await clock.advance(20_000)
    cluster.put(rolling({ updatedReplicas: 3, readyReplicas: 4 }))
    await clock.advance(3_000)
    expect(ended).toEqual([])
    cluster.put(rolling(complete))
    await clock.advance(1_000)
    expect(ended).toEqual([{ kind: 'succeeded', how: 'rolled-out' }])
    expect(progress.map(({ updated }) => updated)).toEqual([0, 1, 3])
  })

  test('ends within a second of its last event, and without events at the next look', async () => {
    const { clock, cluster, ended } = await watching(deploy, [aDeployment({ containers: old })])
    cluster.break('watch', { code: 'cluster_unauthorized', cluster: 'prod', detail: '' })
    await clock.advance(10_000)
    cluster.put(rolling(complete))
    await clock.advance(5_000)
    expect(ended).toHaveLength(1)
  })

  test('asks sparingly: a hundred events in a second are two looks, a quiet minute a few', async () => {
    const { clock, cluster } = await watching(deploy, [aDeployment({ containers: old })])
    await clock.advance(5_000)
    const before = cluster.calls.filter((call) => call === 'workload').length
    for (let event = 0; event < 100; event += 1) {
      cluster.put(rolling({ updatedReplicas: 1, readyReplicas: event % 4 }))
      await clock.advance(10)
    }
    expect(cluster.calls.filter((call) => call === 'workload').length - before).toBeLessThanOrEqual(4)
    await clock.advance(5_000)
    const listed = cluster.calls.filter((call) => call === 'pods').length
    await clock.advance(minute)
    expect(cluster.calls.filter((call) => call === 'pods').length - listed).toBeLessThanOrEqual(20)
  })

  test('fails by the Deployment’s own word, with the reason', async () => {
    const { clock, cluster, ended } = await watching(deploy, [aDeployment({ containers: old }), newReplicaSet])
    const waiting = { reason: 'ImagePullBackOff', message: 'web:2: not found' }
    cluster.put(aPod({ hash: 'r2', ready: false, waiting }))
    cluster.put(rolling({ updatedReplicas: 1, readyReplicas: 3, conditions: exceeded }))
    await clock.advance(9 * minute)
    expect(ended).toEqual([])
    await clock.advance(2 * minute)
    expect(ended).toMatchObject([
      { kind: 'failed', why: 'rollout', reason: 'ImagePullBackOff', progress: { updated: 1, stuck: true } },
    ])
  })

  test('is given up a minute after the progress deadline when nothing moves and nobody says so', async () => {
    const { clock, cluster, ended } = await watching(deploy, [aDeployment({ containers: old })])
    cluster.put(rolling({ updatedReplicas: 1 }))
    await clock.advance(5 * minute)
    cluster.put(rolling({ updatedReplicas: 2 }))
    await clock.advance(10 * minute)
    expect(ended).toEqual([])
    await clock.advance(2 * minute)
    expect(ended).toMatchObject([{ kind: 'failed', why: 'not_finished' }])
  })

  test('of a StatefulSet is given up after 15 minutes without progress; pods that come and go are none', async () => {
    const order: Order = { ...deploy, target: { ...target, kind: 'StatefulSet' } }
    const { clock, cluster, ended } = await watching(order, [aStatefulSet({ containers: old })])
    const put = (ready: number) => {
      const status = {
        observedGeneration: 2,
        replicas: 3,
        updatedReplicas: 1,
        readyReplicas: ready,
        availableReplicas: ready,
      }
      cluster.put(aStatefulSet({ containers: fresh, generation: 2, status }))
    }
    for (let passed = 0; passed < 14; passed += 1) {
      put(passed % 2 === 0 ? 3 : 2)
      await clock.advance(minute)
    }
    expect(ended).toEqual([])
    await clock.advance(2 * minute)
    expect(ended).toMatchObject([{ kind: 'failed', why: 'not_finished' }])
  })

  test('of a paused Deployment is stored', async () => {
    const { clock, ended } = await watching(deploy, [aDeployment({ containers: old, paused: true })])
    await clock.advance(1_000)
    expect(ended).toEqual([{ kind: 'succeeded', how: 'stored' }])
  })

  test('ends as superseded when the template moves on', async () => {
    const { clock, cluster, ended } = await watching(deploy, [aDeployment({ containers: old })])
    await clock.advance(1_000)
    cluster.put(aDeployment({ containers: [{ image: 'registry.example/shop/web:3' }], generation: 3 }))
    await clock.advance(1_000)
    expect(ended).toEqual([{ kind: 'superseded' }])
  })

  test('ends when the workload is deleted, or made anew under its name', async () => {
    const one = await watching(deploy, [aDeployment({ containers: old })])
    one.cluster.remove(rolling({}))
    await one.clock.advance(1_000)
    expect(one.ended).toEqual([{ kind: 'deleted' }])
    const two = await watching(deploy, [aDeployment({ containers: old })])
    two.cluster.put(rolling(complete, { uid: 'another' }))
    await two.clock.advance(1_000)
    expect(two.ended).toEqual([{ kind: 'deleted' }])
  })

  test('can be watched again from the stored plan alone', async () => {
    const first = await watching(deploy, [aDeployment({ containers: old })])
    await first.clock.advance(5_000)
    first.stop.abort()
    await first.clock.settle()
    expect(first.ended).toEqual([{ kind: 'stopped' }])
    const plan = JSON.parse(JSON.stringify(first.plan))
    const second = begin({ ...first, plan } satisfies Begun)
    first.cluster.put(rolling(complete))
    await second.clock.advance(1_000)
    expect(second.ended).toEqual([{ kind: 'succeeded', how: 'rolled-out' }])
  })
})

describe('a cluster that does not answer', () => {
  const away = { code: 'cluster_unreachable', cluster: 'prod', detail: '' } as const

  test('fails nothing, and the rollout goes on when it is back', async () => {
    const { clock, cluster, ended } = await watching(deploy, [aDeployment({ containers: old })])
    cluster.put(rolling({ updatedReplicas: 1 }))
    await clock.advance(minute)
    cluster.break('workload', away)
    await clock.advance(40 * minute)
    expect(ended).toEqual([])
    cluster.break('workload', undefined)
    await clock.advance(minute)
    expect(ended).toEqual([])
    cluster.put(rolling(complete))
    await clock.advance(1_000)
    expect(ended).toEqual([{ kind: 'succeeded', how: 'rolled-out' }])
  })

  test('for an hour loses the rollout', async () => {
    const { clock, cluster, ended } = await watching(deploy, [aDeployment({ containers: old })])
    await clock.advance(1_000)
    cluster.break('workload', away)
    await clock.advance(59 * minute)
    expect(ended).toEqual([])
    await clock.advance(2 * minute)
    expect(ended).toEqual([{ kind: 'lost', detail: 'cluster_unreachable' }])
  })

  test('or does not let the bot look, loses it at once', async () => {
    const { clock, cluster, ended } = await watching(deploy, [aDeployment({ containers: old })])
    cluster.break('workload', { code: 'cluster_forbidden', cluster: 'prod', detail: 'cannot get deployments' })
    await clock.advance(6_000)
    expect(ended).toEqual([{ kind: 'lost', detail: 'cannot get deployments' }])
  })

  test('to questions about pods only, costs the reasons and nothing else', async () => {
    const { clock, cluster, ended, last } = await watching(deploy, [aDeployment({ containers: old })])
    cluster.break('pods', { code: 'cluster_forbidden', cluster: 'prod', detail: 'cannot list pods' })
    cluster.put(rolling({ updatedReplicas: 1 }))
    await clock.advance(6_000)
    expect(last()?.reasons).toContainEqual({ reason: 'Forbidden', message: 'cannot list pods' })
    cluster.break('pods', { code: 'cluster_no_answer', cluster: 'prod', detail: '' })
    cluster.put(rolling(complete))
    await clock.advance(6_000)
    expect(ended).toEqual([{ kind: 'succeeded', how: 'rolled-out' }])
  })
})

const stuck = async (pods: readonly JsonObject[], prepare: (cluster: FakeCluster) => void = () => undefined) => {
  const set = await watching(deploy, [aDeployment({ containers: old }), newReplicaSet])
  prepare(set.cluster)
  for (const pod of pods) set.cluster.put(pod)
  set.cluster.put(rolling({ updatedReplicas: 1, readyReplicas: 3 }))
  await set.clock.advance(7_000)
  return set
}

describe('why it hangs', () => {
  test('names the image that cannot be pulled, and how many pods want it', async () => {
    const waiting = { reason: 'ImagePullBackOff', message: 'web:2: not found' }
    const pods = ['web-1', 'web-2'].map((name) =>
      aPod({ name, labels: { app: 'web', 'pod-template-hash': 'r2' }, ready: false, waiting }),
    )
    expect((await stuck(pods)).last()).toMatchObject({
      stuck: true,
      reasons: [{ reason: 'ImagePullBackOff', message: 'web:2: not found', pods: 2, pod: 'web-1', container: 'web' }],
    })
  })

  test('takes the registry’s words from an event where an older server has them only there', async () => {
    const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "web:2"' }
    const { last } = await stuck([aPod({ hash: 'r2', ready: false, waiting })], (cluster) =>
      cluster.happen({ reason: 'Failed', message: 'unauthorized', about: { kind: 'Pod', name: 'web-1' } }),
    )
    expect(last()?.reasons[0]).toMatchObject({ reason: 'ImagePullBackOff', message: 'unauthorized' })
  })

  test('brings the last lines of a crash, masked, and reads them once', async () => {
    const pod = aPod({
      hash: 'r2',
      ready: false,
      restarts: 3,
      waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' },
      crashed: { reason: 'Error', exitCode: 2 },
    })
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`)
    const { last, cluster, clock } = await stuck([pod], (fake) =>
      fake.log('web-1', [...lines, 'panic: password hunter2']),
    )
    expect(last()?.reasons[0]).toMatchObject({ reason: 'CrashLoopBackOff', message: 'back-off 40s' })
    expect(last()?.reasons[0]?.logs).toHaveLength(10)
    expect(last()?.reasons[0]?.logs?.at(-1)).toBe('panic: password •••')
    expect(last()?.reasons).toContainEqual({
      reason: 'Error',
      message: 'exitCode 2',
      pod: 'web-1',
      pods: 1,
      container: 'web',
    })
    await clock.advance(minute)
    expect(cluster.logQueries).toHaveLength(1)
    expect(cluster.logQueries[0]).toMatchObject({ previous: true, tailLines: 10 })
  })

  test('tells why no node takes the pod', async () => {
    const { last } = await stuck([aPod({ hash: 'r2', ready: false, unschedulable: '0/3 nodes are available' })])
    expect(last()).toMatchObject({
      stuck: true,
      reasons: [{ reason: 'Unschedulable', message: '0/3 nodes are available' }],
    })
  })

  test('tells the quota that lets no pod be made', async () => {
    const conditions = [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota' }]
    const { clock, cluster, last } = await stuck([])
    cluster.put(rolling({ updatedReplicas: 0, readyReplicas: 3, conditions }))
    await clock.advance(3_000)
    expect(last()).toMatchObject({ stuck: true, reasons: [{ reason: 'FailedCreate', message: 'exceeded quota' }] })
  })

  test('tells the failing probe, and calls it stuck only after a while', async () => {
    const { clock, last } = await stuck([aPod({ hash: 'r2', ready: false })], (cluster) =>
      cluster.happen({
        reason: 'Unhealthy',
        message: 'Readiness probe failed: 503',
        about: { kind: 'Pod', name: 'web-1' },
      }),
    )
    expect(last()).toMatchObject({
      stuck: false,
      reasons: [{ reason: 'Unhealthy', message: 'Readiness probe failed: 503' }],
    })
    await clock.advance(30_000)
    expect(last()).toMatchObject({ stuck: true })
  })

  test('does not blame pods of the old revision', async () => {
    const waiting = { reason: 'CrashLoopBackOff', message: '' }
    expect((await stuck([aPod({ hash: 'r1', ready: false, waiting })])).last()).toMatchObject({
      stuck: false,
      reasons: [],
    })
  })

  test('keeps to five reasons and to short messages', async () => {
    const pods = Array.from({ length: 9 }, (_, index) =>
      aPod({
        name: `web-${index}`,
        labels: { app: 'web', 'pod-template-hash': 'r2' },
        ready: false,
        waiting: { reason: `Reason${index}`, message: 'x'.repeat(5_000) },
      }),
    )
    const reasons = (await stuck(pods)).last()?.reasons ?? []
    expect(reasons).toHaveLength(5)
    expect(reasons[0]?.message.length).toBeLessThan(600)
  })
})

describe('other changes', () => {
  test('a scale waits for ready pods', async () => {
    const order: Order = { action: 'scale', target, replicas: { to: 6 } }
    const { clock, cluster, ended } = await watching(order, [aDeployment()])
    cluster.put(aDeployment({ replicas: 6, status: { observedGeneration: 1, replicas: 6, readyReplicas: 5 } }))
    await clock.advance(6_000)
    expect(ended).toEqual([])
    cluster.put(aDeployment({ replicas: 6 }))
    await clock.advance(1_000)
    expect(ended).toEqual([{ kind: 'succeeded', how: 'rolled-out' }])
  })

  test('bounds wait until the autoscaler has acted', async () => {
    const order: Order = { action: 'scale', target, replicas: { to: 6 } }
    const { clock, cluster, ended } = await watching(order, [aDeployment({ replicas: 4 }), anAutoscaler()])
    await clock.advance(20_000)
    expect(ended).toEqual([])
    cluster.put(aDeployment({ replicas: 6 }))
    await clock.advance(1_000)
    expect(ended).toEqual([{ kind: 'succeeded', how: 'rolled-out' }])
  })

  test('bounds that somebody else changed are superseded', async () => {
    const order: Order = { action: 'scale', target, replicas: { to: 6 } }
    const { clock, cluster, ended } = await watching(order, [aDeployment({ replicas: 4 }), anAutoscaler()])
    cluster.put(anAutoscaler({ min: 3 }))
    await clock.advance(6_000)
    expect(ended).toEqual([{ kind: 'superseded' }])
  })

  test('a restart is superseded by the next one', async () => {
    const { clock, cluster, ended, plan } = await watching({ action: 'restart', target }, [aDeployment()])
    cluster.put({ ...cluster.get(plan.object), status: { observedGeneration: 2, replicas: 5, updatedReplicas: 1 } })
    await clock.advance(6_000)
    expect(ended).toEqual([])
    const templateAnnotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-02T00:00:00Z' }
    cluster.put(aDeployment({ templateAnnotations }))
    await clock.advance(1_000)
    expect(ended).toEqual([{ kind: 'superseded' }])
  })

  test('a pause is over as soon as it is stored, without a look', async () => {
    const { clock, cluster, ended } = await watching({ action: 'pause', target }, [aDeployment()])
    const calls = cluster.calls.length
    await clock.settle()
    expect(ended).toEqual([{ kind: 'succeeded', how: 'no-rollout' }])
    expect(cluster.calls).toHaveLength(calls)
  })
})
