import type { LogBook } from '../log-book.ts'
import type { Kubelet } from './kubelet.ts'
import type { Controller, ControllerParts } from './parts.ts'
import { createAutoscalerController } from './autoscaler.ts'
import { createDaemonSetController } from './daemon-set.ts'
import { createDeploymentController } from './deployment.ts'
import { createGarbageCollector } from './garbage-collector.ts'
import { createKubelet } from './kubelet.ts'
import { createReplicaSetController } from './replica-set.ts'
import { createScheduler } from './scheduler.ts'
import { createStatefulSetController } from './stateful-set.ts'

export interface Controllers {
  readonly kubelet: Kubelet
  setLoad(autoscaler: { readonly namespace: string; readonly name: string }, percent: number | undefined): void
  stop(): void
}

/** All controllers of a cluster. They hear changes as they are committed and work on the clock; without changes nothing runs. */
export function createControllers(parts: ControllerParts & { readonly logs: LogBook }): Controllers {
  const kubelet = createKubelet(parts)
  const autoscaler = createAutoscalerController(parts)
  const all: readonly Controller[] = [
    createDeploymentController(parts),
    createReplicaSetController(parts),
    createStatefulSetController(parts),
    createDaemonSetController(parts),
    autoscaler,
    createScheduler(parts),
    kubelet,
    createGarbageCollector(parts),
  ]
  const unsubscribe = parts.store.subscribe((change) => {
    for (const controller of all) controller.hear(change)
  })
  return {
    kubelet,
    setLoad: (which, percent) => autoscaler.setLoad(which, percent),
    stop: () => {
      unsubscribe()
      for (const controller of all) controller.stop()
    },
  }
}
