/** What goes wrong with a call. `lose_answer` does the work first: the caller cannot know that it happened. */
export type FaultKind =
  | {
      readonly kind: 'rate_limit'
      /** Seconds; `absent`: a 429 without the header. */ readonly retryAfter: number | 'absent'
    }
  | { readonly kind: 'fail'; readonly status: number }
  | { readonly kind: 'refuse'; readonly error: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'lose_answer'; readonly how: 'reset' | 'fail' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'garbage' }

export type Fault = FaultKind & {
  /** A Web API method, or `response_url` or `upload`; absent: each of them. */
  readonly method?: string
  readonly channel?: string
  /** How many calls it strikes; 1 unless told. */
  readonly times?: number
}

export interface Faults {
  /** The returned function takes it back. */
  readonly add: (fault: Fault) => () => void
  readonly clear: () => void
  /** The first fault that fits, used up by one. */
  readonly strike: (method: string, channel: string | undefined) => FaultKind | undefined
}

export function createFaults(): Faults {
  let waiting: { readonly fault: Fault; left: number }[] = []
  return {
    add: (fault) => {
      const entry = { fault, left: fault.times ?? 1 }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    clear: () => {
      waiting = []
    },
    strike: (method, channel) => {
      const entry = waiting.find(
        ({ fault }) =>
          (fault.method === undefined || fault.method === method) &&
          (fault.channel === undefined || fault.channel === channel),
      )
      if (entry === undefined) return undefined
      entry.left -= 1
      if (entry.left <= 0) waiting = waiting.filter((other) => other !== entry)
      return entry.fault
    },
  }
}
