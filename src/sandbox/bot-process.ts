import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Clock } from '../time/clock.ts'

export type BotState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly pid: number }
  /** It ended by itself and is started again at `until` (epoch ms). */
  | { readonly kind: 'waiting'; readonly until: number; readonly ending: string }
  /** It ended before it was ready: nothing but a person's click starts it again. */
  | { readonly kind: 'broken'; readonly ending: string; readonly said: string }
  | { readonly kind: 'stopped' }

export interface BotProcess {
  state(): BotState
  /** The newest lines of its standard error, oldest first. */
  lines(): readonly string[]
  /** Where it serves webhooks, while it runs. */
  address(): string | undefined
  /** Of the present process; undefined while there is none. */
  pid(): number | undefined
  start(): void
  /** SIGKILL: no goodbye, as in an accident. It comes back by itself. */
  kill(): void
  /** Resolves when it is gone: asked first, forced after some seconds. */
  stop(): Promise<void>
}

export interface BotProcessOptions {
  readonly clock: Clock
  /** The program after Node's own name, arguments included. */
  readonly program: readonly string[]
  /** All that it gets of an environment. */
  readonly environment: Readonly<Record<string, string>>
  readonly folder: string
  readonly onChange: () => void
}

const keptLines = 60
const pauses = [500, 1_000, 2_000, 5_000, 10_000, 30_000] as const
/** Up for so long, the next accident starts with the shortest pause again. */
const settledMs = 20_000
const politeMs = 2_500

/** A trial makes little garbage: this keeps some ten MB out of its memory. */
const lean = ['--max-semi-space-size=1']

/**
 * Ends the bot when the sandbox is gone, however it went: the pipe at its standard input closes with its other end. Threads inherit it: a worker's
 * standard input is empty and at its end at once, which says nothing.
 */
const leash = `data:text/javascript,${encodeURIComponent(`
  import { isMainThread } from 'node:worker_threads'
  if (isMainThread) {
    process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume()
    process.stdin.unref?.()
  }
`)}`

/** The bot as a process of its own: started, watched, and started again after an accident. */
export function createBotProcess({ clock, program, environment, folder, onChange }: BotProcessOptions): BotProcess {
  let state: BotState = { kind: 'stopped' }
  let child: ChildProcess | undefined
  let lines: string[] = []
  let address: string | undefined
  let failures = 0
  let cancelRestart = (): void => {}
  let stopping = false

  const become = (next: BotState): void => {
    state = next
    onChange()
  }

  function start(): void {
    if (child !== undefined || stopping) return
    cancelRestart()
    const startedAt = clock.now()
    let ready = false
    lines = []
    const running = spawn(process.execPath, [...lean, '--import', leash, ...program], {
      cwd: folder,
      env: environment,
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    child = running
    become({ kind: 'starting' })
    running.stdin?.on('error', () => {})
    const reading = createInterface({ input: running.stderr })
    reading.on('line', (line) => {
      lines = [...lines.slice(1 - keptLines), line]
      if (ready || !line.includes('"msg":"ready"')) return
      ready = true
      address = /"http":"([^"]+)"/.exec(line)?.[1]
      become({ kind: 'running', pid: running.pid ?? 0 })
    })
    const ended = (ending: string): void => {
      if (child !== running) return
      child = undefined
      address = undefined
      if (stopping) return become({ kind: 'stopped' })
      if (!ready && ending !== 'SIGKILL') return become({ kind: 'broken', ending, said: lines.join('\n') })
      if (clock.now() - startedAt > settledMs) failures = 0
      const pause = pauses[Math.min(failures, pauses.length - 1)] ?? 30_000
      failures += 1
      cancelRestart = clock.after(pause, start)
      become({ kind: 'waiting', until: clock.now() + pause, ending })
    }
    running.once('error', (error) => ended(error.message))
    // Not `exit`: what it said last must be read first.
    running.once('close', (code, signal) => ended(signal ?? `exit code ${code}`))
  }

  return {
    state: () => state,
    lines: () => lines,
    address: () => address,
    pid: () => child?.pid,
    start,
    kill: () => {
      child?.kill('SIGKILL')
    },
    stop: () => {
      stopping = true
      cancelRestart()
      const leaving = child
      if (leaving === undefined) return Promise.resolve()
      return new Promise((resolve) => {
        const cancel = clock.after(politeMs, () => leaving.kill('SIGKILL'))
        leaving.once('close', () => {
          cancel()
          resolve()
        })
        leaving.kill('SIGTERM')
      })
    },
  }
}
