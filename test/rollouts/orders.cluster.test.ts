import { AppsV1Api, AutoscalingV2Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../src/time/clock.ts'
import { createCluster } from '../../src/clusters/direct/cluster.ts'
import { ClusterName } from '../../src/clusters/names.ts'
import type { WorkloadKind } from '../../src/clusters/names.ts'
import { operationOf, restartedAt, withBookkeeping } from '../../src/plans/bookkeeping.ts'
import { makePlan } from '../../src/plans/make-plan.ts'
import type { Order, Plan } from '../../src/plans/plan.ts'
import { textAt } from '../../src/plans/pointer.ts'
import type { RolloutProgress } from '../../src/rollouts/rollout.ts'
import { watchRollout } from '../../src/rollouts/watch-rollout.ts'

/** The whole way of an order on a real API server with its own controllers; pods play what their image's tag says. */
const namespace = `readback-orders-${process.pid}`
const files = (process.env['KUBECONFIG'] ?? '').split(':')
const name = ClusterName.parse('test')
const cluster = createCluster({
  config: {
    name,
    environment: 'test',
    impersonate: false,
    timeoutMs: 10_000,
    way: { kind: 'kubeconfig', files, context: 'test' },
  },
  clock: systemClock,
  log: { debug: () => undefined, warn: () => undefined },
  environment: process.env,
})
const access = cluster.as('bot')
const config = new KubeConfig()

const image = (tag: string) => `registry.example/shop/web:${tag}`
const on = (kind: WorkloadKind) => ({ cluster: name, namespace, kind, name: 'web' })
const web = on('Deployment')
const pods = (app: string) => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: 'web', image: image('1.0.0') }] },
})
const body = (app: string) => ({ selector: { matchLabels: { app } }, template: pods(app) })

async function planFor(order: Order): Promise<Plan> {
  const made = await makePlan({ access, caller: 'bot', order, mask: (_, value) => value })
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  return made.plan
}

/** Plans, writes and watches; gives up watching as soon as `until` is satisfied. */
async function carryOut(order: Order, until: (progress: RolloutProgress) => boolean = () => false) {
  const plan = await planFor(order)
  const startedAt = systemClock.now()
  const operation = `T${startedAt}`
  const { object } = await access.patch(plan.object, withBookkeeping(plan, { operation, at: startedAt }), 'write')
  expect(operationOf(object)).toBe(operation)
  const stop = new AbortController()
  const progress: RolloutProgress[] = []
  const outcome = await watchRollout(
    { access, clock: systemClock, mask: (text) => text },
    {
      plan,
      startedAt,
      restartedAt: restartedAt(startedAt),
      signal: stop.signal,
      onProgress: (at) => {
        progress.push(at)
        if (until(at)) stop.abort()
      },
    },
  )
  return { plan, object, outcome, progress }
}

const deploy = (tag: string, kind: WorkloadKind = 'Deployment'): Order => ({
  action: 'deploy',
  target: on(kind),
  image: tag,
})
const undo = ({ inverse, workload }: Plan): Order => {
  if (!inverse) throw new Error('no way back')
  return { action: 'undo', target: workload, of: '7F3K', inverse }
}
const imageNow = async (kind: WorkloadKind = 'Deployment') => (await access.workload(on(kind)))?.containers[0]?.image
const rolledOut = { kind: 'succeeded', how: 'rolled-out' }

beforeAll(async () => {
  config.loadFromDefault()
  config.setCurrentContext('test')
  await config.makeApiClient(CoreV1Api).createNamespace({ body: { metadata: { name: namespace } } })
  const apps = config.makeApiClient(AppsV1Api)
  const metadata = { name: 'web' }
  await apps.createNamespacedDeployment({ namespace, body: { metadata, spec: { replicas: 2, ...body('web') } } })
  await apps.createNamespacedStatefulSet({
    namespace,
    body: { metadata, spec: { replicas: 2, serviceName: 'web', ...body('stateful') } },
  })
  await apps.createNamespacedDaemonSet({ namespace, body: { metadata, spec: body('daemon') } })
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
    await vi.waitUntil(async () => ((await access.workload(on(kind)))?.ready ?? 0) > 0, 30_000)
  }
})

afterAll(async () => {
  await config.makeApiClient(CoreV1Api).deleteNamespace({ name: namespace })
  await cluster.close()
})

