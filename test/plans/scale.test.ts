import { describe, expect, test } from 'vitest'
import { aDaemonSet, aDeployment, anAutoscaler, aStatefulSet } from '../support/cluster-builder.ts'
import { createFakeCluster } from '../support/fake-cluster.ts'
import { planFor, planning, problemFor, scale } from './planning.ts'

describe('scale without an autoscaler', () => {
  test.each([
    [{ to: 6 }, 6],
    [{ by: 2 }, 6],
    [{ by: -3 }, 1],
    [{ to: 0 }, 0],
    [{ bounds: { min: 5, max: 5 } }, 5],
  ])('%o on 4 replicas sets %i', async (wanted, expected) => {
    const plan = await planFor(scale(wanted), [aDeployment({ replicas: 4 })])
    expect(plan.patch).toEqual([{ op: 'replace', path: '/spec/replicas', value: expected }])
    expect(plan.effect).toEqual({ kind: 'replicas', before: 4, after: expected })
    expect(plan.replicas).toEqual({ before: { min: 4, max: 4 }, after: { min: expected, max: expected } })
    expect(plan.differences).toEqual([{ path: '/spec/replicas', before: 4, after: expected }])
    expect(plan.images).toEqual([])
  })

  test('rests on the uid and the replicas, not on the template', async () => {
    const plan = await planFor(scale({ to: 6 }, 'StatefulSet'), [aStatefulSet()])
    expect(plan.tests.map(({ path }) => path)).toEqual(['/metadata/uid', '/spec/replicas'])
  })

  test.each([{ to: -1 }, { to: 1.5 }, { to: 1e9 }, { by: -5 }, { to: Number.NaN }, { bounds: { min: -1, max: 3 } }])(
    '%o is refused',
    async (wanted) => {
      expect(await problemFor(scale(wanted), [aDeployment({ replicas: 4 })])).toMatchObject({
        code: 'plan_bad_replicas',
      })
    },
  )

  test('the same number is nothing to change', async () => {
    expect(await problemFor(scale({ to: 4 }), [aDeployment()])).toEqual({
      code: 'plan_nothing_to_change',
      target: 'prod:shop/web',
      what: '4',
    })
  })

  test('a DaemonSet has no replicas, and a range needs an autoscaler', async () => {
    expect(await problemFor(scale({ to: 4 }, 'DaemonSet'), [aDaemonSet()])).toMatchObject({
      why: 'daemonset-has-no-replicas',
    })
    expect(await problemFor(scale({ bounds: { min: 2, max: 5 } }), [aDeployment()])).toMatchObject({
      code: 'plan_cannot',
      why: 'no-autoscaler',
    })
  })

  test('to zero warns of downtime', async () => {
    expect((await planFor(scale({ to: 0 }), [aDeployment()])).warnings).toEqual([{ kind: 'downtime', why: 'to-zero' }])
  })
})

