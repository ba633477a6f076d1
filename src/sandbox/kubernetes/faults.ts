/** What can be made to go wrong with the next requests. */
export type FaultEffect =
  | { readonly kind: 'delay'; readonly ms: number }
  | {
      readonly kind: 'status'
      readonly code: number
      readonly reason?: string
      readonly message?: string
      readonly retryAfterSeconds?: number
    }
  /** A proxy's error page instead of a Status. */
  | { readonly kind: 'page'; readonly code: number; readonly html: string }
  /** The connection dies before the request is looked at, or after it was carried out: the caller cannot tell. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** No answer, ever; `after` means that the request was carried out. */
  | { readonly kind: 'hang'; readonly when: 'before' | 'after' }

export interface Fault {
  readonly effect: FaultEffect
  /** `GET`, `PATCH`, …; any when absent. */
  readonly method?: string
  /** Any path when absent. */
  readonly path?: RegExp
  /** How many requests it hits; all until removed when absent. */
  readonly times?: number
}

export interface Faults {
  /** Returns the function that takes it away. */
  add(fault: Fault): () => void
  clear(): void
  /** The effects on this request, each counted as used. */
  hit(request: { readonly method: string; readonly path: string }): readonly FaultEffect[]
}

export function createFaults(): Faults {
  const left = new Map<Fault, number>()
  return {
    add: (fault) => {
      const own = { ...fault }
      left.set(own, own.times ?? Number.POSITIVE_INFINITY)
      return () => {
        left.delete(own)
      }
    },
    clear: () => left.clear(),
    hit: ({ method, path }) => {
      const effects: FaultEffect[] = []
      for (const [fault, times] of left) {
        if (fault.method !== undefined && fault.method !== method) continue
        if (fault.path !== undefined && !fault.path.test(path)) continue
        effects.push(fault.effect)
        if (times <= 1) left.delete(fault)
        else left.set(fault, times - 1)
      }
      return effects
    },
  }
}
