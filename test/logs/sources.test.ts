import { expect, test } from 'vitest'
import { readPod } from '../../src/clusters/reading/pod.ts'
import { sourcesOf } from '../../src/logs/sources.ts'
import type { JsonObject } from '../../src/json.ts'

const state = (name: string, now: JsonObject, more: JsonObject = {}): JsonObject => ({
  name,
  restartCount: 0,
  state: now,
  ...more,
})
const runs = { running: { startedAt: '2026-01-01T12:00:00Z' } }
const done = { terminated: { exitCode: 0, reason: 'Completed' } }

/** A pod with an init container that is done, two main ones that run, and one that somebody debugs with. */
function aPod({ status = {}, annotations = {} }: { status?: JsonObject; annotations?: JsonObject } = {}) {
  return readPod({
    metadata: { name: 'web-1', namespace: 'shop', uid: 'u1', annotations },
    spec: {
      initContainers: [{ name: 'migrate', image: 'm' }],
      containers: [
        { name: 'app', image: 'a' },
        { name: 'proxy', image: 'p' },
      ],
      ephemeralContainers: [{ name: 'debugger', image: 'd' }],
    },
    status: {
      phase: 'Running',
      initContainerStatuses: [state('migrate', done)],
      containerStatuses: [state('app', runs), state('proxy', runs)],
      ephemeralContainerStatuses: [state('debugger', runs)],
      ...status,
    },
  })
}

const names = (pod: ReturnType<typeof readPod>, container?: string): readonly string[] =>
  sourcesOf([pod], container).sources.map((source) => source.container)

test('the container named is read, init and ephemeral ones too; all are all of them', () => {
  expect(names(aPod(), 'migrate')).toEqual(['migrate'])
  expect(names(aPod(), 'debugger')).toEqual(['debugger'])
  expect(names(aPod(), 'proxy')).toEqual(['proxy'])
  expect(names(aPod(), 'all')).toEqual(['migrate', 'app', 'proxy', 'debugger'])
})

test('without a name it is the one that the pod names as its default, else the first', () => {
  expect(names(aPod())).toEqual(['app'])
  expect(names(aPod({ annotations: { 'kubectl.kubernetes.io/default-container': 'proxy' } }))).toEqual(['proxy'])
  expect(names(aPod({ annotations: { 'kubectl.kubernetes.io/default-container': 'gone' } }))).toEqual(['app'])
})

test('a container that waits for its first start has nothing to read, one that waits for its next has', () => {
  const waiting = { waiting: { reason: 'CrashLoopBackOff' } }
  const first = aPod({ status: { containerStatuses: [state('app', { waiting: { reason: 'PodInitializing' } })] } })
  expect(sourcesOf([first], undefined)).toMatchObject({
    sources: [],
    waiting: [{ pod: 'web-1', reason: 'PodInitializing' }],
  })
  const crashed = aPod({ status: { containerStatuses: [state('app', waiting, { restartCount: 3 })] } })
  expect(names(crashed)).toEqual(['app'])
})

test('an evicted pod has no logs any more, and says why', () => {
  const evicted = aPod({
    status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
  })
  expect(sourcesOf([evicted], 'all')).toEqual({
    sources: [],
    over: 0,
    waiting: [{ pod: 'web-1', reason: 'Evicted' }],
  })
})

test('a pod without a container of that name is said to have none', () => {
  expect(sourcesOf([aPod()], 'nobody').waiting).toEqual([{ pod: 'web-1', reason: 'no container nobody' }])
})
