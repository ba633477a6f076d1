import type { ClusterAccess, LogLine } from '../../src/clusters/cluster.ts'
import type { WorkloadKind } from '../../src/clusters/names.ts'
import type { Pod, Workload } from '../../src/clusters/nouns.ts'
import { workloadKinds } from '../../src/clusters/names.ts'
import { ClusterError } from '../../src/clusters/problems.ts'
import { setScenes, untilFound } from './cluster-world.ts'
import type { ClusterWorld } from './cluster-world.ts'
import { aGrant, aManifest, anAutoscaler } from './cluster-objects.ts'
import { describe, expect, it } from 'vitest'

const plural = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' } as const

/** What every way to a cluster does. */
export function clusterContract(way: string, begin: () => Promise<ClusterWorld>): void {
  describe(`${way}:`, () => {
    let world: ClusterWorld
    let bot: ClusterAccess
    let namespace: string
    setScenes(begin, { prefix: 'contract', onScene: (scene) => ({ world, bot, namespace } = scene) })

    const path = (kind: WorkloadKind, workload = 'web') =>
      `/apis/apps/v1/namespaces/${namespace}/${plural[kind]}/${workload}`
    const ref = (kind: WorkloadKind = 'Deployment') => ({ apiVersion: 'apps/v1', kind, namespace, name: 'web' })
    const create = (kind: WorkloadKind, changes: Parameters<typeof aManifest>[1] = {}) =>
      world.api.post(`/apis/apps/v1/namespaces/${namespace}/${plural[kind]}`, aManifest(kind, changes))

    const until = <Found>(look: () => Promise<Found | undefined | false>): Promise<Found> => untilFound(world, look)
    const workload = async (kind: WorkloadKind = 'Deployment'): Promise<Workload> => {
      const found = await bot.workload({ kind, namespace, name: 'web' })
      if (!found) throw new Error('no such workload')
      return found
    }
    const settled = (kind: WorkloadKind = 'Deployment') =>
      until(async () => {
        const found = await workload(kind)
        const done = found.observedGeneration >= found.generation && found.replicas > 0
        return done && found.updated === found.replicas && found.available === found.replicas ? found : undefined
      })
    const pods = async (): Promise<readonly Pod[]> =>
      await bot.pods({ namespace, selector: (await workload()).selector })
    const podLike = (fits: (pod: Pod) => boolean) => until(async () => (await pods()).find(fits))

    it('tells version, nodes and namespaces', async () => {
      expect(await bot.version()).toMatch(/^v1\.\d+\.\d+/)
      expect(await bot.nodes()).toContainEqual({ name: 'node-1', ready: true, schedulable: true, pressures: [] })
      expect(await bot.namespaces()).toContain(namespace)
      expect(world.cluster.health().state).toBe('up')
    })

    it.each(workloadKinds)('reads a %s until it runs, its pods and their events', async (kind) => {
      const created = await create(kind)
      const found = await settled(kind)
      expect(found).toMatchObject({
        kind,
        namespace,
        name: 'web',
        apiVersion: 'apps/v1',
        selector: 'app=web,app',
        paused: false,
        deleting: false,
        strategy: 'RollingUpdate',
        owners: [],
        containers: [{ name: 'app', image: 'registry.example/shop/web:1.0', role: 'main' }],
        object: { kind, metadata: { uid: found.uid } },
      })
      expect(created).toMatchObject({ metadata: { uid: found.uid } })
      const all = await bot.pods({ namespace, selector: found.selector })
      expect(all).toHaveLength(found.replicas)
      for (const pod of all) {
        expect(pod).toMatchObject({
          status: 'Running',
          phase: 'Running',
          ready: true,
          restarts: 0,
          deleting: false,
          reasons: [],
        })
        expect(pod.containers).toEqual([
          expect.objectContaining({ name: 'app', role: 'main', state: 'running', ready: true }),
        ])
        expect(pod.owner?.kind).toBe(kind === 'Deployment' ? 'ReplicaSet' : kind)
      }
      const [pod] = all
      const events = await until(async () => {
        const about = await bot.events({ namespace, about: { kind: 'Pod', name: pod?.name ?? '' } })
        return about.some(({ reason }) => reason === 'Scheduled') && about
      })
      expect(events.every(({ about }) => about.name === pod?.name)).toBe(true)
    })

    it('lists workloads by namespace, kind and name, complete', async () => {
      for (const kind of workloadKinds) await create(kind, { replicas: 1 })
      await create('Deployment', { name: 'other', replicas: 0 })
      const found = async (query: Parameters<ClusterAccess['workloads']>[0]) =>
        (await bot.workloads(query)).map((one) => `${one.kind}/${one.name}`).sort()
      expect(await found({ namespace })).toEqual([
        'DaemonSet/web',
        'Deployment/other',
        'Deployment/web',
        'StatefulSet/web',
      ])
      expect(await found({ namespace, kind: 'Deployment' })).toEqual(['Deployment/other', 'Deployment/web'])
      expect(await found({ namespace, name: 'other' })).toEqual(['Deployment/other'])
      expect((await bot.workloads({ name: 'other' })).some((one) => one.namespace === namespace)).toBe(true)
      expect(await found({ namespace: 'no-such-namespace' })).toEqual([])
    })

    it('knows nothing of what does not exist', async () => {
      expect(await bot.workload({ kind: 'Deployment', namespace, name: 'web' })).toBeUndefined()
      expect(await bot.read(ref())).toBeUndefined()
      expect(await bot.read({ apiVersion: 'no.such.group/v1', kind: 'Thing', namespace, name: 'x' })).toBeUndefined()
      expect(
        await problem(bot.patch(ref(), [{ op: 'replace', path: '/spec/replicas', value: 1 }], 'write')),
      ).toMatchObject({ code: 'cluster_not_found' })
      expect(await problem(first(bot.watch(ref(), new AbortController().signal)))).toMatchObject({
        code: 'cluster_not_found',
      })
    })

    it('says why an image does not come', async () => {
      await create('Deployment', { image: 'registry.example/shop/web:missing', replicas: 1 })
      const pod = await podLike(({ status }) => status === 'ImagePullBackOff')
      expect(pod).toMatchObject({ ready: false, phase: 'Pending' })
      expect(pod.reasons).toEqual([
        {
          reason: 'ImagePullBackOff',
          container: 'app',
          message: expect.stringContaining('registry.example/shop/web:missing'),
        },
      ])
      expect(
        await problem(texts(bot.logs({ namespace, pod: pod.name, container: 'app' }, new AbortController().signal))),
      ).toMatchObject({ code: 'cluster_failed', status: 400 })
    })

    it('says how a crash went, and reads the log before it', async () => {
      await create('Deployment', { image: 'registry.example/shop/web:crash', replicas: 1 })
      const pod = await podLike(({ status, restarts }) => status === 'CrashLoopBackOff' && restarts > 0)
      const [container] = pod.containers
      expect(container).toMatchObject({ state: 'waiting', reason: 'CrashLoopBackOff', ready: false })
      expect(container?.last?.exitCode).toBeGreaterThan(0)
      expect(pod.reasons[0]).toMatchObject({ reason: 'CrashLoopBackOff', container: 'app' })
      const log = await until(async () => {
        const lines = await texts(
          bot.logs({ namespace, pod: pod.name, container: 'app', previous: true }, new AbortController().signal),
        )
        return lines.length > 0 && lines
      })
      expect(log.at(-1)).toMatch(/^panic: /)
    })

    it('says that a pod runs and is not ready', async () => {
      await create('Deployment', { image: 'registry.example/shop/web:neverready', replicas: 1 })
      const pod = await podLike(({ status, reasons }) => status === 'Running' && reasons.length > 0)
      expect(pod).toMatchObject({ ready: false })
    })

    it.each(workloadKinds)('tells the revisions of a %s, and which is the present one', async (kind) => {
      await create(kind, { replicas: 1 })
      await settled(kind)
      await bot.patch(
        ref(kind),
        [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example/shop/web:2.0' }],
        'write',
      )
      const now = await settled(kind)
      const revisions = await until(async () => {
        const found = await bot.revisions(await workload(kind))
        return found.length === 2 && found
      })
      expect(revisions.map(({ number, images, current }) => [number, images, current])).toEqual([
        [1, ['registry.example/shop/web:1.0'], false],
        [2, ['registry.example/shop/web:2.0'], true],
      ])
      expect(revisions[1]?.template).toEqual(specOf(now).template)
    })

    it('patches what was seen and nothing else', async () => {
      await create('Deployment', { replicas: 1 })
      const { uid } = await settled()
      const test = { op: 'test', path: '/metadata/uid', value: uid } as const
      const scale = { op: 'replace', path: '/spec/replicas', value: 3 } as const

      const dry = await bot.patch(ref(), [test, scale], 'dry-run')
      expect(dry).toMatchObject({ object: { spec: { replicas: 3 } }, warnings: [] })
      expect((await workload()).replicas).toBe(1)

      const written = await bot.patch(ref(), [test, scale], 'write')
      expect(written.object).toMatchObject({ kind: 'Deployment', metadata: { uid }, spec: { replicas: 3 } })
      expect((await workload()).replicas).toBe(3)
      expect(await bot.read(ref())).toMatchObject({ spec: { replicas: 3 } })

      const moved = bot.patch(
        ref(),
        [
          { op: 'test', path: '/spec/replicas', value: 1 },
          { ...scale, value: 4 },
        ],
        'write',
      )
      expect(await problem(moved)).toEqual({ code: 'cluster_moved', cluster: world.cluster.name })
      expect(await problem(bot.patch(ref(), [{ op: 'remove', path: '/spec/nothing' }], 'write'))).toMatchObject({
        code: 'cluster_moved',
      })
      expect((await workload()).replicas).toBe(3)
    })

    it('holds the template while replicas move', async () => {
      await create('Deployment', { replicas: 1 })
      const before = await settled()
      await world.api.merge(path('Deployment'), { spec: { replicas: 2 } })
      const template = { op: 'test', path: '/spec/template', value: specOf(before).template } as const
      await bot.patch(ref(), [template, { op: 'add', path: '/metadata/annotations/seen', value: 'yes' }], 'write')
      expect((await workload()).annotations).toMatchObject({ seen: 'yes' })
    })

    it('says what is invalid, and what the server warns of', async () => {
      await create('Deployment', { replicas: 1 })
      expect(
        await problem(bot.patch(ref(), [{ op: 'replace', path: '/spec/replicas', value: -1 }], 'dry-run')),
      ).toMatchObject({ code: 'cluster_invalid', fields: ['spec.replicas'] })
      expect(
        await problem(
          bot.patch(ref(), [{ op: 'replace', path: '/spec/selector/matchLabels/app', value: 'x' }], 'dry-run'),
        ),
      ).toMatchObject({ code: 'cluster_invalid', fields: expect.arrayContaining(['spec.selector']) })
      const { warnings } = await bot.patch(ref(), [{ op: 'add', path: '/spec/replicsa', value: 1 }], 'dry-run')
      expect(warnings).toEqual([expect.stringContaining('unknown field "spec.replicsa"')])
    })

    it('goes as the person, with exactly these groups', async () => {
      await create('Deployment', { replicas: 1 })
      for (const object of aGrant('readback:dev,ops')) {
        const resource = object['kind'] === 'Role' ? 'roles' : 'rolebindings'
        await world.api.post(`/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/${resource}`, object)
      }
      const holder = world.cluster.as({ user: 'ann@corp.example', groups: ['readback:viewer', 'readback:dev,ops'] })
      const stranger = world.cluster.as({ user: 'bo@corp.example', groups: ['readback:dev', 'ops'] })
      const question = { verb: 'patch', group: 'apps', resource: 'deployments', namespace, name: 'web' }
      await until(async () => await holder.mayI(question))
      expect(await stranger.mayI(question)).toBe(false)
      expect(await holder.mayI({ ...question, verb: 'delete' })).toBe(false)
      expect(await holder.workload({ kind: 'Deployment', namespace, name: 'web' })).toMatchObject({ name: 'web' })
      expect(await problem(stranger.workload({ kind: 'Deployment', namespace, name: 'web' }))).toMatchObject({
        code: 'cluster_forbidden',
        detail: expect.stringContaining('User "bo@corp.example" cannot get resource "deployments"'),
      })
      expect(await problem(stranger.workloads({ namespace }))).toMatchObject({ code: 'cluster_forbidden' })
      expect(
        await problem(stranger.patch(ref(), [{ op: 'replace', path: '/spec/replicas', value: 2 }], 'dry-run')),
      ).toMatchObject({ code: 'cluster_forbidden' })
      expect(await problem(first(stranger.watch(ref(), new AbortController().signal)))).toMatchObject({
        code: 'cluster_forbidden',
      })
    })

    it('reads an autoscaler', async () => {
      await create('Deployment')
      await world.api.post(`/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`, anAutoscaler())
      expect(await bot.autoscalers(namespace)).toEqual([
        expect.objectContaining({
          namespace,
          name: 'web',
          apiVersion: 'autoscaling/v2',
          target: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
          min: 2,
          max: 5,
          owners: [],
        }),
      ])
      const hpa = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', namespace, name: 'web' }
      await bot.patch(hpa, [{ op: 'replace', path: '/spec/maxReplicas', value: 9 }], 'write')
      expect((await bot.autoscalers(namespace))[0]?.max).toBe(9)
    })

    it('tells what happened around a Deployment, oldest first', async () => {
      await create('Deployment')
      await settled()
      const events = await until(async () => {
        const found = await bot.events({ namespace, about: { kind: 'Deployment', name: 'web' } })
        return found.length > 0 && found
      })
      expect(events[0]).toMatchObject({
        type: 'Normal',
        reason: 'ScalingReplicaSet',
        about: { kind: 'Deployment', name: 'web' },
      })
      const all = await bot.events({ namespace })
      expect(all.map(({ lastAt }) => lastAt)).toEqual(all.map(({ lastAt }) => lastAt).sort((a, b) => a - b))
      expect(new Set(all.map(({ about }) => about.kind))).toContain('Pod')
    })

    it('watches an object from its present state to its deletion', async () => {
      await create('Deployment', { replicas: 1 })
      await settled()
      const events: string[] = []
      const watched = (async () => {
        for await (const { type, object } of bot.watch(ref(), new AbortController().signal))
          events.push(`${type} ${JSON.stringify(specIn(object)['replicas'])}`)
      })()
      await until(async () => events.length > 0)
      expect(events[0]).toBe('changed 1')
      await world.api.merge(path('Deployment'), { spec: { replicas: 2 } })
      await until(async () => events.includes('changed 2'))
      await world.api.remove(path('Deployment'))
      await until(async () => events.at(-1)?.startsWith('deleted') === true)
      await watched
    })

    it('ends a watch and a log when told to', async () => {
      await create('Deployment', { replicas: 1 })
      await settled()
      const [pod] = await pods()
      const stop = new AbortController()
      let seen = 0
      const ends = [
        (async () => {
          for await (const event of bot.watch(ref(), stop.signal)) seen += event.type === 'changed' ? 1 : 0
        })(),
        (async () => {
          for await (const line of bot.logs(
            { namespace, pod: pod?.name ?? '', container: 'app', follow: true },
            stop.signal,
          ))
            seen += line.text === '' ? 0 : 1
        })(),
      ]
      await until(async () => seen > 1)
      stop.abort()
      expect(await Promise.all(ends)).toHaveLength(2)
    })

    it('watches the pods of a selector come and go', async () => {
      const stop = new AbortController()
      let now: readonly Pod[] | undefined
      const end = (async () => {
        for await (const found of bot.watchPods({ namespace, selector: 'app=web' }, stop.signal)) now = found
      })()
      await until(async () => now?.length === 0)
      await create('Deployment', { replicas: 2 })
      await create('Deployment', { name: 'other', replicas: 1 })
      await until(async () => now?.length === 2 && now.every(({ ready }) => ready))
      const [gone] = now ?? []
      await world.api.remove(`/api/v1/namespaces/${namespace}/pods/${gone?.name}`)
      await until(async () => now?.length === 2 && now.every(({ ready, uid }) => ready && uid !== gone?.uid))
      expect(now?.map(({ uid }) => uid).sort()).toEqual((await pods()).map(({ uid }) => uid).sort())
      stop.abort()
      await end
    })

    it('says which run of a container a followed log is of', async () => {
      await create('Deployment', { replicas: 1, image: 'registry.example/shop/web:crash-1' })
      const pod = await podLike(({ restarts }) => restarts > 0)
      const runs: number[] = []
      const heed = { opened: ({ restarts }: { readonly restarts: number }) => void runs.push(restarts), cut: () => {} }
      const { signal } = new AbortController()
      const of = { namespace, pod: pod.name, container: 'app', follow: true }
      expect(await first(bot.logs(of, signal, heed))).toBeDefined()
      expect(runs).toHaveLength(1)
      expect(runs[0]).toBeGreaterThan(0)
    })

    it('reads the end of a log, a stretch of it, and follows it until the pod goes', async () => {
      await create('Deployment', { replicas: 1, annotations: { 'kubelab/log-burst': '30', 'kubelab/log-rate': '20' } })
      await settled()
      const [pod] = await pods()
      const of = { namespace, pod: pod?.name ?? '', container: 'app' }
      const { signal } = new AbortController()
      const tail = await lines(bot.logs({ ...of, tailLines: 3 }, signal))
      expect(tail).toHaveLength(3)
      expect(tail.every(({ stamp }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(stamp))).toBe(true)
      expect(await lines(bot.logs({ ...of, tailLines: 0 }, signal))).toEqual([])
      expect((await lines(bot.logs({ ...of, limitBytes: 200 }, signal))).length).toBeLessThan(5)
      expect(await problem(texts(bot.logs({ ...of, previous: true }, signal)))).toMatchObject({
        code: 'cluster_failed',
        status: 400,
        detail: expect.stringContaining('previous terminated container'),
      })
      expect(await problem(texts(bot.logs({ ...of, container: 'nobody' }, signal)))).toMatchObject({
        code: 'cluster_failed',
        status: 400,
      })
      expect(await problem(texts(bot.logs({ ...of, pod: 'nobody' }, signal)))).toMatchObject({
        code: 'cluster_not_found',
      })

      const followed: LogLine[] = []
      const end = (async () => {
        for await (const line of bot.logs({ ...of, follow: true }, signal)) followed.push(line)
      })()
      await until(async () => followed.length > 60)
      expect(
        followed.map(({ text }) => /seq=(\d+)|"seq":(\d+)/.exec(text)).map((match) => Number(match?.[1] ?? match?.[2])),
      ).toEqual(followed.map((_, index) => index))
      await world.api.remove(path('Deployment'))
      let over = false
      void end.finally(() => (over = true))
      await until(async () => over)
      await end
    })
  })
}

function specOf(workload: Workload) {
  return specIn(workload.object)
}

function specIn(object: Workload['object']) {
  const { spec } = object
  if (typeof spec !== 'object' || spec === null || !('template' in spec)) throw new Error('no spec')
  const { template = null, replicas = null } = spec
  return { template, replicas }
}

async function problem(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    if (error instanceof ClusterError) return error.problem
    throw error
  }
  throw new Error('it went well')
}

async function first<Item>(items: AsyncIterable<Item>): Promise<Item | undefined> {
  for await (const item of items) return item
  return undefined
}

async function lines(log: AsyncIterable<LogLine>): Promise<readonly LogLine[]> {
  const found: LogLine[] = []
  for await (const line of log) found.push(line)
  return found
}

async function texts(log: AsyncIterable<LogLine>): Promise<readonly string[]> {
  return (await lines(log)).map(({ text }) => text)
}
