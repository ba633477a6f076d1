import type { GroupId, UserId } from '../chat/identity.ts'

/** What a role may do. `*` in the file means all of these but `break-glass`. */
export const actions = [
  'deploy',
  'scale',
  'rollback',
  'restart',
  'pause',
  'resume',
  'promote',
  'abort',
  'cancel',
  'status',
  'logs',
  'metrics',
  'query',
  'events',
  'history',
  'clusters',
  'audit',
  'silence',
  'ack',
  'freeze',
  'break-glass',
] as const
export type Action = (typeof actions)[number]

/** Who asks. Groups are only those whose membership is known to be fresh; unknown ones simply do not count. */
export interface Actor {
  readonly user: UserId
  readonly groups: readonly GroupId[]
  /** Groups whose members could not be had: whether this person is in them is not known, so they do not count. */
  readonly unchecked?: readonly GroupId[]
}

/** What a decision is about. A field left out is unknown, and then a limit on it counts as met only where `question` says so. */
export interface PolicyRequest {
  readonly actor: Actor
  readonly action: Action
  readonly cluster: string
  readonly environment: string
  readonly namespace?: string
  readonly name?: string
  /** Resulting absolute replicas, and those before; for an HPA its bounds. Only questions leave `before` out. */
  readonly replicas?: { readonly before?: Bounds; readonly after: Bounds }
  /** Full references of every container image that the patch changes. */
  readonly images?: readonly string[]
  /** Reason given with `--break-glass`. */
  readonly breakGlass?: string
  /** Epoch ms; freezes are compared with it. */
  readonly at: number
  /** `can` and cases: limits without a value count as met and are listed in the answer. Real orders always have the value. */
  readonly question?: true
  /** What is left out stands for everything there is, not for nothing in particular: a guard on any part of it reaches it. */
  readonly whole?: true
}

/** A plain replica count is `min === max`. */
export interface Bounds {
  readonly min: number
  readonly max: number
}

/** A place in the policy file, for people: `policies/roles.yaml:9`. */
export interface Rule {
  /** `developer`, `guard 2`, `freeze year-end`, `default`. */
  readonly name: string
  readonly file: string
  readonly line: number
}

/** Seats to be filled by different people, none of them the requester. */
export interface Requirement {
  /** Names of the approvals that were merged: `prod-change`. */
  readonly names: readonly string[]
  readonly seats: readonly { readonly role: string; readonly count: number }[]
  /** Milliseconds from the moment the card is posted. */
  readonly expiresMs: number
}

export type Decision =
  | { readonly verdict: 'allow'; readonly rule: Rule; readonly assumed: readonly string[]; readonly breakGlass?: true }
  | {
      readonly verdict: 'approval'
      readonly rule: Rule
      readonly guards: readonly Rule[]
      readonly requirement: Requirement
      readonly assumed: readonly string[]
      readonly breakGlass?: true
    }
  | { readonly verdict: 'deny'; readonly refusal: Refusal }

/** Why not, what would be allowed instead, and who could. */
export type Refusal =
  /** No grant of that action reaches there. `nearest` are grants of this actor that failed only by a limit or place. */
  | {
      readonly code: 'policy_no_grant'
      readonly rule: Rule
      readonly roles: readonly string[]
      readonly nearest: readonly { readonly rule: Rule; readonly failed: string }[]
      readonly rolesThatMay: readonly string[]
    }
  /** It would be allowed to members of these groups, and whether the actor is one could not be found out. Without groups: nor who the actor is. */
  | { readonly code: 'policy_unchecked'; readonly rule: Rule; readonly groups: readonly GroupId[] }
  | { readonly code: 'policy_guard'; readonly rule: Rule; readonly text: string }
  | {
      readonly code: 'policy_frozen'
      readonly rule: Rule
      readonly freeze: string
      readonly until: number | undefined
      readonly allowed: readonly string[]
      readonly rolesThatMay: readonly string[]
    }
