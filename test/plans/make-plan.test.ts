import { describe, expect, test } from 'vitest'
import { applyPatch } from '../../src/plans/json-patch.ts'
import { isObject } from '../../src/plans/pointer.ts'
import { aDeployment, anAutoscaler } from '../support/cluster-builder.ts'
import { createFakeCluster } from '../support/fake-cluster.ts'
import { deploy, planFor, planned, planning, rollback, scale, simple } from './planning.ts'

const set = (object: ReturnType<typeof aDeployment>, path: string, value: string | number) => {
  const result = applyPatch(object, [{ op: 'add', path, value }])
  if (!result.ok || !isObject(result.value)) throw new Error(path)
  return result.value
}

describe('a plan', () => {
  test('shows what admission would change besides the patch, and counts it', async () => {
    const cluster = createFakeCluster([aDeployment()])
    const plain = await planned(cluster, deploy('1.5.0'))
    cluster.admit((object) => set(object, '/spec/revisionHistoryLimit', 3), ['spec.x is deprecated'])
    const plan = await planned(cluster, deploy('1.5.0'))
    expect(plan.differences).toContainEqual({ path: '/spec/revisionHistoryLimit', after: 3 })
    expect(plan.warnings).toContainEqual({ kind: 'server', text: 'spec.x is deprecated' })
    expect(plan.fingerprint).not.toBe(plain.fingerprint)
  })

  test('does not take an autoscaler’s move between reading and dry run for a part of the change', async () => {
    const cluster = createFakeCluster([aDeployment({ replicas: 4 }), anAutoscaler()])
    const plain = await planned(cluster, deploy('1.5.0'))
    let moves = 0
    cluster.beforePatch(() => {
      moves += 1
      if (moves === 1) cluster.put(aDeployment({ replicas: 7, generation: 2 }))
    })
    const plan = await planned(cluster, deploy('1.5.0'))
    expect(plan.differences.map(({ path }) => path)).toEqual(['/spec/template/spec/containers[web]/image'])
    expect(plan.fingerprint).toBe(plain.fingerprint)
    expect(moves).toBe(2)
  })

  test('is made again when the template moves before the dry run, and given up when it never stands still', async () => {
    const cluster = createFakeCluster([aDeployment()])
    let moves = 0
    cluster.beforePatch(() => {
      moves += 1
      if (moves === 1) cluster.put(aDeployment({ containers: [{ image: 'web:2' }] }))
    })
    expect((await planned(cluster, deploy('3'))).images).toEqual(['web:3'])
    cluster.beforePatch(() => cluster.put(aDeployment({ containers: [{ image: `web:${(moves += 1)}` }] })))
    await expect(planning(cluster, deploy('0'))).rejects.toMatchObject({ problem: { code: 'cluster_moved' } })
  })

  test('says when autoscalers could not be looked at', async () => {
    const cluster = createFakeCluster([aDeployment()])
    cluster.break('autoscalers', { code: 'cluster_forbidden', cluster: 'prod', detail: 'cannot list autoscalers' })
    const plan = await planned(cluster, deploy('1.5.0'))
    expect(plan.warnings).toContainEqual({ kind: 'unread', what: 'autoscalers', detail: 'cannot list autoscalers' })
  })

  test('is not made where the cluster would refuse the write, and nothing is tried then', async () => {
    const cluster = createFakeCluster([aDeployment()])
    cluster.forbid()
    expect(await planning(cluster, deploy('1.5.0'))).toMatchObject({
      problem: { code: 'plan_not_permitted', verb: 'patch', resource: 'deployments', namespace: 'shop', caller: 'bot' },
    })
    expect(cluster.calls).not.toContain('patch')
  })

  test('asks for the right to patch the object that is patched, an autoscaler included', async () => {
    const cluster = createFakeCluster([aDeployment({ replicas: 4 }), anAutoscaler()])
    cluster.forbid()
    expect(await planning(cluster, scale({ bounds: { min: 2, max: 6 } }))).toMatchObject({
      problem: { code: 'plan_not_permitted', resource: 'horizontalpodautoscalers' },
    })
  })

  test.each(['cluster_no_answer', 'cluster_forbidden'] as const)(
    'is made where the access review is %s: the write has the last word',
    async (code) => {
      const cluster = createFakeCluster([aDeployment()])
      cluster.break('mayI', { code, cluster: 'prod', detail: '' })
      expect((await planned(cluster, deploy('1.5.0'))).images).toEqual(['registry.example/shop/web:1.5.0'])
    },
  )

  test('is not made when the cluster does not answer a read or refuses the dry run', async () => {
    const cluster = createFakeCluster([aDeployment()])
    cluster.break('autoscalers', { code: 'cluster_no_answer', cluster: 'prod', detail: '' })
    await expect(planning(cluster, deploy('1.5.0'))).rejects.toMatchObject({ problem: { code: 'cluster_no_answer' } })
    cluster.break('autoscalers', undefined)
    cluster.break('revisions', { code: 'cluster_forbidden', cluster: 'prod', detail: '' })
    await expect(planning(cluster, rollback())).rejects.toMatchObject({ problem: { code: 'cluster_forbidden' } })
    cluster.break('patch', { code: 'cluster_denied', cluster: 'prod', detail: 'policy' })
    await expect(planning(cluster, deploy('1.5.0'))).rejects.toMatchObject({ problem: { code: 'cluster_denied' } })
  })

  test('carries what the bot knows of the object', async () => {
    const known = { others: [{ operation: '7F3K', state: 'running' }], lastFailed: { operation: '3QX9', at: 5 } }
    expect((await planFor(deploy('1.5.0'), [aDeployment()], known)).warnings).toEqual(
      expect.arrayContaining([
        { kind: 'other-operation', operation: '7F3K', state: 'running' },
        { kind: 'last-failed', operation: '3QX9', at: 5 },
      ]),
    )
  })

  test('changes nothing on the cluster', async () => {
    const web = aDeployment()
    const cluster = createFakeCluster([web])
    const plan = await planned(cluster, deploy('1.5.0'))
    expect(cluster.get(plan.object)).toBe(web)
  })

  test('knows the template that will be rolled out, as the server would store it', async () => {
    const plan = await planFor(deploy('1.5.0'), [aDeployment()])
    expect(JSON.stringify(plan.template)).toContain('registry.example/shop/web:1.5.0')
    expect((await planFor(scale({ to: 6 }), [aDeployment(), anAutoscaler()])).template).toBeUndefined()
    expect((await planFor(simple('pause'), [aDeployment()])).template).toBeUndefined()
  })

  test('tells the strategy in its own figures', async () => {
    expect((await planFor(deploy('1.5.0'), [aDeployment()])).strategy).toEqual({
      kind: 'RollingUpdate',
      text: '25% / 25%',
      replicas: 4,
    })
  })
})

