import type { Clock } from '../../time/clock.ts'
import type { Chart } from '../chart.ts'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'

export type Drawn =
  | { readonly kind: 'drawn'; readonly png: Uint8Array }
  /** Too many wait already; a later try may do. */
  | { readonly kind: 'busy' }
  /** Nothing came of it, and it was reported. */
  | { readonly kind: 'failed' }

/** Charts as PNG, drawn in a thread of their own. */
export interface Pictures {
  /** Never throws: where there is no picture, there are words. */
  draw(chart: Chart): Promise<Drawn>
  /** Ends the thread; what waits has failed. */
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
/** For one drawing; the first one of a thread takes half a second. */
const patienceMs = 15_000
/** The thread holds about 100 MB while it lives. */
const idleMs = 5 * 60_000

/** `painter` is the bundled `painter.ts`, with `painter.wasm` and `chart.ttf` beside it. */
export function createPictures(parts: {
  readonly painter: URL
  readonly clock: Clock
  readonly report: (error: unknown) => void
}): Pictures {
  const { painter, clock, report } = parts
  const waiting: Job[] = []
  let worker: Worker | undefined
  /** In the thread's hands: one at a time, so that a drawing that kills it takes no other with it. */
  let current: { readonly job: Job; readonly id: number } | undefined
  let closed = false
  let count = 0
  let cancelTimer = (): void => {}

  function next(): void {
    if (closed || current !== undefined) return
    cancelTimer()
    const job = waiting.shift()
    if (job === undefined) {
      cancelTimer = worker === undefined ? () => {} : clock.after(idleMs, () => void end().catch(report))
      return
    }
    count += 1
    current = { job, id: count }
    cancelTimer = clock.after(patienceMs, () => fail(new Error('the painter does not answer')))
    worker ??= start()
    worker.postMessage({ id: count, svg: job.svg })
  }

  function finish(drawn: Drawn): void {
    const finished = current
    current = undefined
    finished?.job.done(drawn)
    next()
  }

  /** Whatever went wrong in a thread, nothing else is drawn by it: half a step of wasm leaves its memory as nobody knows. */
  function fail(cause: unknown): void {
    report(cause)
    end().catch(report)
    finish({ kind: 'failed' })
  }

  async function end(): Promise<void> {
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }

  function start(): Worker {
    // What the process was told to load first is none of the thread's business.
    const fresh = new Worker(painter, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 256 } })
    fresh.on('message', (message: unknown) => {
      const { id, png, trouble } = Answer.parse(message)
      if (fresh !== worker || id !== current?.id) return
      if (png === undefined) fail(new Error(trouble))
      else finish({ kind: 'drawn', png })
    })
    const lost = (error: unknown): void => {
      if (fresh === worker) fail(error)
    }
    fresh.on('error', lost)
    fresh.on('exit', (code) => lost(new Error(`the painter ended with ${code}`)))
    // A picture that nobody waits for any more does not keep the process.
    fresh.unref()
    return fresh
  }

  return {
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
      await end()
      for (const job of left) job.done({ kind: 'failed' })
    },
  }
}
