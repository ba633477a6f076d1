import type { WorkloadKind } from '../clusters/names.ts'
import type { ReplicaChange } from '../plans/plan.ts'
import type { Action } from '../policy/decision.ts'

/**
 * What commands call. A command knows neither chat nor cluster: it says what was ordered and hands back whatever the port
 * answered, unseen. All texts have the right form and nothing more: that the names exist is found out behind the port.
 */
export interface Context<Answer> {
  readonly orders: Orders<Answer>
  readonly reads: Reads<Answer>
  readonly logs: Logs<Answer>
  readonly operations: Operations<Answer>
  readonly approvals: Approvals<Answer>
  readonly freezes: Freezes<Answer>
  readonly policy: Policy<Answer>
  readonly self: Self<Answer>
  readonly forms: Forms<Answer>
}

/** A workload as somebody named it. What is absent comes from the channel, the thread or a search. */
export interface TargetText {
  readonly cluster?: string
  readonly namespace?: string
  readonly kind?: WorkloadKind
  readonly name: string
}

/** What a read looks at: clusters or groups of them (none named: the channel's, or all), perhaps a namespace, perhaps a workload. */
export interface ScopeText {
  readonly clusters: readonly string[]
  readonly namespace?: string
  readonly kind?: WorkloadKind
  readonly name?: string
}

/** `reason` for the card; `breakGlass` is the reason why freezes are to be lifted. */
interface Why {
  readonly reason?: string | undefined
  readonly breakGlass?: string | undefined
}

export type ProposedOrder = Why & { readonly target: TargetText } & (
    | { readonly action: 'deploy'; readonly image: string; readonly container?: string | undefined }
    | { readonly action: 'scale'; readonly replicas: ReplicaChange }
    | { readonly action: 'rollback'; readonly toRevision?: number | undefined }
    | { readonly action: 'restart' | 'pause' | 'resume' }
  )

/** Everything that changes a cluster. */
export interface Orders<Answer> {
  propose(order: ProposedOrder): Promise<Answer>
}

/** A moment in the past: so many milliseconds ago, or a point in time as epoch ms. */
export type SinceText = { readonly ago: number } | { readonly at: number }

export type ReadQuestion =
  | { readonly read: 'status'; readonly scope: ScopeText }
  | { readonly read: 'history'; readonly target: TargetText }
  | { readonly read: 'events'; readonly scope: ScopeText; readonly since: SinceText | undefined }
  | { readonly read: 'clusters' }
  | { readonly read: 'audit'; readonly filters: AuditFilters }

export interface AuditFilters {
  readonly scope: ScopeText
  /** A user id. */
  readonly by: string | undefined
  readonly action: Action | undefined
  readonly operation: string | undefined
  readonly since: SinceText | undefined
}

export interface Reads<Answer> {
  show(question: ReadQuestion): Promise<Answer>
}

export interface LogQuestion {
  readonly target: TargetText
  readonly container: string | undefined
  /** RE2 syntax, checked. */
  readonly grep: string | undefined
  readonly since: SinceText | undefined
  readonly tail: number | undefined
}

export interface Logs<Answer> {
  show(question: LogQuestion & { readonly of: 'current' | 'previous' }): Promise<Answer>
  follow(question: LogQuestion): Promise<Answer>
}

export interface Operations<Answer> {
  cancel(id: string, reason: string | undefined): Promise<Answer>
}

export interface Approvals<Answer> {
  list(scope: ScopeText): Promise<Answer>
  approve(id: string, reason: string | undefined): Promise<Answer>
  reject(id: string, reason: string): Promise<Answer>
}

export interface Freezes<Answer> {
  /** `clusters` are names of clusters or groups; `lasting` is milliseconds. */
  freeze(freeze: {
    readonly clusters: readonly string[]
    readonly lasting: number
    readonly reason: string
  }): Promise<Answer>
  unfreeze(freeze: { readonly clusters: readonly string[]; readonly reason: string | undefined }): Promise<Answer>
}

export interface PolicyQuestion {
  readonly action: Action
  readonly scope: ScopeText
  readonly image: string | undefined
  readonly replicas: ReplicaChange | undefined
}

export interface Policy<Answer> {
  can(question: PolicyQuestion): Promise<Answer>
}

/** What the bot says about itself and about who asks. */
export interface Self<Answer> {
  whoami(): Promise<Answer>
  /** Of one command, or of all. `verb` is as typed: it may be none. */
  help(verb: string | undefined): Promise<Answer>
  doctor(): Promise<Answer>
}

export const formNames = ['deploy', 'scale', 'rollback'] as const
export type FormName = (typeof formNames)[number]

export interface Forms<Answer> {
  /** `prefill`: argument name → text, as it would be typed. */
  open(form: FormName, prefill: Readonly<Record<string, string>>): Promise<Answer>
}
