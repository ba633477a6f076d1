import { setScenes, untilFound } from './cluster-world.ts'
import type { ClusterWorld } from './cluster-world.ts'
import type { ClusterAccess } from '../../src/clusters/cluster.ts'
import type { JsonObject } from '../../src/json.ts'
import type { Pod } from '../../src/clusters/nouns.ts'
import { tailLogs } from '../../src/logs/tail.ts'
import type { Tail } from '../../src/logs/tail.ts'
import { describe, expect, it } from 'vitest'

/** What logs of pods come to, whatever state the pods are in. The simulation knows no way to add an ephemeral container to a pod. */
export function podLogsContract(
  way: string,
  begin: () => Promise<ClusterWorld>,
  { ephemeral }: { readonly ephemeral: 'can be added' | 'cannot be added' },
): void {
  describe(`${way}, logs of pods:`, () => {
    let world: ClusterWorld
    let bot: ClusterAccess
    let namespace: string
    setScenes(begin, { prefix: 'logs', onScene: (scene) => ({ world, bot, namespace } = scene) })

    const path = (name = ''): string => `/api/v1/namespaces/${namespace}/pods${name === '' ? '' : `/${name}`}`
    const create = (spec: JsonObject, annotations: JsonObject = {}): Promise<JsonObject> =>
      world.api.post(path(), {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'web',
          labels: { app: 'web' },
          annotations: { 'kubelab/ready-after': '50ms', ...annotations },
        },
        spec,
      })
    const one = (image = 'registry.example/shop/web:1.0'): JsonObject => ({ containers: [{ name: 'app', image }] })

    const until = <Found>(look: () => Promise<Found | undefined | false>): Promise<Found> => untilFound(world, look)
    const pods = (): Promise<readonly Pod[]> => bot.pods({ namespace, selector: 'app=web' })
    const podLike = (fits: (pod: Pod) => boolean): Promise<Pod> => until(async () => (await pods()).find(fits))
    const isReady = ({ ready }: Pod): boolean => ready
    const tail = async (container?: string, of: 'current' | 'previous' = 'current'): Promise<Tail> =>
      tailLogs(
        await pods(),
        { container, of, tail: 1_000, since: undefined, filter: {}, mask: (text) => text },
        { access: bot, signal: new AbortController().signal },
      )
    const spoken = ({ entries }: Tail): readonly string[] =>
      [...new Set(entries.map(({ container }) => container))].sort()

    /** As a kubelet writes it: neither the lab nor the simulation plays one for other containers than the main ones. */
    async function writeStatus(field: string, name: string, state: JsonObject): Promise<void> {
      const image = 'registry.example/shop/tool:1.0'
      const status = { name, ready: true, restartCount: 0, image, imageID: image, lastState: {}, state }
      await world.api.merge(`${path('web')}/status`, { status: { [field]: [status] } })
    }
    /** The API server lets the name pass and asks the node, whose word it then is. */
    async function isAskedFor(container: string): Promise<void> {
      const asked = await tail(container)
      expect(asked).toMatchObject({ sources: 1, waiting: [] })
      expect(asked.entries.length + asked.failed.length).toBeGreaterThan(0)
      for (const { problem } of asked.failed)
        expect(problem).toMatchObject({ detail: expect.not.stringContaining('not valid for pod') })
    }

    it('reads the first of several containers, the one that is named, or all of them', async () => {
      await create({
        containers: ['app', 'proxy', 'agent'].map((name) => ({ name, image: `registry.example/shop/${name}:1.0` })),
      })
      await podLike(isReady)
      expect(spoken(await tail())).toEqual(['app'])
      expect(spoken(await tail('proxy'))).toEqual(['proxy'])
      const all = await until(async () => {
        const found = await tail('all')
        return spoken(found).length === 3 && found
      })
      const stamps = all.entries.map(({ stamp }) => stamp)
      expect(stamps).toEqual(stamps.toSorted())
      expect(await tail('nobody')).toMatchObject({
        sources: 0,
        waiting: [{ pod: 'web', reason: 'no container nobody' }],
      })
    })

    it('takes the container that the pod names as its default', async () => {
      await create(
        { containers: ['app', 'proxy'].map((name) => ({ name, image: `registry.example/shop/${name}:1.0` })) },
        { 'kubectl.kubernetes.io/default-container': 'proxy' },
      )
      await podLike(isReady)
      expect(spoken(await tail())).toEqual(['proxy'])
    })

    it('says what a pod waits for that has not started', async () => {
      await create(one('registry.example/shop/web:missing'))
      await podLike(({ reasons }) => reasons.some(({ reason }) => reason === 'ImagePullBackOff'))
      expect(await tail()).toMatchObject({
        entries: [],
        failed: [],
        waiting: [{ pod: 'web', reason: 'ImagePullBackOff' }],
      })
    })

    it('has no lines of a container that says nothing, and waits for some', async () => {
      await create(one(), { 'kubelab/log-burst': '0', 'kubelab/log-rate': '0' })
      await podLike(isReady)
      expect(await tail()).toMatchObject({ entries: [], sources: 1, waiting: [], failed: [] })
      const stop = new AbortController()
      let stands = false
      const heed = { opened: () => void (stands = true), cut: () => undefined }
      const of = { namespace, pod: 'web', container: 'app', follow: true }
      const following = (async () => {
        for await (const line of bot.logs(of, stop.signal, heed)) throw new Error(line.text)
      })()
      await until(async () => stands)
      stop.abort()
      await following
    })

    it('says that a pod was evicted, and reads the others', async () => {
      await create(one())
      await podLike(isReady)
      await world.api.post(path(), {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web-2', labels: { app: 'web' } },
        spec: one(),
      })
      await podLike((pod) => pod.name === 'web-2' && pod.ready)
      const message = 'The node was low on resource: memory.'
      await world.api.merge(`${path('web')}/status`, { status: { phase: 'Failed', reason: 'Evicted', message } })
      const evicted = await podLike(({ phase }) => phase === 'Failed')
      expect(evicted.reasons[0]).toEqual({ reason: 'Evicted', message })
      const found = await tail()
      expect(found).toMatchObject({ sources: 1, waiting: [{ pod: 'web', reason: 'Evicted' }], failed: [] })
      expect(new Set(found.entries.map(({ pod }) => pod))).toEqual(new Set(['web-2']))
    })

    it('reads what a container said before it crashed', async () => {
      await create(one('registry.example/shop/web:crash'))
      await podLike(({ restarts }) => restarts > 0)
      const before = await until(async () => {
        const found = await tail(undefined, 'previous')
        return found.entries.length > 0 && found
      })
      expect(before.entries.at(-1)?.text).toMatch(/^panic: /)
      expect(before).toMatchObject({ sources: 1, failed: [], unfinished: [] })
    })

    it('says so where a container has not run before', async () => {
      await create(one())
      await podLike(isReady)
      const found = await tail(undefined, 'previous')
      expect(found.entries).toEqual([])
      expect(found.failed).toMatchObject([
        { pod: 'web', problem: { detail: expect.stringContaining('previous terminated container') } },
      ])
    })

    it('knows init containers by name, with what became of them', async () => {
      await create({
        initContainers: [{ name: 'migrate', image: 'registry.example/shop/migrate:1.0' }],
        containers: [{ name: 'app', image: 'registry.example/shop/web:1.0' }],
      })
      await podLike(isReady)
      await writeStatus('initContainerStatuses', 'migrate', { terminated: { exitCode: 0, reason: 'Completed' } })
      const pod = await podLike(({ containers }) => containers.some((own) => own.state === 'terminated'))
      expect(pod.containers.map(({ name, role }) => [name, role])).toEqual([
        ['migrate', 'init'],
        ['app', 'main'],
      ])
      expect(spoken(await tail())).toEqual(['app'])
      await isAskedFor('migrate')
      const all = await tail('all')
      expect(all.sources).toBe(2)
      expect(spoken(all)).toContain('app')
    })

    it.runIf(ephemeral === 'can be added')('knows ephemeral containers by name', async () => {
      await create(one())
      await podLike(isReady)
      const added = { name: 'debugger', image: 'registry.example/shop/tool:1.0', targetContainerName: 'app' }
      await world.api.merge(`${path('web')}/ephemeralcontainers`, { spec: { ephemeralContainers: [added] } })
      await writeStatus('ephemeralContainerStatuses', 'debugger', { running: { startedAt: '2026-01-01T00:00:00Z' } })
      const pod = await podLike(({ containers }) => containers.filter((own) => own.state === 'running').length === 2)
      expect(pod.containers.map(({ name, role }) => [name, role])).toEqual([
        ['app', 'main'],
        ['debugger', 'ephemeral'],
      ])
      expect(spoken(await tail())).toEqual(['app'])
      await isAskedFor('debugger')
      expect(await tail('all')).toMatchObject({ sources: 2 })
    })
  })
}
