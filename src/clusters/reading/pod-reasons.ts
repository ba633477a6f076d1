import type { Pod } from '../nouns.ts'
import type { ContainerStatus, PodShape } from './pod-shape.ts'

type Reason = Pod['reasons'][number]

/** Waiting for these is how every pod starts; they explain nothing. */
const ordinary = new Set(['', 'ContainerCreating', 'PodInitializing'])

/** Why a pod does not run as wanted, in the order in which `kubectl describe` would lead to it. */
export function podReasons({ metadata, status }: PodShape): readonly Reason[] {
  if (status.phase === 'Succeeded') return []
  const reasons: Reason[] = []
  if (status.reason !== '') reasons.push({ reason: status.reason, message: status.message })
  const scheduled = status.conditions.find((one) => one.type === 'PodScheduled')
  if (scheduled?.status === 'False')
    reasons.push({ reason: scheduled.reason || 'Unschedulable', message: scheduled.message })

  for (const container of [...status.initContainerStatuses, ...status.containerStatuses])
    reasons.push(...containerReasons(container))

  // Only where nothing better is known: a running pod whose probe fails has no other trace on the object.
  const ready = status.conditions.find((one) => one.type === 'Ready')
  const deleting = typeof metadata.deletionTimestamp === 'string'
  if (reasons.length === 0 && !deleting && status.phase === 'Running' && ready?.status === 'False')
    reasons.push({ reason: ready.reason || 'NotReady', message: ready.message })
  return reasons
}

function containerReasons(container: ContainerStatus): readonly Reason[] {
  const { name, state, lastState } = container
  const { waiting, terminated } = state
  if (terminated) {
    if (terminated.exitCode === 0) return []
    return [{ reason: terminated.reason || 'Error', message: terminated.message, container: name }]
  }
  if (!waiting || ordinary.has(waiting.reason)) return []
  const reasons: Reason[] = [{ reason: waiting.reason, message: waiting.message, container: name }]
  const last = lastState.terminated
  if (waiting.reason === 'CrashLoopBackOff' && last && last.reason !== '')
    reasons.push({ reason: last.reason, message: last.message, container: name })
  return reasons
}
