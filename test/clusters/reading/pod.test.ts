import type { JsonObject } from '../../../src/json.ts'
import { readPod } from '../../../src/clusters/reading/pod.ts'
import { describe, expect, it } from 'vitest'
import { aContainer, aPod } from '../objects.ts'

const uninitialized = [{ type: 'Initialized', status: 'False' }]
const inits: JsonObject = {
  initContainers: [
    { name: 'one', image: 'i' },
    { name: 'two', image: 'i' },
  ],
}
const init = (...states: readonly JsonObject[]): JsonObject => ({
  phase: 'Pending',
  conditions: uninitialized,
  containerStatuses: [aContainer({ waiting: { reason: 'PodInitializing' } })],
  initContainerStatuses: states.map((state, index) => ({ ...aContainer(state), name: ['one', 'two'][index] ?? '' })),
})

describe('STATUS of a pod reads as kubectl prints it:', () => {
  const cases: readonly [string, Parameters<typeof aPod>[0]][] = [
    ['Running', {}],
    ['Pending', { status: { phase: 'Pending', conditions: [], containerStatuses: [] } }],
    ['Evicted', { status: { phase: 'Failed', reason: 'Evicted', containerStatuses: [] } }],
    [
      'SchedulingGated',
      {
        status: {
          phase: 'Pending',
          containerStatuses: [],
          conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
        },
      },
    ],
    [
      'ContainerCreating',
      { status: { phase: 'Pending', containerStatuses: [aContainer({ waiting: { reason: 'ContainerCreating' } })] } },
    ],
    ['ImagePullBackOff', { status: { containerStatuses: [aContainer({ waiting: { reason: 'ImagePullBackOff' } })] } }],
    [
      'CrashLoopBackOff',
      {
        status: {
          containerStatuses: [aContainer({ waiting: { reason: 'CrashLoopBackOff' } }), aContainer({ running: {} })],
        },
      },
    ],
    [
      'OOMKilled',
      { status: { containerStatuses: [aContainer({ terminated: { exitCode: 137, reason: 'OOMKilled' } })] } },
    ],
    ['ExitCode:3', { status: { containerStatuses: [aContainer({ terminated: { exitCode: 3 } })] } }],
    ['Signal:9', { status: { containerStatuses: [aContainer({ terminated: { exitCode: 137, signal: 9 } })] } }],
    [
      'Completed',
      {
        status: {
          phase: 'Succeeded',
          containerStatuses: [aContainer({ terminated: { exitCode: 0, reason: 'Completed' } })],
        },
      },
    ],
    [
      'Running',
      {
        status: {
          containerStatuses: [
            aContainer({ terminated: { exitCode: 0, reason: 'Completed' } }),
            aContainer({ running: {} }),
          ],
        },
      },
    ],
    [
      'NotReady',
      {
        status: {
          conditions: [{ type: 'Ready', status: 'False' }],
          containerStatuses: [
            aContainer({ terminated: { exitCode: 0, reason: 'Completed' } }),
            aContainer({ running: {} }),
          ],
        },
      },
    ],
    ['Init:0/2', { spec: inits, status: init({ running: {} }, { waiting: { reason: 'PodInitializing' } }) }],
    ['Init:1/2', { spec: inits, status: init({ terminated: { exitCode: 0 } }, { running: {} }) }],
    ['Init:ErrImagePull', { spec: inits, status: init({ waiting: { reason: 'ErrImagePull' } }) }],
    ['Init:Error', { spec: inits, status: init({ terminated: { exitCode: 1, reason: 'Error' } }) }],
    ['Init:ExitCode:1', { spec: inits, status: init({ terminated: { exitCode: 1 } }) }],
    ['Init:Signal:15', { spec: inits, status: init({ terminated: { exitCode: 1, signal: 15 } }) }],
    ['Terminating', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }],
    ['Unknown', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' }, status: { reason: 'NodeLost' } }],
    [
      'Completed',
      {
        metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' },
        status: {
          phase: 'Succeeded',
          containerStatuses: [aContainer({ terminated: { exitCode: 0, reason: 'Completed' } })],
        },
      },
    ],
  ]
  it.each(cases)('%s', (status, pod) => {
    expect(readPod(aPod(pod)).status).toBe(status)
  })

  it('a started sidecar does not hold the pod in Init, and its restarts count', () => {
    const pod = readPod(
      aPod({
        spec: { initContainers: [{ name: 'proxy', image: 'p', restartPolicy: 'Always' }] },
        status: {
          initContainerStatuses: [
            { ...aContainer({ running: {} }, { restartCount: 2, started: true }), name: 'proxy' },
          ],
          containerStatuses: [aContainer({ running: {} }, { restartCount: 1 })],
        },
      }),
    )
    expect(pod).toMatchObject({ status: 'Running', restarts: 3 })
  })

  it('restarts of ordinary init containers are forgotten once the pod runs', () => {
    const pod = readPod(
      aPod({
        spec: inits,
        status: {
          initContainerStatuses: [{ ...aContainer({ terminated: { exitCode: 0 } }, { restartCount: 4 }), name: 'one' }],
        },
      }),
    )
    expect(pod.restarts).toBe(0)
  })
})

describe('why a pod does not run', () => {
  it('nothing is said of one that does', () => {
    expect(readPod(aPod()).reasons).toEqual([])
  })

  it('the scheduler is quoted', () => {
    const conditions = [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available' },
    ]
    const pod = readPod(aPod({ status: { phase: 'Pending', conditions, containerStatuses: [] } }))
    expect(pod.reasons).toEqual([{ reason: 'Unschedulable', message: '0/3 nodes are available' }])
  })

  it('a crash names its last end as well', () => {
    const last = { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-01-01T00:00:05Z' } }
    const waiting = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } }
    const pod = readPod(
      aPod({ status: { containerStatuses: [aContainer(waiting, { lastState: last, restartCount: 3 })] } }),
    )
    expect(pod.reasons.map(({ reason }) => reason)).toEqual(['CrashLoopBackOff', 'OOMKilled'])
    expect(pod.containers[0]).toMatchObject({
      state: 'waiting',
      restarts: 3,
      last: { reason: 'OOMKilled', exitCode: 137, finishedAt: Date.UTC(2026, 0, 1, 0, 0, 5) },
    })
  })

  it('a failing probe shows through the Ready condition, but not while the pod is being deleted', () => {
    const conditions = [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'unready: [web]' }]
    expect(readPod(aPod({ status: { conditions } })).reasons).toEqual([
      { reason: 'ContainersNotReady', message: 'unready: [web]' },
    ])
    expect(
      readPod(aPod({ status: { conditions }, metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } })).reasons,
    ).toEqual([])
  })

  it('starting up is no reason', () => {
    const containerStatuses = [aContainer({ waiting: { reason: 'ContainerCreating' } })]
    expect(readPod(aPod({ status: { phase: 'Pending', conditions: [], containerStatuses } })).reasons).toEqual([])
  })
})

it('an object that is no pod is refused', () => {
  expect(() => readPod({ kind: 'Pod' })).toThrow(/metadata/)
})
