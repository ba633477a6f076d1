import { describe, expect, test } from 'vitest'
import { aDeployment, aStatefulSet, anAutoscaler } from '../support/cluster-builder.ts'
import { deploy, planFor, problemFor, target } from './planning.ts'

const digest = `sha256:${'ab'.repeat(32)}`

const kinds = async (image: string) => (await planFor(deploy(image), [aDeployment()])).warnings.map(({ kind }) => kind)

describe('deploy', () => {
  test('changes only the image of the only container, and says so', async () => {
    const web = aDeployment()
    const plan = await planFor(deploy('1.5.0'), [web])
    expect(plan.patch).toEqual([
      { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example/shop/web:1.5.0' },
    ])
    expect(plan.effect).toEqual({
      kind: 'images',
      images: [
        { container: 'web', before: 'registry.example/shop/web:1.4.2', after: 'registry.example/shop/web:1.5.0' },
      ],
    })
    expect(plan.differences).toEqual([
      {
        path: '/spec/template/spec/containers[web]/image',
        before: 'registry.example/shop/web:1.4.2',
        after: 'registry.example/shop/web:1.5.0',
      },
    ])
    expect(plan.images).toEqual(['registry.example/shop/web:1.5.0'])
    expect(plan.object).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' })
  })

  test('rests on the uid and the whole pod template, word for word', async () => {
    const plan = await planFor(deploy('1.5.0'), [aDeployment({ templateAnnotations: { 'example.org/a': 'b' } })])
    expect(plan.tests.map(({ path }) => path)).toEqual(['/metadata/uid', '/spec/template'])
    expect(plan.tests[1]).toMatchObject({ op: 'test', value: { metadata: { annotations: { 'example.org/a': 'b' } } } })
  })

  test.each([
    ['1.10', 'registry.example/shop/web:1.10'],
    [digest, `registry.example/shop/web@${digest}`],
    ['other.example/x:2', 'other.example/x:2'],
  ])('%s becomes %s', async (image, expected) => {
    expect((await planFor(deploy(image), [aDeployment()])).images).toEqual([expected])
  })

  test('a tag takes the place of an old digest, which would otherwise win', async () => {
    const pinned = aDeployment({ containers: [{ image: `registry.example:5000/web:1@${digest}` }] })
    expect((await planFor(deploy('2'), [pinned])).images).toEqual(['registry.example:5000/web:2'])
  })

  test('warns of a tag that can move, and not of a digest', async () => {
    expect(await kinds('1.5.0')).toContain('movable-tag')
    expect(await kinds(digest)).not.toContain('movable-tag')
  })

  test('the same image as now is nothing to change', async () => {
    expect(await problemFor(deploy('1.4.2'), [aDeployment()])).toEqual({
      code: 'plan_nothing_to_change',
      target: 'prod:shop/web',
      what: 'registry.example/shop/web:1.4.2',
    })
  })

  test('an image that is none is refused with its fault', async () => {
    expect(await problemFor(deploy('a b'), [aDeployment()])).toEqual({
      code: 'plan_bad_image',
      image: 'a b',
      why: 'tag',
    })
  })

  test('a workload that is being deleted is left alone, and one that does not exist is gone', async () => {
    expect(await problemFor(deploy('1.5.0'), [aDeployment({ deleting: true })])).toMatchObject({
      code: 'plan_cannot',
      why: 'deleting',
    })
    expect(await problemFor(deploy('1.5.0'), [])).toEqual({ code: 'plan_gone', target: 'prod:shop/web' })
  })

  test('works on a StatefulSet too', async () => {
    const plan = await planFor({ action: 'deploy', target: target('StatefulSet'), image: '1.5.0' }, [aStatefulSet()])
    expect(plan.object.kind).toBe('StatefulSet')
    expect(plan.strategy).toEqual({ kind: 'RollingUpdate', text: '', replicas: 3 })
  })
})

describe('which container', () => {
  const app = { name: 'app', image: 'registry.example/shop/web:1' }
  const proxy = { name: 'proxy', image: 'registry.example/proxy:3' }
  const worker = { name: 'worker', image: 'registry.example/shop/web:1' }

  test('the named one, an init container too', async () => {
    const web = aDeployment({
      containers: [app, proxy],
      initContainers: [{ name: 'migrate', image: 'registry.example/m:1' }],
    })
    expect((await planFor(deploy('2', 'migrate'), [web])).images).toEqual(['registry.example/m:2'])
  })

  test('a name that does not exist gets the names that do', async () => {
    expect(await problemFor(deploy('2', 'ap'), [aDeployment({ containers: [app, proxy] })])).toEqual({
      code: 'plan_no_such_container',
      target: 'prod:shop/web',
      container: 'ap',
      containers: ['app', 'proxy'],
    })
  })

  test('of several, a question without "all" when they run different images', async () => {
    expect(await problemFor(deploy('2'), [aDeployment({ containers: [app, proxy] })])).toEqual({
      code: 'plan_which_container',
      target: 'prod:shop/web',
      containers: [app, proxy],
      all: false,
    })
  })

  test('the annotated default one', async () => {
    const templateAnnotations = { 'kubectl.kubernetes.io/default-container': 'proxy' }
    const web = aDeployment({ containers: [app, proxy], templateAnnotations })
    expect((await planFor(deploy('4'), [web])).images).toEqual(['registry.example/proxy:4'])
  })

  test('several with the same repository make a question with "all"; both answers plan', async () => {
    const web = aDeployment({ containers: [app], initContainers: [worker] })
    expect(await problemFor(deploy('2'), [web])).toMatchObject({
      code: 'plan_which_container',
      containers: [worker, app],
      all: true,
    })
    expect((await planFor(deploy('2', 'app'), [web])).patch).toHaveLength(1)
    expect((await planFor(deploy('2', 'all'), [web])).patch).toHaveLength(2)
  })

  test('"all" of two main containers with one repository takes both, and asks again where they differ', async () => {
    expect((await planFor(deploy('2', 'all'), [aDeployment({ containers: [app, worker] })])).patch).toHaveLength(2)
    expect(await problemFor(deploy('2', 'all'), [aDeployment({ containers: [app, proxy] })])).toMatchObject({
      all: false,
    })
  })
})

const warned = async (...objects: Parameters<typeof planFor>[1]) => planFor(deploy('1.5.0'), objects)

describe('what a deploy warns of', () => {
  test('nothing, where nothing is odd but the tag', async () => {
    const plan = await warned(aDeployment())
    expect(plan.warnings).toEqual([{ kind: 'movable-tag', image: 'registry.example/shop/web:1.5.0' }])
    expect(plan.contested).toBe(false)
  })

  test('an autoscaler, which does not fight an image', async () => {
    const plan = await warned(aDeployment(), anAutoscaler())
    expect(plan.warnings).toContainEqual({ kind: 'autoscaler', name: 'web', min: 4, max: 12 })
    expect(plan.contested).toBe(false)
  })

  test('an owner that will put the old image back: the requester must confirm', async () => {
    const annotations = { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/web' }
    const plan = await warned(aDeployment({ annotations }))
    expect(plan.warnings).toContainEqual({ kind: 'owned', by: 'argo-cd', name: 'shop' })
    expect(plan.contested).toBe(true)
  })

  test('a paused Deployment, in which nothing will roll out', async () => {
    expect((await warned(aDeployment({ paused: true }))).warnings).toContainEqual({ kind: 'paused' })
  })

  test('a rollout that is still running', async () => {
    const status = { observedGeneration: 1, replicas: 5, updatedReplicas: 2, readyReplicas: 4, availableReplicas: 4 }
    expect((await warned(aDeployment({ status }))).warnings).toContainEqual({
      kind: 'rollout-running',
      updated: 2,
      wanted: 4,
    })
  })

  test.each([
    ['recreate', { strategy: { type: 'Recreate' } }],
    ['recreate', { strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } } }],
    ['single-replica', { replicas: 1, strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } } }],
  ])('downtime: %s', async (why, usual) => {
    expect((await warned(aDeployment(usual))).warnings).toContainEqual({ kind: 'downtime', why })
  })

  test('no downtime with one replica that surges first', async () => {
    expect((await warned(aDeployment({ replicas: 1 }))).warnings.map(({ kind }) => kind)).not.toContain('downtime')
  })

  test('a container without readiness probe', async () => {
    const plan = await warned(aDeployment({ containers: [{ probe: false }] }))
    expect(plan.warnings).toContainEqual({ kind: 'no-readiness-probe', container: 'web' })
  })
})
