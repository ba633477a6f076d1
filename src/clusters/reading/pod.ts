import type { JsonObject } from '../../json.ts'
import type { Pod, PodContainer } from '../nouns.ts'
import type { ContainerStatus, PodShape } from './pod-shape.ts'
import { readPodShape } from './pod-shape.ts'
import { podReasons } from './pod-reasons.ts'
import { podStatus } from './pod-status.ts'

/** A pod as sent, with STATUS and RESTARTS as `kubectl get pods` prints them. Throws ZodError on another shape. */
export function readPod(object: JsonObject): Pod {
  const pod = readPodShape(object)
  const { metadata, spec, status } = pod
  const owner = metadata.ownerReferences.find((reference) => reference.controller)
  const defaultContainer = metadata.annotations['kubectl.kubernetes.io/default-container']
  const { status: text, restarts } = podStatus(pod)
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    status: text,
    phase: status.phase,
    ready: status.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
    restarts,
    node: spec.nodeName,
    createdAt: metadata.creationTimestamp,
    deleting: typeof metadata.deletionTimestamp === 'string',
    labels: metadata.labels,
    ...(owner && { owner: { kind: owner.kind, name: owner.name, uid: owner.uid } }),
    ...(defaultContainer !== undefined && { defaultContainer }),
    containers: containersOf(pod),
    reasons: podReasons(pod),
  }
}

function containersOf({ spec, status }: PodShape): readonly PodContainer[] {
  const roles = [
    ['init', spec.initContainers, status.initContainerStatuses],
    ['main', spec.containers, status.containerStatuses],
    ['ephemeral', spec.ephemeralContainers, status.ephemeralContainerStatuses],
  ] as const
  return roles.flatMap(([role, wanted, statuses]) =>
    wanted.map(({ name, image }) => {
      const known = statuses.find((candidate) => candidate.name === name)
      return { name, role, image, ...containerState(known) }
    }),
  )
}

function containerState(known: ContainerStatus | undefined): Omit<PodContainer, 'name' | 'role' | 'image'> {
  if (known === undefined) return { ready: false, restarts: 0, state: 'unknown', reason: '' }
  const { state, lastState } = known
  const last = lastState.terminated
  return {
    ready: known.ready,
    restarts: known.restartCount,
    state: state.terminated ? 'terminated' : state.running ? 'running' : state.waiting ? 'waiting' : 'unknown',
    reason: state.terminated?.reason ?? state.waiting?.reason ?? '',
    ...(state.terminated && { exitCode: state.terminated.exitCode }),
    ...(last && { last: { reason: last.reason, exitCode: last.exitCode, finishedAt: last.finishedAt } }),
  }
}
