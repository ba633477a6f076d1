import type { Receive } from '../chat/incoming.ts'

/** Where payloads wait while the house is put together behind it. */
export interface Front {
  readonly receive: Receive
  open(receive: Receive): void
}

export function createFront(): Front {
  let inside: Receive | undefined
  const waiting: (() => void)[] = []
  return {
    receive: async (incoming) => {
      if (!inside) await new Promise<void>((resolve) => waiting.push(resolve))
      return inside?.(incoming)
    },
    open: (receive) => {
      inside = receive
      for (const go of waiting.splice(0)) go()
    },
  }
}
