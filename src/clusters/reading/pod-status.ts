import type { ContainerStatus, PodShape } from './pod-shape.ts'

/** STATUS and RESTARTS as `kubectl get pods` computes them (printPod in kubernetes/pkg/printers). */
export function podStatus(pod: PodShape): { readonly status: string; readonly restarts: number } {
  const { status, metadata } = pod
  const gated = status.conditions.some((one) => one.type === 'PodScheduled' && one.reason === 'SchedulingGated')
  let text = gated ? 'SchedulingGated' : status.reason || status.phase

  const init = initProgress(pod)
  let restarts = init.restarts
  const initialized = status.conditions.some((one) => one.type === 'Initialized' && one.status === 'True')
  if (init.status !== undefined) text = init.status
  if (init.status === undefined || initialized) {
    restarts = init.sidecarRestarts + sum(status.containerStatuses)
    text = mainStatus(status.containerStatuses) ?? text
    const running = status.containerStatuses.some((one) => one.ready && one.state.running)
    if (text === 'Completed' && running) {
      const ready = status.conditions.some((one) => one.type === 'Ready' && one.status === 'True')
      text = ready ? 'Running' : 'NotReady'
    }
  }

  if (typeof metadata.deletionTimestamp === 'string') {
    if (status.reason === 'NodeLost') text = 'Unknown'
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') text = 'Terminating'
  }
  return { status: text, restarts }
}

function initProgress({ spec, status }: PodShape) {
  const sidecars = new Set(
    spec.initContainers.filter((one) => one.restartPolicy === 'Always').map((container) => container.name),
  )
  let restarts = 0
  let sidecarRestarts = 0
  for (const [index, container] of status.initContainerStatuses.entries()) {
    const { terminated, waiting } = container.state
    const sidecar = sidecars.has(container.name)
    restarts += container.restartCount
    if (sidecar) sidecarRestarts += container.restartCount
    if (terminated?.exitCode === 0 || (sidecar && container.started)) continue
    if (terminated) return { restarts, sidecarRestarts, status: `Init:${endOf(terminated)}` }
    if (waiting && waiting.reason !== '' && waiting.reason !== 'PodInitializing')
      return { restarts, sidecarRestarts, status: `Init:${waiting.reason}` }
    return { restarts, sidecarRestarts, status: `Init:${index}/${spec.initContainers.length}` }
  }
  return { restarts, sidecarRestarts, status: undefined }
}

/** The first container with something to say wins, as kubectl walks them from last to first and lets each overwrite. */
function mainStatus(containers: readonly ContainerStatus[]): string | undefined {
  for (const { state } of containers) {
    if (state.waiting && state.waiting.reason !== '') return state.waiting.reason
    if (state.terminated) return endOf(state.terminated)
  }
  return undefined
}

function endOf({ reason, signal, exitCode }: { reason: string; signal: number; exitCode: number }): string {
  if (reason !== '') return reason
  return signal === 0 ? `ExitCode:${exitCode}` : `Signal:${signal}`
}

function sum(containers: readonly ContainerStatus[]): number {
  return containers.reduce((total, container) => total + container.restartCount, 0)
}
