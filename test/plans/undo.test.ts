import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/json.ts'
import type { Order } from '../../src/plans/plan.ts'
import { aDeployment, anAutoscaler, aReplicaSet, aTemplate } from '../support/cluster-builder.ts'
import { createFakeCluster } from '../support/fake-cluster.ts'
import { deploy, planned, planning, rollback, scale, simple, undo } from './planning.ts'

/** A cluster on which the order has been carried out, and its plan. */
async function done(order: Order, objects: readonly JsonObject[]) {
  const cluster = createFakeCluster(objects)
  const plan = await planned(cluster, order)
  const before = cluster.get(plan.object)
  await cluster.access.patch(plan.object, [...plan.tests, ...plan.patch], 'write')
  return { cluster, plan, before }
}

const revisions = [1, 2].map((number) =>
  aReplicaSet({ number, template: aTemplate({ containers: [{ image: `web:${number}` }] }) }),
)
const web = aDeployment({ containers: [{ image: 'web:2' }], replicas: 4 })

const spec = (object: JsonObject | undefined) => object?.['spec']

describe('undo', () => {
  test.each([
    ['deploy', { order: deploy('3'), objects: [web], decidedAs: 'rollback' }],
    ['rollback', { order: rollback(), objects: [web, ...revisions], decidedAs: 'rollback' }],
    ['scale', { order: scale({ to: 9 }), objects: [web], decidedAs: 'scale' }],
    ['bounds', { order: scale({ to: 9 }), objects: [web, anAutoscaler()], decidedAs: 'scale' }],
    ['pause', { order: simple('pause'), objects: [web], decidedAs: 'resume' }],
    ['resume', { order: simple('resume'), objects: [aDeployment({ paused: true })], decidedAs: 'pause' }],
  ] as const)('of %s restores exactly what was there', async (_, { order, objects, decidedAs }) => {
    const { cluster, plan, before } = await done(order, objects)
    expect(plan.inverse?.action).toBe(decidedAs)
    const back = await planned(cluster, undo(plan))
    await cluster.access.patch(back.object, [...back.tests, ...back.patch], 'write')
    expect(spec(cluster.get(plan.object))).toEqual(spec(before))
  })

  test('of a deploy puts the image back and names it', async () => {
    const { cluster, plan } = await done(deploy('3'), [web])
    const back = await planned(cluster, undo(plan))
    expect(back.effect).toEqual({ kind: 'images', images: [{ container: 'web', before: 'web:3', after: 'web:2' }] })
    expect(back.images).toEqual(['web:2'])
    expect(back.tests.map(({ path }) => path)).toEqual(['/metadata/uid', '/spec/template'])
  })

  test('has a way back itself', async () => {
    const { cluster, plan } = await done(deploy('3'), [web])
    const back = await planned(cluster, undo(plan))
    await cluster.access.patch(back.object, back.patch, 'write')
    const again = await planned(cluster, undo(back))
    expect(again.effect).toEqual({ kind: 'images', images: [{ container: 'web', before: 'web:2', after: 'web:3' }] })
  })

  test('dies when a value that it would restore has moved', async () => {
    const { cluster, plan } = await done(deploy('3'), [web])
    const newer = await planned(cluster, deploy('4'))
    await cluster.access.patch(newer.object, newer.patch, 'write')
    expect(await planning(cluster, undo(plan))).toEqual({
      ok: false,
      problem: {
        code: 'plan_undo_stale',
        target: 'prod:shop/web',
        moved: ['/spec/template/spec/containers/0/image'],
      },
    })
  })

  test('lives on when something else has moved', async () => {
    const { cluster, plan } = await done(deploy('3'), [web])
    const scaled = await planned(cluster, scale({ to: 9 }))
    await cluster.access.patch(scaled.object, scaled.patch, 'write')
    expect((await planned(cluster, undo(plan))).images).toEqual(['web:2'])
  })

  test('dies when another container stands in that place', async () => {
    const { cluster, plan } = await done(deploy('3'), [web])
    const moved = aDeployment({ containers: [{ name: 'proxy', image: 'web:3' }, { image: 'web:3' }] })
    cluster.put(moved)
    expect(await planning(cluster, undo(plan))).toMatchObject({ problem: { code: 'plan_undo_stale' } })
  })

  test('of a scale dies when an autoscaler owns the replicas by now', async () => {
    const { cluster, plan } = await done(scale({ to: 9 }), [web])
    cluster.put(anAutoscaler())
    expect(await planning(cluster, undo(plan))).toMatchObject({
      problem: { code: 'plan_undo_stale', moved: ['HorizontalPodAutoscaler/web'] },
    })
  })

  test('of waking a sleeping workload puts it to sleep again, with a warning', async () => {
    const { cluster, plan } = await done(scale({ to: 5 }), [aDeployment({ replicas: 0 }), anAutoscaler()])
    const back = await planned(cluster, undo(plan))
    expect(back.effect).toEqual({ kind: 'replicas', before: 5, after: 0 })
    expect(back.warnings).toContainEqual({ kind: 'downtime', why: 'to-zero' })
    expect(back.contested).toBe(true)
  })

  test('of something already put back is nothing to change', async () => {
    const { cluster, plan } = await done(scale({ to: 9 }), [web])
    cluster.put(web)
    expect(await planning(cluster, undo(plan))).toMatchObject({
      problem: { code: 'plan_nothing_to_change', what: '7F3K' },
    })
  })

  test('of an object that was made anew is refused', async () => {
    const { cluster, plan } = await done(deploy('3'), [web])
    cluster.put(aDeployment({ uid: 'another', containers: [{ image: 'web:3' }] }))
    expect(await planning(cluster, undo(plan))).toMatchObject({ problem: { code: 'plan_gone' } })
  })

  test('expects what admission made of the image, not what was ordered', async () => {
    const cluster = createFakeCluster([web])
    cluster.admit((object) => JSON.parse(JSON.stringify(object).replaceAll('"web:3"', '"mirror.example/web:3"')))
    const plan = await planned(cluster, deploy('3'))
    await cluster.access.patch(plan.object, [...plan.tests, ...plan.patch], 'write')
    expect(plan.images).toEqual(['web:3', 'mirror.example/web:3'])
    expect((await planned(cluster, undo(plan))).images).toContain('web:2')
  })
})
