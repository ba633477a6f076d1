import { reasonOf } from './waiting.ts'

/** Too many wait already. */
export class CrowdedError extends Error {
  override readonly name = 'CrowdedError'
}

/** Lets so many through at a time, in the order they came. */
export interface Gate {
  /** Resolves with the way out, which is to be called exactly once. */
  enter(signal: AbortSignal): Promise<() => void>
}

export function createGate({ limit, waiting }: { readonly limit: number; readonly waiting: number }): Gate {
  let inside = 0
  const queue = new Set<() => void>()

  const leave = (): void => {
    inside -= 1
    for (const next of queue) {
      queue.delete(next)
      return next()
    }
  }
  const pass = (): (() => void) => {
    inside += 1
    return leave
  }
  return {
    enter: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(reasonOf(signal))
        if (inside < limit) return resolve(pass())
        if (queue.size >= waiting) return reject(new CrowdedError(`${queue.size} requests are waiting`))
        const abort = (): void => {
          queue.delete(next)
          reject(reasonOf(signal))
        }
        const next = (): void => {
          signal.removeEventListener('abort', abort)
          resolve(pass())
        }
        queue.add(next)
        signal.addEventListener('abort', abort, { once: true })
      }),
  }
}
