/** The parts of a running bot in the order in which they are closed: first nothing new comes in, then what works comes to rest, then what it rests on. */
const order = [
  'intake',
  'follows',
  'housekeeping',
  'alerting',
  'runner',
  'policy',
  'trail',
  'outbox',
  'conversation',
  'turns',
  'http',
  'freezes',
  'measuring',
  'clusters',
  'foundation',
] as const

type Part = (typeof order)[number]
type Close = () => Promise<unknown> | void

/** What has to be closed, as it is opened. */
export interface Closing {
  opened(parts: Partial<Record<Part, Close>>): void
  /**
   * Closes what was opened, however far the start came; a second call waits for the first. A part that fails does not keep the others open. Throws
   * what failed, after all.
   */
  close(): Promise<void>
}

export function createClosing(): Closing {
  const open: Partial<Record<Part, Close>> = {}
  let closing: Promise<void> | undefined

  async function closeAll(): Promise<void> {
    const faults: unknown[] = []
    for (const part of order) {
      try {
        await open[part]?.()
      } catch (error) {
        faults.push(error)
      }
    }
    if (faults.length === 1) throw faults[0]
    if (faults.length > 1) throw new AggregateError(faults, 'several parts could not be closed')
  }

  return {
    opened: (parts) => void Object.assign(open, parts),
    close: () => (closing ??= closeAll()),
  }
}
