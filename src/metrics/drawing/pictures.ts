import type { ChildProcess } from 'node:child_process'
import type { Clock } from '../../time/clock.ts'
import type { Chart } from '../chart.ts'
import { fork } from 'node:child_process'
import { Socket } from 'node:net'
import { z } from 'zod'

export type Drawn =
  | { readonly kind: 'drawn'; readonly png: Uint8Array }
  /** Too many wait already; a later try may do. */
  | { readonly kind: 'busy' }
  /** Nothing came of it, and it was reported. */
  | { readonly kind: 'failed' }

/** Charts as PNG, painted in a process of their own: when it ends, its memory is back at once and whole, which a thread's is not. */
export interface Pictures {
  /** A chart will be wanted soon: the painter may start while its numbers are fetched. */
  prepare(): void
  /** Never throws: where there is no picture, there are words. */
  draw(chart: Chart): Promise<Drawn>
  /** Ends the painter; what waits has failed. */
  close(): Promise<void>
}

const Answer = z.object({
  id: z.number(),
  png: z.instanceof(Uint8Array).optional(),
  trouble: z.string().optional(),
})

interface Job {
  readonly svg: string
  readonly done: (drawn: Drawn) => void
}

/** Drawings that wait at most: at 50 ms each nobody waits for longer than a second or two. */
const mostWaiting = 20
/** For one drawing; the first one of a painter takes half a second. */
const patienceMs = 15_000
/** It holds about 100 MB while it lives; the next one is there in half a second. */
const idleMs = 5_000

/**
 * V8 translates the renderer's WebAssembly plainly and leaves it at that: an optimised one is a third faster from the twentieth picture on, but
 * costs another 80 MB and a second of processor time before the first.
 */
const plainly = ['--liftoff-only', '--max-semi-space-size=2', '--max-old-space-size=256']
/** Of what a painter said last before it ended. */
const keptWords = 2_000

/** `painter` is the bundled `painter.ts`, with `painter.wasm` and `chart.ttf` beside it. */
export function createPictures(parts: {
  readonly painter: URL
  readonly clock: Clock
  readonly report: (error: unknown) => void
}): Pictures {
  const { painter, clock, report } = parts
  const waiting: Job[] = []
  let working: ChildProcess | undefined
  /** In its hands: one at a time, so that a drawing that kills it takes no other with it. */
  let current: { readonly job: Job; readonly id: number } | undefined
  let closed = false
  let count = 0
  let cancelTimer = (): void => {}

  function next(): void {
    if (closed || current !== undefined) return
    cancelTimer()
    const job = waiting.shift()
    if (job === undefined) {
      cancelTimer = working === undefined ? () => {} : clock.after(idleMs, end)
      return
    }
    count += 1
    current = { job, id: count }
    cancelTimer = clock.after(patienceMs, () => fail(new Error('the painter does not answer')))
    working ??= start()
    // Where it cannot be sent the painter is ending, and that is noticed.
    working.send({ id: count, svg: job.svg }, () => {})
  }

  function finish(drawn: Drawn): void {
    const finished = current
    current = undefined
    finished?.job.done(drawn)
    next()
  }

  /** Whatever went wrong in a painter, nothing else is drawn by it: half a step of wasm leaves its memory as nobody knows. */
  function fail(cause: unknown): void {
    report(cause)
    end()
    finish({ kind: 'failed' })
  }

  function end(): void {
    working?.kill('SIGKILL')
    working = undefined
  }

  function start(): ChildProcess {
    // Of this process's environment and flags it needs none.
    const fresh = fork(painter, {
      env: {},
      execArgv: plainly,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    let said = ''
    fresh.stderr?.setEncoding('utf8').on('data', (words: string) => {
      said = `${said}${words}`.slice(-keptWords)
    })
    fresh.on('message', (message: unknown) => {
      const { id, png, trouble } = Answer.parse(message)
      if (fresh !== working || id !== current?.id) return
      if (png === undefined) fail(new Error(trouble))
      else finish({ kind: 'drawn', png })
    })
    const lost = (error: unknown): void => {
      if (fresh === working) fail(error)
    }
    fresh.on('error', lost)
    // Not `exit`: what it said last must be read first.
    fresh.on('close', (code, signal) =>
      lost(new Error(`the painter ended with ${signal ?? code}${said && `: ${said}`}`)),
    )
    // A picture that nobody waits for any more does not keep this process.
    fresh.unref()
    fresh.channel?.unref()
    if (fresh.stderr instanceof Socket) fresh.stderr.unref()
    return fresh
  }

  return {
    prepare: () => {
      if (closed || current !== undefined) return
      working ??= start()
      cancelTimer()
      cancelTimer = clock.after(idleMs, end)
    },
    draw: async (chart) => {
      if (closed) return { kind: 'failed' }
      try {
        const { drawChart } = await import('./chart-svg.ts')
        if (waiting.length >= mostWaiting) return { kind: 'busy' }
        const svg = drawChart(chart)
        return await new Promise<Drawn>((done) => {
          if (closed) return done({ kind: 'failed' })
          waiting.push({ svg, done })
          next()
        })
      } catch (error) {
        report(error)
        return { kind: 'failed' }
      }
    },
    close: async () => {
      closed = true
      cancelTimer()
      const left = [...(current === undefined ? [] : [current.job]), ...waiting.splice(0)]
      current = undefined
      end()
      for (const job of left) job.done({ kind: 'failed' })
    },
  }
}
