import type { JsonObject } from '../../src/json.ts'
import { aContainer, metadata } from './cluster-builder.ts'
import type { Usual } from './cluster-builder.ts'

export interface UsualPod extends Usual {
  readonly hash?: string
  readonly ready?: boolean
  readonly restarts?: number
  readonly waiting?: { readonly reason: string; readonly message?: string }
  readonly crashed?: { readonly reason: string; readonly exitCode: number }
  readonly unschedulable?: string
  readonly owner?: JsonObject
}

export function aPod(usual: UsualPod = {}): JsonObject {
  const { hash = 'r1', ready = true, restarts = 0, waiting, crashed, unschedulable } = usual
  const state: JsonObject = waiting
    ? { waiting: { message: '', ...waiting } }
    : { running: { startedAt: '2026-01-01T00:00:00Z' } }
  const status = {
    name: 'web',
    image: 'registry.example/shop/web:1.4.2',
    ready,
    restartCount: restarts,
    state,
    lastState: crashed ? { terminated: { ...crashed, finishedAt: '2026-01-01T00:00:00Z' } } : {},
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadata({ name: 'web-1', labels: { app: 'web', 'pod-template-hash': hash }, ...usual }),
    spec: { nodeName: 'node-1', containers: [aContainer({})] },
    status: {
      phase: waiting || unschedulable !== undefined ? 'Pending' : 'Running',
      conditions: [
        ...(unschedulable === undefined
          ? []
          : [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: unschedulable }]),
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          reason: ready ? '' : 'ContainersNotReady',
          message: ready ? '' : 'containers with unready status: [web]',
        },
      ],
      containerStatuses: unschedulable === undefined ? [status] : [],
    },
  }
}
