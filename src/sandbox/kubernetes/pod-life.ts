import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import type { EventFacts } from './events.ts'
import type { LogBook } from './log-book.ts'
import type { PodReport } from './pod-status.ts'
import { list, text } from './fields.ts'
import { uidOf } from './objects.ts'
import { behaviourOf } from './pod-behaviour.ts'
import { running, terminated, waiting } from './pod-status.ts'

/** One pod on its node, from its binding to its end. */
export interface PodLife {
  /** Containers die now and are started again, as after an OOM kill. */
  fail(how: { readonly reason: string; readonly exitCode: number }): void
  /** The readiness probe fails from now on, or holds again. */
  setReady(ready: { readonly status: 'ready' } | { readonly status: 'not-ready'; readonly message: string }): void
  end(): void
  stop(): void
}

interface Parts {
  readonly clock: Clock
  readonly pod: JsonObject
  readonly ip: string
  readonly logs: LogBook
  readonly report: (report: PodReport) => void
  readonly event: (facts: Pick<EventFacts, 'type' | 'reason' | 'message'>) => void
  /** The pod's containers are gone. */
  readonly ended: () => void
}

const creatingMs = 50
const pullRetryMs = 500
const crashAfterMs = 400

export function createPodLife({ clock, pod, ip, logs, report, event, ended }: Parts): PodLife {
  const behaviour = behaviourOf(pod)
  const podUid = uidOf(pod)
  const containers = list(pod, 'spec', 'containers').map((one) => ({
    name: text(one, 'name'),
    image: text(one, 'image'),
  }))
  const restartPolicy = text(pod, 'spec', 'restartPolicy')
  const bornAt = clock.now()
  const timers = new Set<() => void>()
  let startedAt = bornAt
  let restarts = 0
  let lastState: JsonObject | undefined
  let over = false

  const after = (ms: number, task: () => void) => {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel)
      task()
    })
    timers.add(cancel)
  }
  const stop = () => {
    for (const cancel of timers) cancel()
    timers.clear()
  }
  const say = (phase: PodReport['phase'] | 'Ready', state: JsonObject, message?: string) =>
    report({
      phase: phase === 'Ready' ? 'Running' : phase,
      ready: phase === 'Ready' ? 'ready' : 'not-ready',
      state,
      restarts,
      startedAt: bornAt,
      ip,
      ...(lastState === undefined ? {} : { lastState }),
      ...(message === undefined ? {} : { message }),
    })
  const forEach = (task: (container: { name: string; image: string }) => void) => {
    for (const container of containers) task(container)
  }
  const normal = (reason: string, message: string) => event({ type: 'Normal', reason, message })
  const warning = (reason: string, message: string) => event({ type: 'Warning', reason, message })

  const miss = () => {
    forEach(({ image }) => {
      normal('Pulling', `Pulling image "${image}"`)
      warning(
        'Failed',
        `Failed to pull image "${image}": rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`,
      )
      warning('Failed', 'Error: ErrImagePull')
    })
    say('Pending', waiting('ErrImagePull', 'manifest unknown'))
    after(pullRetryMs, () => {
      forEach(({ image }) => normal('BackOff', `Back-off pulling image "${image}"`))
      warning('Failed', 'Error: ImagePullBackOff')
      say('Pending', waiting('ImagePullBackOff', `Back-off pulling image "${containers[0]?.image}"`))
    })
  }

  const start = () => {
    startedAt = clock.now()
    forEach(({ name, image }) => {
      logs.begin({ podUid, container: name }, startedAt)
      if (restarts === 0) normal('Pulling', `Pulling image "${image}"`)
      normal(
        'Pulled',
        restarts === 0
          ? `Successfully pulled image "${image}" in 48ms (48ms including waiting). Image size: 48251904 bytes.`
          : `Container image "${image}" already present on machine`,
      )
      normal('Created', `Created container: ${name}`)
      normal('Started', `Started container ${name}`)
    })
    say('Running', running(startedAt))
    if (behaviour.fate === 'crash') after(crashAfterMs, () => die({ reason: 'Error', exitCode: 1 }))
    else if (behaviour.fate === 'neverready') after(behaviour.readyAfter, () => probeFails(10_000))
    else after(behaviour.readyAfter, becomeReady)
  }

  const becomeReady = () => {
    say('Ready', running(startedAt))
    if (restartPolicy !== 'Always') after(behaviour.runFor, complete)
  }

  /** Said again at growing intervals: the count rises, and an idle cluster stays nearly idle. */
  const probeFails = (again: number) => {
    forEach(() => warning('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'))
    after(again, () => probeFails(Math.min(again * 2, 300_000)))
  }

  const complete = () => {
    const finishedAt = clock.now()
    forEach(({ name }) => logs.end({ podUid, container: name }, finishedAt, 'completed'))
    say('Succeeded', terminated({ exitCode: 0, reason: 'Completed', startedAt, finishedAt }))
  }

  const die = ({ reason, exitCode }: { readonly reason: string; readonly exitCode: number }) => {
    stop()
    const finishedAt = clock.now()
    forEach(({ name }) => {
      logs.end({ podUid, container: name }, finishedAt, 'crashed')
      warning(
        'BackOff',
        `Back-off restarting failed container ${name} in pod ${text(pod, 'metadata', 'name')}_${text(pod, 'metadata', 'namespace')}(${podUid})`,
      )
    })
    lastState = terminated({ exitCode, reason, startedAt, finishedAt })
    restarts += 1
    say('Running', waiting('CrashLoopBackOff', 'back-off restarting failed container'))
    after(Math.min(restarts, 20) * 1000, start)
  }

  say('Pending', waiting('ContainerCreating'))
  after(creatingMs, behaviour.fate === 'missing' ? miss : start)

  return {
    fail: (how) => {
      if (!over) die(how)
    },
    setReady: (ready) => {
      if (over) return
      stop()
      if (ready.status === 'ready') becomeReady()
      else {
        warning('Unhealthy', ready.message)
        say('Running', running(startedAt), ready.message)
      }
    },
    end: () => {
      if (over) return
      over = true
      stop()
      forEach(({ name }) => normal('Killing', `Stopping container ${name}`))
      after(behaviour.stopAfter, () => {
        forEach(({ name }) => logs.end({ podUid, container: name }, clock.now(), 'completed'))
        ended()
      })
    },
    stop,
  }
}
