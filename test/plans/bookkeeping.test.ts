import { describe, expect, test } from 'vitest'
import { absentAnnotations, causeOf, operationOf, withBookkeeping } from '../../src/plans/bookkeeping.ts'
import { applyPatch } from '../../src/plans/json-patch.ts'
import { at, isObject } from '../../src/plans/pointer.ts'
import { aDaemonSet, aDeployment, anAutoscaler, aStatefulSet } from '../support/cluster-builder.ts'
import { createFakeCluster } from '../support/fake-cluster.ts'
import { deploy, planFor, planned, scale, simple, target } from './planning.ts'

const stamp = { operation: '7F3K', at: Date.UTC(2026, 10, 23, 21, 4, 5, 678), cause: 'deploy web 1.5.0' }

describe('bookkeeping', () => {
  test('marks the patched object with the operation and gives the revision its cause', async () => {
    const cluster = createFakeCluster([aDeployment()])
    const plan = await planned(cluster, deploy('1.5.0'))
    const { object } = await cluster.access.patch(plan.object, withBookkeeping(plan, stamp), 'write')
    expect(operationOf(object)).toBe('7F3K')
    expect(at(object, '/metadata/annotations')).toEqual({
      'deployment.kubernetes.io/revision': '1',
      'readback.dev/operation': '7F3K',
      'kubernetes.io/change-cause': 'deploy web 1.5.0',
    })
  })

  test('sends tests first', async () => {
    const plan = await planFor(deploy('1.5.0'), [aDeployment()])
    const operations = withBookkeeping(plan, stamp)
    expect(operations.slice(0, plan.tests.length)).toEqual(plan.tests)
    expect(operations.findLastIndex(({ op }) => op === 'test')).toBe(plan.tests.length - 1)
    expect(operations.map(({ path }) => path)).toContain('/metadata/annotations/readback.dev~1operation')
  })

  test('creates annotations where there are none, and never overwrites some that came in between', async () => {
    const bare = aStatefulSet()
    expect(absentAnnotations(bare)).toEqual(['/metadata/annotations', '/spec/template/metadata/annotations'])
    const plan = await planFor(simple('restart', 'StatefulSet'), [bare])
    const operations = withBookkeeping(plan, stamp)
    const stored = applyPatch(bare, operations)
    expect(stored.ok && at(stored.value, '/metadata/annotations/readback.dev~1operation')).toBe('7F3K')
    expect(applyPatch(aStatefulSet({ annotations: { 'example.org/a': 'b' } }), operations).ok).toBe(false)
  })

  test('restarts by the time of the operation, in whole seconds, beside other annotations of the template', async () => {
    const web = aDaemonSet({ templateAnnotations: { 'example.org/a': 'b' } })
    const plan = await planFor(simple('restart', 'DaemonSet'), [web])
    const stored = applyPatch(web, withBookkeeping(plan, stamp))
    expect(stored.ok && at(stored.value, '/spec/template/metadata/annotations')).toEqual({
      'example.org/a': 'b',
      'kubectl.kubernetes.io/restartedAt': '2026-11-23T21:04:05Z',
    })
  })

  test('gives no cause where no revision comes of it', async () => {
    const plan = await planFor(scale({ to: 6 }), [aDeployment(), anAutoscaler()])
    expect(JSON.stringify(withBookkeeping(plan, stamp))).not.toContain('change-cause')
  })

  test('is no part of differences or fingerprint', async () => {
    const web = aDeployment()
    const plan = await planFor(deploy('1.5.0'), [web])
    const marked = applyPatch(web, [
      { op: 'add', path: '/metadata/annotations/readback.dev~1operation', value: '2ABC' },
      { op: 'add', path: '/metadata/annotations/kubernetes.io~1change-cause', value: 'something else' },
    ])
    if (!marked.ok || !isObject(marked.value)) throw new Error('patch')
    const later = await planFor(deploy('1.5.0'), [marked.value])
    expect(later.fingerprint).toBe(plan.fingerprint)
    expect(later.differences).toHaveLength(1)
    expect(plan.workload).toEqual(target())
  })

  test('names the order in the cause of the revision that comes of it, on one short line', async () => {
    const plan = await planFor(deploy('1.5.0'), [aDeployment()])
    expect(causeOf(plan, '7F3K')).toBe('readback 7F3K: deploy web=registry.example/shop/web:1.5.0')
    const many = {
      kind: 'images',
      images: Array.from({ length: 30 }, () => plan.effect).flatMap((one) => ('images' in one ? one.images : [])),
    } as const
    expect(causeOf({ ...plan, effect: many }, '7F3K')).toHaveLength(250)
  })
})
