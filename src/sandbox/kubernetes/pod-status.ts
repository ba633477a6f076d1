import type { Json, JsonObject } from '../../json.ts'
import { compact, list, text } from './fields.ts'
import { stamp, uidOf } from './objects.ts'

/** What the kubelet says of a pod at one moment. */
export interface PodReport {
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'
  readonly ready: 'ready' | 'not-ready'
  readonly state: JsonObject
  readonly lastState?: JsonObject
  readonly restarts: number
  readonly ip?: string
  /** Epoch ms. */
  readonly startedAt: number
  /** Why it is not ready, where the container states do not tell. */
  readonly message?: string
}

export const waiting = (reason: string, message?: string): JsonObject => ({ waiting: compact({ reason, message }) })
export const running = (at: number): JsonObject => ({ running: { startedAt: stamp(at) } })

export interface Ending {
  readonly exitCode: number
  readonly reason: string
  readonly startedAt: number
  readonly finishedAt: number
  readonly message?: string
}

export const terminated = (ending: Ending): JsonObject => ({
  terminated: compact({
    exitCode: ending.exitCode,
    reason: ending.reason,
    message: ending.message,
    startedAt: stamp(ending.startedAt),
    finishedAt: stamp(ending.finishedAt),
  }),
})

export function podStatus(pod: JsonObject, report: PodReport, now: number): JsonObject {
  const isReady = report.ready === 'ready'
  const containers = list(pod, 'spec', 'containers')
  const names = containers.map((one) => text(one, 'name')).join(' ')
  const unready = {
    reason: 'ContainersNotReady',
    message: report.message ?? `containers with unready status: [${names}]`,
  }
  const over = report.phase === 'Succeeded' || report.phase === 'Failed'
  const why: Readonly<Record<string, string>> = isReady ? {} : over ? { reason: 'PodCompleted' } : unready
  const condition = (
    type: string,
    status: 'True' | 'False',
    more: Readonly<Record<string, string>> = {},
  ): JsonObject => {
    const before = list(pod, 'status', 'conditions').find((one) => text(one, 'type') === type)
    const since = text(before, 'status') === status ? text(before, 'lastTransitionTime') : stamp(now)
    return { type, status, lastProbeTime: null, lastTransitionTime: since, ...more }
  }
  const readiness = isReady ? ('True' as const) : ('False' as const)
  return compact({
    phase: report.phase,
    conditions: [
      condition('PodScheduled', 'True'),
      condition('Initialized', 'True'),
      condition('ContainersReady', readiness, why),
      condition('Ready', readiness, why),
    ],
    hostIP: '127.0.0.1',
    podIP: report.ip,
    podIPs: report.ip === undefined ? undefined : [{ ip: report.ip }],
    startTime: stamp(report.startedAt),
    initContainerStatuses: initStatuses(pod, report.startedAt),
    containerStatuses: containers.map((container, index) => containerStatus(pod, { container, index }, report)),
    qosClass: 'BestEffort',
  })
}

function initStatuses(pod: JsonObject, startedAt: number): readonly Json[] | undefined {
  const containers = list(pod, 'spec', 'initContainers')
  if (containers.length === 0) return undefined
  const state = terminated({ exitCode: 0, reason: 'Completed', startedAt, finishedAt: startedAt })
  return containers.map((container) => ({
    name: text(container, 'name'),
    state,
    lastState: {},
    ready: true,
    restartCount: 0,
    image: text(container, 'image'),
    imageID: `kubelab/${text(container, 'image')}`,
    started: false,
  }))
}

interface Placed {
  readonly container: JsonObject
  readonly index: number
}

function containerStatus(pod: JsonObject, { container, index }: Placed, report: PodReport): JsonObject {
  const hasRun = !('waiting' in report.state) || report.restarts > 0
  return compact({
    name: text(container, 'name'),
    state: report.state,
    lastState: report.lastState ?? {},
    ready: report.ready === 'ready',
    restartCount: report.restarts,
    image: text(container, 'image'),
    imageID: hasRun ? `kubelab/${text(container, 'image')}` : '',
    containerID: hasRun ? `kubelab://${uidOf(pod)}-${index}` : undefined,
    started: 'running' in report.state,
  })
}
