import type { KubernetesEvent, Pod } from '../clusters/nouns.ts'
import { shortened } from '../shortened.ts'
import type { Observed } from './observed.ts'
import type { RolloutReason } from './rollout.ts'

/** What is known of the pods at one moment. */
export interface Evidence {
  readonly pods: readonly Pod[]
  /** Of the workload and of pods that do not tell themselves what they lack. */
  readonly events: readonly KubernetesEvent[]
  /** Pod name → its last lines before the crash. */
  readonly logs: ReadonlyMap<string, readonly string[]>
  /** Could not be looked at: the server's words. */
  readonly unread?: string
}

export interface Causes {
  readonly reasons: RolloutReason[]
  readonly stuck: boolean
}

const mostReasons = 5
const longestMessage = 500

/** A pod that says no more than this may simply be starting. */
const soft = new Set([
  'ContainersNotReady',
  'ContainersNotInitialized',
  'Unhealthy',
  'NotReady',
  'ReadinessGatesNotReady',
])

/** For how long starting explains it. */
const patienceMs = 30_000

interface Finding {
  readonly cause: RolloutReason
  /** Time alone will probably not cure it. */
  readonly hard: boolean
}

/** Why pods are not as wanted, the most frequent causes first. Pure. */
export function causesOf(workload: Observed, evidence: Evidence, now: number): Causes {
  const waiting = evidence.pods.filter(({ ready, deleting, phase }) => !ready && !deleting && phase !== 'Succeeded')
  const found = [...refusals(workload, evidence, now), ...waiting.flatMap((pod) => findings(pod, evidence, now))]
  const groups = new Map<string, Finding>()
  for (const finding of found) {
    const { reason, container = '' } = finding.cause
    const key = JSON.stringify([reason, container])
    groups.set(key, merged(groups.get(key), finding))
  }
  const sorted = [...groups.values()].sort(
    (a, b) => Number(b.hard) - Number(a.hard) || (b.cause.pods ?? 0) - (a.cause.pods ?? 0),
  )
  return { reasons: sorted.slice(0, mostReasons).map(({ cause }) => cause), stuck: sorted.some(({ hard }) => hard) }
}

/** Several pods with one cause are told by one of them, by one with logs where there is one. */
function merged(known: Finding | undefined, { cause, hard }: Finding): Finding {
  if (!known) return { cause, hard }
  const told = known.cause.logs || !cause.logs ? known.cause : cause
  return { cause: { ...told, pods: (known.cause.pods ?? 0) + (cause.pods ?? 0) }, hard: known.hard || hard }
}

/** Pods that were never made: quota, admission, a security policy. */
function refusals({ spec, status }: Observed, { events, pods, unread }: Evidence, now: number): readonly Finding[] {
  const refused = status.conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True')
  const wanted = status.desiredNumberScheduled || spec.replicas
  const recent = events.findLast(({ reason, about, lastAt }) => {
    return reason === 'FailedCreate' && about.kind !== 'Pod' && now - lastAt < recentMs
  })
  const source = refused ?? (pods.length < wanted ? recent : undefined)
  return [
    ...(source ? [{ cause: { reason: source.reason, message: clipped(source.message) }, hard: true }] : []),
    ...(unread === undefined ? [] : [{ cause: { reason: 'Forbidden', message: clipped(unread) }, hard: false }]),
  ]
}

/** An event older than this tells of something else. */
const recentMs = 120_000

function findings(pod: Pod, { events, logs }: Evidence, now: number): readonly Finding[] {
  const old = now - pod.createdAt > patienceMs
  const told = pod.reasons.filter(({ reason }) => reason !== '')
  const about = events.filter(
    ({ type, about: { kind, name } }) => type === 'Warning' && kind === 'Pod' && name === pod.name,
  )
  const last = about.at(-1)
  const mute = last && told.every(({ reason }) => soft.has(reason))
  const better = mute ? [{ reason: last.reason, message: last.message }] : told.map((one) => withRegistry(one, about))
  const lines = logs.get(pod.name)
  return better.map((told) => {
    const { reason, container } = { container: undefined, ...told }
    const cause = {
      reason,
      message: clipped(told.message === '' ? exit(pod, container) : told.message),
      pod: pod.name,
      pods: 1,
      ...(container === undefined ? {} : { container }),
      ...(lines && reason === 'CrashLoopBackOff' ? { logs: [...lines] } : {}),
    }
    return { cause, hard: !soft.has(reason) || old }
  })
}

/** Servers before 1.31 keep the registry's answer in an event, and only there. */
function withRegistry<Told extends { readonly reason: string }>(told: Told, events: readonly KubernetesEvent[]): Told {
  const failed = told.reason === 'ImagePullBackOff' ? events.findLast(({ reason }) => reason === 'Failed') : undefined
  return failed ? { ...told, message: failed.message } : told
}

/** How a container ended, where Kubernetes has no words for it. */
function exit({ containers }: Pod, name: string | undefined): string {
  const container = containers.find((one) => one.name === name)
  const code = container?.exitCode ?? container?.last?.exitCode
  return code === undefined ? '' : `exitCode ${code}`
}

const clipped = (text: string): string => shortened(text, longestMessage)
