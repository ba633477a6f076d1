import type { Audit } from '../audit/audit.ts'
import type { GroupId, Person, UserId } from '../chat/identity.ts'
import type { Place } from '../chat/incoming.ts'
import type { Clock } from '../time/clock.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { ClusterProblem } from '../clusters/problems.ts'
import type { Order, Plan, PlanProblem } from '../plans/plan.ts'
import type { Action, Decision, PolicyRequest } from '../policy/decision.ts'
import type { RolloutOutcome } from '../rollouts/rollout.ts'
import type { Change, Store } from '../store/store.ts'
import type { Operation, OperationIn, Progress } from './operation.ts'

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problem: PlanProblem | ClusterProblem }

/** What the API server said to one patch. */
export type Written =
  | { readonly kind: 'stored' }
  /** A `test` did not hold; nothing changed. */
  | { readonly kind: 'moved' }
  /** Surely not stored, and asking again will not help. */
  | { readonly kind: 'refused'; readonly problem: ClusterProblem }
  /** Surely not stored: the server was not reached or asked us to wait. */
  | { readonly kind: 'not_sent'; readonly problem: ClusterProblem; readonly retryAfterMs: number }
  /** Held up here for so long that it was not sent any more. */
  | { readonly kind: 'overdue' }
  /** May or may not be stored. */
  | { readonly kind: 'unknown'; readonly problem: ClusterProblem }

/** Whose mark the patched object carries now; says whether a write of ours arrived. */
export type Mark =
  | { readonly kind: 'mark'; readonly operation: string | undefined }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly problem: ClusterProblem }

/** The way to the clusters. Plans and writes go as the requester where the cluster impersonates; marks and rollouts are read as the bot. */
export interface Changes {
  plan(order: Order, requester: Person): Promise<Planned>
  /** Sends the patch, unless it is later than `before` (epoch ms) by then; the server takes it only while the object still carries the mark that was seen. */
  write(operation: Operation, sending: { readonly seen: string | undefined; readonly before: number }): Promise<Written>
  mark(operation: Operation): Promise<Mark>
}

export interface Rollouts {
  watch(
    operation: OperationIn<'running'>,
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => Promise<void> },
  ): Promise<RolloutOutcome>
}

/** What somebody holds now. */
export interface Holding {
  /** The included ones too. */
  readonly roles: readonly string[]
  /** Groups whose members could not be had: what they would give is not among the roles. */
  readonly unchecked: readonly GroupId[]
}

/** The policy's word on a person and an action, with that person's groups at most `maxAgeMs` old. */
export interface Authority {
  decide(
    person: Person,
    request: Omit<PolicyRequest, 'actor' | 'at'> & { readonly action: Action },
    maxAgeMs: number,
  ): Promise<Decision>
  holds(person: Person, maxAgeMs: number): Promise<Holding>
  /** Users and groups bound to any of these roles. */
  boundTo(roles: readonly string[]): { readonly users: readonly UserId[]; readonly groups: readonly GroupId[] }
}

/** Where the approvals of a cluster are given; undefined: where the order was typed. */
export type ApprovalsBoard = (typed: Place, cluster: ClusterName) => Place | undefined

/** What the channel sees of an operation. The changes go into the same commit as the transition that they show. */
export interface OperationCards {
  /** `version` is the one that the commit gives the operation: newer cards carry higher ones. */
  show(operation: Operation, version: number): readonly Change[]
  /** Cards besides the operation's own that have to stand in the channel before anybody is asked. */
  besides?(operation: Operation): readonly string[]
  /** A word in the card's thread, to those who may approve, that its time runs out. */
  remind(operation: OperationIn<'awaiting_approval'>): readonly Change[]
}

/** Whether a card has reached its channel. */
export interface CardBoard {
  isShown(card: string): Promise<boolean>
  /** What the channel said to the card, on whichever replica; undefined while nothing is known. */
  verdict(
    card: string,
  ): Promise<{ readonly kind: 'shown' } | { readonly kind: 'refused'; readonly reason: string } | undefined>
  /** Called whenever any replica has written down what became of some card. */
  onMoved(listener: () => void): () => void
  /** Calls back with the card's id once its message id is stored. Returns the end of listening. */
  onShown(listener: (card: string) => void): () => void
  /** Calls back when a card cannot be posted: bot not invited, channel archived. */
  onUnusable(listener: (card: string, detail: string) => void): () => void
}

/** Everything that moves an operation. */
export interface OperationParts {
  readonly store: Store
  readonly clock: Clock
  readonly audit: Audit
  readonly changes: Changes
  readonly rollouts: Rollouts
  readonly authority: Authority
  readonly cards: OperationCards
  readonly board: CardBoard
  readonly approvalsBoard: ApprovalsBoard
  /** Bugs and faults that no person can be told about here. */
  readonly report: (error: unknown, about: string) => void
}