describe('scale where an autoscaler owns the replicas', () => {
  const web = aDeployment({ replicas: 5 })

  test.each([
    [{ to: 6 }, { min: 6, max: 12 }],
    [{ to: 20 }, { min: 20, max: 20 }],
    [{ to: 2 }, { min: 2, max: 12 }],
    [{ bounds: { min: 6, max: 30 } }, { min: 6, max: 30 }],
    [{ bounds: { min: 4, max: 8 } }, { min: 4, max: 8 }],
  ])('%o on 4..12 makes %o', async (wanted, expected) => {
    const plan = await planFor(scale(wanted), [web, anAutoscaler()])
    expect(plan.effect).toEqual({ kind: 'bounds', autoscaler: 'web', before: { min: 4, max: 12 }, after: expected })
    expect(plan.replicas).toEqual({ before: { min: 4, max: 12 }, after: expected })
    expect(plan.object).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      namespace: 'shop',
      name: 'web',
    })
    expect(plan.uid).toBe('uid-hpa')
    expect(plan.workload.kind).toBe('Deployment')
    expect(plan.patch.every(({ path }) => path === '/spec/minReplicas' || path === '/spec/maxReplicas')).toBe(true)
  })

  test('rests on both bounds and on what they are for, not on the replicas that the autoscaler moves', async () => {
    const plan = await planFor(scale({ to: 6 }), [web, anAutoscaler()])
    expect(plan.tests.map(({ path }) => path)).toEqual([
      '/metadata/uid',
      '/spec/minReplicas',
      '/spec/maxReplicas',
      '/spec/scaleTargetRef',
    ])
    const moved = await planFor(scale({ to: 6 }), [aDeployment({ replicas: 9, generation: 7 }), anAutoscaler()])
    expect(moved.fingerprint).toBe(plan.fingerprint)
  })

  test('an autoscaler of something else does not count', async () => {
    const other = anAutoscaler({ of: { kind: 'StatefulSet', name: 'web' } })
    expect((await planFor(scale({ to: 6 }), [web, other])).object.kind).toBe('Deployment')
  })

  const keda = {
    ownerReferences: [
      { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'web', uid: 'k', controller: true },
    ],
  }
  const argo = {
    annotations: { 'argocd.argoproj.io/tracking-id': 'shop:autoscaling/HorizontalPodAutoscaler:shop/web' },
  }
  test.each([
    ['keda', { to: 6 }, [anAutoscaler(keda)]],
    ['owned', { to: 6 }, [anAutoscaler(argo)]],
    ['relative', { by: 2 }, [anAutoscaler()]],
    ['to-zero', { to: 0 }, [anAutoscaler()]],
    ['to-zero', { bounds: { min: 0, max: 3 } }, [anAutoscaler()]],
    ['several', { to: 6 }, [anAutoscaler(), anAutoscaler({ name: 'second' })]],
  ])('is refused: %s', async (why, wanted, autoscalers) => {
    expect(await problemFor(scale(wanted), [web, ...autoscalers])).toEqual({
      code: 'plan_autoscaled',
      target: 'prod:shop/web',
      autoscaler: 'web',
      min: 4,
      max: 12,
      why,
    })
  })

  test('one that Helm installed may be changed once the requester has confirmed', async () => {
    const helm = { annotations: { 'meta.helm.sh/release-name': 'shop' } }
    const plan = await planFor(scale({ to: 6 }), [web, anAutoscaler(helm)])
    expect(plan.contested).toBe(true)
    expect(plan.warnings).toContainEqual({ kind: 'owned', by: 'helm', name: 'shop' })
  })

  test('the same bounds are nothing to change, a range upside down is refused', async () => {
    expect(await problemFor(scale({ bounds: { min: 4, max: 12 } }), [web, anAutoscaler()])).toMatchObject({
      code: 'plan_nothing_to_change',
      what: '4..12',
    })
    expect(await problemFor(scale({ bounds: { min: 9, max: 3 } }), [web, anAutoscaler()])).toMatchObject({
      code: 'plan_bad_replicas',
    })
  })

  test('at 0 replicas the autoscaler sleeps: waking it sets the replicas, within its bounds only', async () => {
    const asleep = aDeployment({ replicas: 0 })
    const plan = await planFor(scale({ to: 5 }), [asleep, anAutoscaler()])
    expect(plan.patch).toEqual([{ op: 'replace', path: '/spec/replicas', value: 5 }])
    expect(plan.contested).toBe(true)
    expect(await problemFor(scale({ to: 2 }), [asleep, anAutoscaler()])).toMatchObject({ why: 'asleep' })
  })

  test('not being allowed to see autoscalers is an error, never a guess', async () => {
    const cluster = createFakeCluster([web, anAutoscaler()])
    cluster.break('autoscalers', { code: 'cluster_forbidden', cluster: 'prod', detail: 'cannot list' })
    await expect(planning(cluster, scale({ to: 6 }))).rejects.toMatchObject({ problem: { code: 'cluster_forbidden' } })
  })
})
