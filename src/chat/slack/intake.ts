import type { Clock } from '../../time/clock.ts'
import type { FormErrors, Incoming, Keep, Receive } from '../incoming.ts'
import type { Channels } from './channels.ts'
import type { ReportSlack } from './slack-report.ts'

/** Hands on what arrived and counts what is still under way. */
export interface Intake {
  /** Whether it is to be handled. Throws when it could not be stored. */
  readonly keep: Keep
  /** Never throws. */
  take(incoming: Incoming): Promise<FormErrors | undefined>
  /** What `take` answers within that time; undefined after it, and then an answer that comes too late is reported. */
  takeWithin(incoming: Incoming, ms: number): Promise<FormErrors | undefined>
  /** Resolves once nothing is under way, or after `graceMs`; tells how many were left. */
  drain(graceMs: number): Promise<number>
}

export function createIntake(parts: {
  readonly keep: Keep
  readonly receive: Receive
  readonly channels: Channels
  readonly clock: Clock
  readonly report: ReportSlack
}): Intake {
  const { receive, channels, clock, report } = parts
  const underWay = new Set<Promise<unknown>>()

  async function handle(incoming: Incoming): Promise<FormErrors | undefined> {
    try {
      if (incoming.kind === 'submission') return await receive(incoming)
      return await receive({ ...incoming, place: await channels.complete(incoming.place) })
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
      report({ level: 'error', what: 'receive_threw', detail })
      return undefined
    }
  }

  const take: Intake['take'] = (incoming) => {
    const work = handle(incoming).finally(() => underWay.delete(work))
    underWay.add(work)
    return work
  }

  return {
    keep: parts.keep,
    take,
    takeWithin: (incoming, ms) =>
      new Promise((resolve) => {
        let late = false
        const cancel = clock.after(ms, () => {
          late = true
          resolve(undefined)
        })
        void (async () => {
          const errors = await take(incoming)
          cancel()
          if (late && errors !== undefined) report({ level: 'warn', what: 'form_errors_late', detail: incoming.key })
          resolve(errors)
        })()
      }),
    drain: async (graceMs) => {
      const over = new AbortController()
      await new Promise<void>((resolve) => {
        const cancel = clock.after(graceMs, () => over.abort())
        over.signal.addEventListener('abort', () => resolve())
        void (async () => {
          while (underWay.size > 0 && !over.signal.aborted) await Promise.all(underWay)
          cancel()
          resolve()
        })()
      })
      return underWay.size
    },
  }
}
