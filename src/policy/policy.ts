import type { GroupId, UserId } from '../chat/identity.ts'
import type { Action, PolicyRequest, Requirement, Rule } from './decision.ts'
import type { ActionWord, Case } from './schema.ts'
import type { FilePlace } from '../documents/file-problems.ts'

/** Cluster → environment, of every cluster that readback.yaml knows. */
export type KnownClusters = ReadonlyMap<string, string>

/** What is asked, without who asks. */
export type Question = Omit<PolicyRequest, 'actor'>

/**
 * How one limit of a rule stands to a question. `unknown`: the question leaves the value out.
 * `moot`: the action has no such value at all; a restart changes no image.
 */
export type LimitAnswer = 'met' | 'failed' | 'unknown' | 'moot'

export interface Limit {
  /** As it would stand in the file: `environments: [test]`. */
  readonly text: string
  test(question: Question): LimitAnswer
}

/** One item of a role's `allow`, for one action. */
export interface Grant {
  readonly rule: Rule
  /** Position in the file among all grants. */
  readonly order: number
  readonly limits: readonly Limit[]
  readonly requirement: Requirement | undefined
  /** Seats in total; 0 without approval. */
  readonly people: number
}

export interface Role {
  readonly name: string
  readonly rule: Rule
  /** Itself and every role that it includes, at any depth. */
  readonly holds: readonly string[]
  /** Its own grants. */
  readonly grants: ReadonlyMap<Action, readonly Grant[]>
  /** Bound to this role by name; holders of including roles are not listed. */
  readonly users: readonly UserId[]
  readonly groups: readonly GroupId[]
}

export interface Guard {
  readonly rule: Rule
  readonly limits: readonly Limit[]
  readonly effect:
    | { readonly kind: 'deny'; readonly text: string }
    | { readonly kind: 'approval'; readonly requirement: Requirement }
}

export interface Freeze {
  readonly name: string
  readonly rule: Rule
  readonly limits: readonly Limit[]
  readonly except: readonly ActionWord[]
  /** Is it on at that moment, and until when (undefined: no end in sight)? */
  readonly active: (at: number) => { readonly until: number | undefined } | undefined
}

export interface PolicyCase {
  readonly place: FilePlace
  readonly number: number
  readonly text: Case
}

/** A policy file, checked and indexed. Immutable; `decide` and its siblings read it. */
export interface Policy {
  readonly file: string
  /** SHA-256 of the file's text, for the audit trail. */
  readonly digest: string
  readonly clusters: KnownClusters
  readonly roles: ReadonlyMap<string, Role>
  /** Roles with grants of their own for an action, in the order of the file. */
  readonly granting: ReadonlyMap<Action, readonly { readonly name: string; readonly grants: readonly Grant[] }[]>
  readonly approvals: ReadonlyMap<string, Requirement>
  readonly guards: ReadonlyMap<Action, readonly Guard[]>
  readonly freezes: readonly Freeze[]
  readonly breakGlass: { readonly expiresMs: number; readonly reviewMs: number }
  readonly cases: readonly PolicyCase[]
  /** Roles held by being bound to them or to one that includes them. */
  readonly heldByUser: ReadonlyMap<UserId, readonly Role[]>
  readonly heldByGroup: ReadonlyMap<GroupId, readonly Role[]>
  /** Named by refusals that no rule decided. */
  readonly otherwise: Rule
}