const mutated = async (secret: string) => {
  const cluster = createFakeCluster([
    aDeployment({ containers: [{ env: { DB_PASSWORD: 'old-secret', LEVEL: 'info' } }] }),
  ])
  cluster.admit((object) =>
    set(
      set(object, '/spec/template/spec/containers/0/env/0/value', secret),
      '/spec/template/spec/containers/0/env/1/value',
      'debug',
    ),
  )
  return planned(cluster, deploy('1.5.0'))
}

describe('secrets', () => {
  test('are masked in differences by their variable’s name, other values are not', async () => {
    const { differences } = await mutated('new-secret!')
    expect(differences).toContainEqual({
      path: '/spec/template/spec/containers[web]/env[DB_PASSWORD]/value',
      before: '•••10',
      after: '•••11',
    })
    expect(differences).toContainEqual({
      path: '/spec/template/spec/containers[web]/env[LEVEL]/value',
      before: 'info',
      after: 'debug',
    })
  })

  test('are masked inside of an object that comes whole', async () => {
    const cluster = createFakeCluster([aDeployment()])
    cluster.admit((object) => {
      const added = applyPatch(object, [
        {
          op: 'add',
          path: '/spec/template/spec/containers/-',
          value: { name: 'x', env: [{ name: 'API_TOKEN', value: 'abc' }] },
        },
      ])
      return added.ok && isObject(added.value) ? added.value : object
    })
    const { differences } = await planned(cluster, deploy('1.5.0'))
    expect(JSON.stringify(differences)).toContain('•••3')
    expect(JSON.stringify(differences)).not.toContain('abc')
  })

  test('that differ make another fingerprint even where they look the same', async () => {
    const [one, two] = [await mutated('secret-one'), await mutated('secret-two')]
    expect(one.differences).toEqual(two.differences)
    expect(one.fingerprint).not.toBe(two.fingerprint)
  })
})
