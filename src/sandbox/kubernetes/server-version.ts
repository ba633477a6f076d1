/** A Kubernetes release and what it answers differently from 1.37. */
export interface ServerVersion {
  /** `v1.37.2`. */
  readonly git: string
  readonly major: string
  readonly minor: string
  /** Checks `fieldValidation` (1.25). */
  readonly validatesFields: boolean
  /** `Scaled up … from 0 to 2` instead of `… to 2` (1.28). */
  readonly tellsOldScale: boolean
  /** `status.terminatingReplicas` (1.35). */
  readonly countsTerminating: boolean
  /** Leaves `creationTimestamp: null` out of templates and Scale (1.34). */
  readonly omitsNullTimes: boolean
  /** Streams a list as watch events: `sendInitialEvents` (1.34). */
  readonly streamsLists: boolean
  /** Pods have `metadata.generation` (1.34). */
  readonly podGeneration: boolean
}

/** `git` like `v1.24.17`; anything unreadable is taken for 1.37. */
export function serverVersion(git = 'v1.37.2'): ServerVersion {
  const [, major = '1', digits = '37'] = /^v(\d+)\.(\d+)/.exec(git) ?? []
  const minor = Number(digits)
  return {
    git,
    major,
    minor: digits,
    validatesFields: minor >= 25,
    tellsOldScale: minor >= 28,
    countsTerminating: minor >= 35,
    omitsNullTimes: minor >= 34,
    streamsLists: minor >= 34,
    podGeneration: minor >= 34,
  }
}
