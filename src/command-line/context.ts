import type { WorkloadKind } from '../clusters/names.ts'
import type { ReplicaChange } from '../plans/plan.ts'
import type { Level } from '../logs/level.ts'
import type { PresetName } from '../metrics/presets.ts'
import type { Action } from '../policy/decision.ts'

/**
 * What commands call. A command knows neither chat nor cluster: it says what was ordered and hands back whatever the port
 * answered, unseen. All texts have the right form and nothing more: that the names exist is found out behind the port.
 */
export interface Context<Answer> {
  readonly orders: Orders<Answer>
  readonly reads: Reads<Answer>
  readonly logs: Logs<Answer>
  readonly metrics: Metrics<Answer>
  readonly operations: Operations<Answer>
  readonly approvals: Approvals<Answer>
  readonly freezes: Freezes<Answer>
  readonly alerts: Alerts<Answer>
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

/** An order as typed; `target` is not looked up yet. */
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

/** What is asked of clusters or of the audit trail; nothing changes by it. */
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

/** Workloads of one cluster; where none is named, a cluster and a namespace alone. */
export interface WorkloadsText {
  readonly cluster?: string
  readonly namespace?: string
  readonly workloads: readonly TargetText[]
}

/** Which lines of whose logs. What is undefined was not said. */
export interface LogQuestion {
  readonly target: WorkloadsText
  /** A label selector: of pods in the namespace, or, with workloads, those of their pods that it fits. */
  readonly selector: string | undefined
  readonly container: string | undefined
  /** RE2 syntax, checked. */
  readonly grep: string | undefined
  /** RE2 syntax, checked. */
  readonly exclude: string | undefined
  /** This and worse. */
  readonly level: Level | undefined
  /** Entries around each match. */
  readonly context: number | undefined
  readonly since: SinceText | undefined
  readonly tail: number | undefined
}

export interface Logs<Answer> {
  show(question: LogQuestion & { readonly of: 'current' | 'previous' }): Promise<Answer>
  /** `lasting` is milliseconds. */
  follow(question: LogQuestion & { readonly lasting: number | undefined }): Promise<Answer>
}

/** Durations are milliseconds. With a `query` the target says the cluster alone. */
export interface MetricsQuestion {
  readonly target: ScopeText
  readonly preset: PresetName | undefined
  /** PromQL, unchecked. */
  readonly query: string | undefined
  readonly range: number | undefined
  readonly step: number | undefined
  readonly compare: number | undefined
  /** A label's name. */
  readonly by: string | undefined
  /** The values of this moment instead of a picture. */
  readonly now: boolean
  /** Answered to the person alone; what the card offers stays so. */
  readonly private: boolean
}

export interface Metrics<Answer> {
  show(question: MetricsQuestion): Promise<Answer>
}

export interface Operations<Answer> {
  cancel(id: string, reason: string | undefined): Promise<Answer>
}

export interface Approvals<Answer> {
  list(scope: ScopeText): Promise<Answer>
  approve(id: string, reason: string | undefined): Promise<Answer>
  reject(id: string, reason: string): Promise<Answer>
}

/** Freezes made in the chat; those of the policy file are changed there. */
export interface Freezes<Answer> {
  /** `clusters` are names of clusters or groups; `lasting` is milliseconds. */
  freeze(freeze: {
    readonly clusters: readonly string[]
    readonly lasting: number
    readonly reason: string
  }): Promise<Answer>
  unfreeze(freeze: { readonly clusters: readonly string[]; readonly reason: string | undefined }): Promise<Answer>
}

/** Groups of alerts. Without an id it is the one in whose thread this is typed. */
export interface Alerts<Answer> {
  list(scope: ScopeText): Promise<Answer>
  acknowledge(id: string | undefined): Promise<Answer>
  unacknowledge(id: string | undefined): Promise<Answer>
  /** `lasting` is milliseconds. */
  silence(order: { readonly id: string; readonly lasting: number; readonly reason: string }): Promise<Answer>
  unsilence(id: string | undefined): Promise<Answer>
}

/** What one would do, as far as it was said. */
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

/** Asks for an order’s arguments where only its verb was typed. */
export interface Forms<Answer> {
  /** `prefill`: argument name → text, as it would be typed. */
  open(form: FormName, prefill: Readonly<Record<string, string>>): Promise<Answer>
}
