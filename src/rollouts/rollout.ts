/** One cause of waiting, in the cluster's own words (foreign text, masked). */
export interface RolloutReason {
  readonly reason: string
  readonly message: string
  /** One pod that shows it, and how many do. Absent where no pod exists yet. */
  readonly pod?: string
  readonly pods?: number
  readonly container?: string
  /** Its last lines before it crashed. */
  readonly logs?: string[]
}

/** How far it is, in pods. Mutable arrays, for it is stored as it is. */
export interface RolloutProgress {
  readonly wanted: number
  readonly updated: number
  readonly ready: number
  readonly reasons: RolloutReason[]
  /** Waiting alone will probably not cure it. */
  readonly stuck: boolean
}

/** How a watch ended. */
export type RolloutOutcome =
  /** `stored`: a paused object or OnDelete, nothing rolls by itself. `no-rollout`: the change touches no pods. */
  | { readonly kind: 'succeeded'; readonly how: 'rolled-out' | 'stored' | 'no-rollout' }
  /** `rollout`: the cluster says so. `not_finished`: it did not say, and there was no progress for too long. */
  | {
      readonly kind: 'failed'
      readonly why: 'rollout' | 'not_finished'
      readonly reason: string
      readonly progress: RolloutProgress | undefined
    }
  | { readonly kind: 'deleted' }
  /** Somebody changed again what this change had set. */
  | { readonly kind: 'superseded' }
  /** The cluster did not answer for an hour, or will not let us look. */
  | { readonly kind: 'lost'; readonly detail: string }
  /** The signal aborted. */
  | { readonly kind: 'stopped' }
