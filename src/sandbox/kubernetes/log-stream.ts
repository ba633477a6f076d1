import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import type { ContainerKey, ContainerRun, LogBook } from './log-book.ts'
import type { StampedLine } from './log-lines.ts'
import type { LogOptions } from './log-options.ts'
import type { OpenStream } from './open-stream.ts'
import { badRequest } from './api-error.ts'
import { at, list, text } from './fields.ts'
import { computedLog, nanoStamp } from './log-lines.ts'
import { nameOf, uidOf } from './objects.ts'

interface Reading {
  readonly clock: Clock
  readonly logs: LogBook
  readonly pod: JsonObject
  readonly options: LogOptions
}

/** Followed logs are sent in steps of at least this long, and chunks of about this size. */
const stepMs = 20
const chunkLength = 64 * 1024

/** Checks what the kubelet checks (400 in its words) and returns what plays the log. */
export function logStream({ clock, logs, pod, options }: Reading): (stream: OpenStream) => void {
  const key = { podUid: uidOf(pod), container: options.container }
  const run = options.previous ? logs.previous(key) : logs.current(key)
  if (run === undefined) throw badRequest(notThere(pod, options))
  return (stream) => {
    void play({ clock, logs, pod, options, run, stream })
  }
}

function notThere(pod: JsonObject, { container, previous }: LogOptions): string {
  if (previous) return `previous terminated container "${container}" in pod "${nameOf(pod)}" not found`
  const status = list(pod, 'status', 'containerStatuses').find((one) => text(one, 'name') === container)
  const reason = text(at(status, 'state', 'waiting'), 'reason')
  const why =
    reason === 'ErrImagePull'
      ? "image can't be pulled"
      : reason === 'ImagePullBackOff'
        ? 'trying and failing to pull image'
        : reason || 'ContainerCreating'
  return `container "${container}" in pod "${nameOf(pod)}" is waiting to start: ${why}`
}

interface Playing extends Reading {
  readonly run: ContainerRun
  readonly stream: OpenStream
}

async function play({ clock, logs, pod, options, run, stream }: Playing) {
  const key = { podUid: uidOf(pod), container: options.container }
  const printer = createPrinter(options, stream)
  const total = computedLog(pod, run).count(clock.now())
  let next = options.tailLines === undefined ? 0 : Math.max(0, total - options.tailLines)
  for (;;) {
    const present = logs.current(key)
    const current = !options.previous && present?.startedAt === run.startedAt ? present : undefined
    const computed = computedLog(pod, current ?? run)
    const now = clock.now()
    for (const end = computed.count(now); next < end && printer.isOpen(); next += 1) {
      const line = computed.line(next)
      if (line !== undefined && line.at >= options.since) printer.print(line)
      if (printer.isFull()) await printer.flush()
    }
    await printer.flush()
    const follows = options.follow && current !== undefined && current.endedAt === undefined && printer.isOpen()
    if (!follows) {
      stream.end()
      return
    }
    await untilMore({ clock, logs, stream, key, at: computed.nextAt(now) })
  }
}

function createPrinter(options: LogOptions, stream: OpenStream) {
  let left = options.limitBytes ?? Number.POSITIVE_INFINITY
  let chunk = ''
  return {
    print: (line: StampedLine) => {
      const whole = `${options.timestamps ? `${nanoStamp(line)} ` : ''}${line.text}\n`
      if (options.limitBytes === undefined) {
        chunk += whole
        return
      }
      // The limit cuts in the middle of a line where it falls.
      const bytes = Buffer.from(whole).subarray(0, left)
      left -= bytes.length
      chunk += bytes.toString()
    },
    isFull: () => chunk.length > chunkLength,
    isOpen: () => left > 0 && !stream.isClosed(),
    flush: async () => {
      if (chunk === '') return
      const hasRoom = stream.write(chunk)
      chunk = ''
      if (!hasRoom) await stream.drained()
    },
  }
}

interface Wait {
  readonly clock: Clock
  readonly logs: LogBook
  readonly stream: OpenStream
  readonly key: ContainerKey
  /** When the next line is due, epoch ms. */
  readonly at: number | undefined
}

/** Until the next line is due, the container's run changes, or the reader has gone. */
function untilMore({ clock, logs, stream, key, at: due }: Wait): Promise<void> {
  return new Promise((resolve) => {
    const cancel = due === undefined ? undefined : clock.after(Math.max(stepMs, due - clock.now()), () => done())
    const unsubscribe = logs.subscribe((changed) => {
      if (changed.podUid === key.podUid && changed.container === key.container) done()
    })
    const done = () => {
      cancel?.()
      unsubscribe()
      stay()
      resolve()
    }
    const stay = stream.onClose(done)
  })
}