describe('on a real cluster', () => {
  test.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)(
    'a deploy to a %s rolls out, and undo brings the image back',
    async (kind) => {
      const { plan, outcome } = await carryOut(deploy('1.1.0', kind))
      expect(plan.differences).toEqual([
        { path: '/spec/template/spec/containers[web]/image', before: image('1.0.0'), after: image('1.1.0') },
      ])
      expect(outcome).toEqual(rolledOut)
      expect(await imageNow(kind)).toBe(image('1.1.0'))
      expect((await carryOut(undo(plan))).outcome).toEqual(rolledOut)
      expect(await imageNow(kind)).toBe(image('1.0.0'))
      const again = await makePlan({ access, caller: 'bot', order: undo(plan), mask: (_, value) => value })
      expect(again).toMatchObject({ ok: false, problem: { code: 'plan_nothing_to_change' } })
    },
  )

  test.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)(
    'rollback of a %s takes the template of the revision before',
    async (kind) => {
      await carryOut(deploy('1.2.0', kind))
      const { plan, outcome } = await carryOut({ action: 'rollback', target: on(kind) })
      expect(plan.effect).toMatchObject({
        kind: 'template',
        images: [{ before: image('1.2.0'), after: image('1.0.0') }],
      })
      expect(outcome).toEqual(rolledOut)
      expect(await imageNow(kind)).toBe(image('1.0.0'))
    },
  )

  test('an image that is missing is named, and rollback mends it', async () => {
    const { progress } = await carryOut(deploy('2-missing'), ({ stuck }) => stuck)
    expect(progress.at(-1)).toMatchObject({ stuck: true, reasons: [{ reason: expect.stringMatching(/ImagePull/) }] })
    expect((await carryOut({ action: 'rollback', target: web })).outcome).toEqual(rolledOut)
  })

  test('a crash shows its last lines', async () => {
    const { plan, progress } = await carryOut(deploy('2-crash'), ({ reasons }) =>
      reasons.some(({ logs }) => logs?.length),
    )
    expect(
      progress
        .at(-1)
        ?.reasons.flatMap(({ logs }) => logs ?? [])
        .join('\n'),
    ).toMatch(/panic/)
    expect((await carryOut(undo(plan))).outcome).toEqual(rolledOut)
  })

  test('scale, restart, pause, a deploy meanwhile, resume', async () => {
    expect((await carryOut({ action: 'scale', target: web, replicas: { by: 1 } })).outcome).toEqual(rolledOut)
    expect((await access.workload(web))?.ready).toBe(3)
    const restart = await carryOut({ action: 'restart', target: web })
    expect(restart.outcome).toEqual(rolledOut)
    expect(restart.plan.differences).toEqual([])
    expect((await carryOut({ action: 'pause', target: web })).outcome).toEqual({ kind: 'succeeded', how: 'no-rollout' })
    const held = await carryOut(deploy('1.3.0'))
    expect(held.plan.warnings).toContainEqual({ kind: 'paused' })
    expect(held.outcome).toEqual({ kind: 'succeeded', how: 'stored' })
    expect((await carryOut({ action: 'resume', target: web })).outcome).toEqual(rolledOut)
  })

  test('a plan whose template has moved is refused by the server, and one whose replicas have moved is not', async () => {
    const plan = await planFor(deploy('1.4.0'))
    const later = await planFor(deploy('1.5.0'))
    await carryOut({ action: 'scale', target: web, replicas: { by: 1 } })
    const patch = withBookkeeping(plan, { operation: 'T1', at: systemClock.now() })
    await access.patch(plan.object, patch, 'write')
    await expect(
      access.patch(later.object, withBookkeeping(later, { operation: 'T2', at: 0 }), 'write'),
    ).rejects.toMatchObject({
      problem: { code: 'cluster_moved' },
    })
  })

  test('the same order plans to the same fingerprint while an autoscaler moves the replicas', async () => {
    const before = await planFor(deploy('1.9.0'))
    await carryOut({ action: 'scale', target: web, replicas: { to: 2 } })
    expect((await planFor(deploy('1.9.0'))).fingerprint).toBe(before.fingerprint)
  })

  test('where an autoscaler owns the replicas, scale changes its bounds and waits until it has acted', async () => {
    await config.makeApiClient(AutoscalingV2Api).createNamespacedHorizontalPodAutoscaler({
      namespace,
      body: {
        metadata: { name: 'web' },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
          minReplicas: 2,
          maxReplicas: 5,
        },
      },
    })
    const { plan, outcome, object } = await carryOut({ action: 'scale', target: web, replicas: { to: 3 } })
    expect(plan.effect).toMatchObject({ kind: 'bounds', after: { min: 3, max: 5 } })
    expect(textAt(object, '/kind')).toBe('HorizontalPodAutoscaler')
    expect(outcome).toEqual(rolledOut)
    expect((await access.workload(web))?.replicas).toBeGreaterThanOrEqual(3)
    await carryOut(undo(plan), () => true)
    expect((await access.autoscalers(namespace))[0]).toMatchObject({ min: 2, max: 5 })
  })
})
