export interface Listeners<Args extends readonly unknown[]> {
  /** Returns the end of listening. */
  add(listener: (...args: Args) => void): () => void
  call(...args: Args): void
}

/** A listener that throws is reported under the first argument and keeps none of the others from hearing. */
export function createListeners<Args extends readonly [string, ...unknown[]]>(
  report: (error: unknown, about: string) => void,
): Listeners<Args> {
  const listeners = new Set<(...args: Args) => void>()
  return {
    add: (listener) => {
      const own = (...args: Args): void => listener(...args)
      listeners.add(own)
      return () => listeners.delete(own)
    },
    call: (...args) => {
      for (const listener of listeners) {
        try {
          listener(...args)
        } catch (error) {
          report(error, args[0])
        }
      }
    },
  }
}
