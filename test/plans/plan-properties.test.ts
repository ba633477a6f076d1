import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/json.ts'
import { differencesBetween } from '../../src/plans/differences.ts'
import { canonical, fingerprintOf } from '../../src/plans/fingerprint.ts'
import { applyPatch } from '../../src/plans/json-patch.ts'
import { isObject } from '../../src/plans/pointer.ts'
import { StoredPlan } from '../../src/plans/stored-plan.ts'
import type { Order, Plan } from '../../src/plans/plan.ts'
import { aDeployment, anAutoscaler, aReplicaSet, aTemplate } from '../support/cluster-builder.ts'
import { createFakeCluster } from '../support/fake-cluster.ts'
import { after, deploy, planFor, planned, rollback, scale, simple, undo } from './planning.ts'

const tag = fc.stringMatching(/^[a-z0-9]{1,6}$/)
const name = fc.constantFrom('app', 'proxy', 'cache')
const container = fc.record({ image: tag.map((version) => `registry.example/x:${version}`), probe: fc.boolean() })
const deployment = fc
  .record({
    containers: fc.dictionary(name, container, { minKeys: 1 }),
    replicas: fc.integer({ min: 1, max: 9 }),
    paused: fc.boolean(),
  })
  .map(({ containers, replicas, paused }) => {
    const list = Object.entries(containers).map(([key, rest]) => ({ name: key, ...rest }))
    return aDeployment({ containers: list, replicas, paused })
  })
const order: fc.Arbitrary<Order> = fc.oneof(
  fc.tuple(tag, fc.constantFrom('app', 'proxy', 'all', undefined)).map(([version, which]) => deploy(version, which)),
  fc.integer({ min: 0, max: 20 }).map((to) => scale({ to })),
  fc.integer({ min: -3, max: 3 }).map((by) => scale({ by })),
  fc.constantFrom(rollback(), rollback(1), simple('pause'), simple('resume'), simple('restart')),
)
const extras = fc.constantFrom<readonly JsonObject[]>([], [anAutoscaler()])
const revisions = [1, 2].map((number) =>
  aReplicaSet({ number, template: aTemplate({ containers: [{ name: 'app', image: `x:${number}` }] }) }),
)

/** Runs a check for every order that comes to a plan. */
const forPlans = async (
  check: (plan: Plan, live: JsonObject, cluster: ReturnType<typeof createFakeCluster>) => Promise<void>,
) =>
  fc.assert(
    fc.asyncProperty(deployment, order, extras, async (web, wanted, more) => {
      const cluster = createFakeCluster([web, ...more, ...revisions])
      const plan = await planned(cluster, wanted).catch(() => undefined)
      if (!plan) return
      const live = cluster.get(plan.object)
      if (!live) throw new Error('no object')
      await check(plan, live, cluster)
    }),
    { numRuns: 60 },
  )

describe('every plan', () => {
  test('shows exactly what its patch changes', () =>
    forPlans(async (plan, live) => {
      const changed = after(live, plan)
      const shown = differencesBetween(live, changed, plan.effect)
        .filter(({ path, after }) => path !== '/spec/paused' || after !== false)
        .map(({ path }) => path)
      expect(
        plan.differences
          .map(({ path }) => path)
          .filter((path) => plan.order.action !== 'resume' || path !== '/spec/paused'),
      ).toEqual(shown)
      expect(plan.differences.length > 0 || plan.order.action === 'restart').toBe(true)
    }))

  test('is undone by its inverse, spec for spec', () =>
    forPlans(async (plan, live, cluster) => {
      if (!plan.inverse) return
      await cluster.access.patch(plan.object, [...plan.tests, ...plan.patch], 'write')
      const back = await planned(cluster, undo(plan))
      await cluster.access.patch(back.object, [...back.tests, ...back.patch], 'write')
      expect(cluster.get(plan.object)?.['spec']).toEqual(live['spec'])
    }))

  test('survives the store', () =>
    forPlans(async (plan) => {
      expect(StoredPlan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan)
    }))

  test('does not apply any more once what it rests on has moved', () =>
    forPlans(async (plan, live) => {
      const rests = plan.tests.at(-1)
      if (rests?.op !== 'test') throw new Error('no tests')
      const moved = applyPatch(live, [{ op: 'add', path: rests.path, value: 'moved' }])
      expect(moved.ok && applyPatch(moved.value, plan.tests).ok).toBe(false)
    }))
})

const web = (usual = {}) => aDeployment({ replicas: 4, ...usual })

describe('the fingerprint', () => {
  test('does not move with generation, status, replicas or versions', async () => {
    const { fingerprint } = await planFor(deploy('9'), [web()])
    const later = await planFor(deploy('9'), [
      web({ generation: 8, replicas: 7, status: { replicas: 1 } }),
      anAutoscaler(),
    ])
    expect(later.fingerprint).toBe(fingerprint)
  })

  test.each([
    ['another image', deploy('8'), web()],
    ['another object of that name', deploy('9'), web({ uid: 'other' })],
    ['a template that has moved', deploy('9'), web({ templateAnnotations: { a: 'b' } })],
    ['another image before', deploy('9'), web({ containers: [{ image: 'registry.example/shop/web:7' }] })],
    ['another action', simple('restart'), web()],
  ])('moves with %s', async (_, wanted, object) => {
    const { fingerprint } = await planFor(deploy('9'), [web()])
    expect((await planFor(wanted, [object])).fingerprint).not.toBe(fingerprint)
  })

  test('of a scale moves with the replicas and with the arrival of an autoscaler', async () => {
    const { fingerprint } = await planFor(scale({ to: 9 }), [web()])
    expect((await planFor(scale({ to: 9 }), [web({ replicas: 5 })])).fingerprint).not.toBe(fingerprint)
    expect((await planFor(scale({ to: 9 }), [web(), anAutoscaler()])).fingerprint).not.toBe(fingerprint)
  })

  const json = fc.json({ maxDepth: 3 }).map((text): Json => JSON.parse(text))

  test('changes whenever anything that approvers see changes', () => {
    const base = { cluster: 'prod', uid: 'u', action: 'deploy', patch: [], tests: [], besides: null }
    const mark = (value: Json, uid = 'u') =>
      fingerprintOf({ ...base, uid, differences: [{ path: '/a', name: 'a', before: 0, after: value }] })
    fc.assert(
      fc.property(json, json, (one, two) => {
        expect(mark(one) === mark(two)).toBe(canonical(one) === canonical(two))
        expect(mark(one, 'v')).not.toBe(mark(one))
      }),
    )
  })

  test('does not depend on the order in which members stand', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse())
        expect(canonical(turned)).toBe(canonical(object))
        const parsed: Json = JSON.parse(canonical(object))
        expect(isObject(parsed) && canonical(parsed)).toBe(canonical(object))
      }),
    )
  })
})
