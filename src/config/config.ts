import type { ChannelId, GroupId, UserId } from '../chat/identity.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { Recurrence } from '../time/recurrence.ts'

export const languages = ['en', 'zh'] as const
/** Of what people read. */
export type Language = (typeof languages)[number]

/** Everything the bot is told before it starts: readback.yaml and the environment, checked. Paths are absolute, times milliseconds. */
export interface Config {
  /** The readback.yaml that was read. */
  readonly file: string
  /** Where neither a channel nor a person has one of their own. */
  readonly language: Language
  /** IANA zone of times in pictures, where no person has one of their own. */
  readonly zone: string
  readonly clusters: ReadonlyMap<ClusterName, ClusterConfig>
  /** Names for several clusters at once, for reads. Never the name of a cluster. */
  readonly groups: ReadonlyMap<string, readonly ClusterName[]>
  readonly channels: ReadonlyMap<ChannelId, ChannelConfig>
  /** Who somebody is elsewhere. */
  readonly people: ReadonlyMap<UserId, { readonly kubernetes: string }>
  readonly metrics: ReadonlyMap<ClusterName, MetricsConfig>
  readonly alerts: AlertsConfig | undefined
  /** RE2 sources, matched without case, besides the built-in ones. */
  readonly masks: readonly string[]
  readonly commands: CommandNames
  /** Undefined where neither token is set. */
  readonly slack: SlackConfig | undefined
  readonly policyFile: string
  readonly dataFolder: string
  readonly http: { readonly host: string; readonly port: number }
  /** Bearer token that webhooks must carry; without it no webhook is taken. */
  readonly alertsToken: string | undefined
  readonly databaseUrl: string | undefined
  readonly logLevel: LogLevel
  readonly outgoing: OutgoingConfig
}

export interface ClusterConfig {
  readonly name: ClusterName
  readonly environment: string
  readonly impersonate: boolean
  /** For one question to this cluster, everything included. */
  readonly timeoutMs: number
  readonly way: ClusterWay
}

/** Where server and credential come from. */
export type ClusterWay =
  /** Files as in KUBECONFIG: the first that names a thing wins. */
  | { readonly kind: 'kubeconfig'; readonly files: readonly string[]; readonly context: string }
  /** The service account of the bot's own pod. */
  | { readonly kind: 'in-cluster' }

export interface ChannelConfig {
  readonly cluster: ClusterName | undefined
  readonly namespace: string | undefined
  /** Clusters whose approval cards stand here. */
  readonly approvals: 'all' | readonly ClusterName[]
  readonly audit: boolean
  /** Of the cards that stand there. */
  readonly language: Language | undefined
}

/** As whom another server is asked. */
export type SourceAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }

export interface MetricsConfig {
  /** A path in it is kept. */
  readonly prometheus: URL
  readonly auth: SourceAuth
  /** PEM files, absolute; a certificate never stands without its key. */
  readonly tls: {
    readonly caFile: string | undefined
    readonly certFile: string | undefined
    readonly keyFile: string | undefined
  }
  /** Label → value that only this cluster's series carry, where several share the store; empty where none do. */
  readonly matcher: ReadonlyMap<string, string>
}

/** Label → values, one of which an alert must carry. */
export type LabelMatch = ReadonlyMap<string, readonly string[]>

export interface AlertsConfig {
  /** Where silences go. */
  readonly alertmanager: URL | undefined
  readonly auth: SourceAuth
  /** An alert that must keep coming; `silenceMs` without it is an alarm of its own. */
  readonly watchdog: { readonly match: LabelMatch; readonly silenceMs: number } | undefined
  /** The first that matches wins; the last matches everything. */
  readonly routes: readonly AlertRoute[]
}

export interface AlertRoute {
  readonly match: LabelMatch
  readonly channel: ChannelId
  readonly escalate: readonly { readonly afterMs: number; readonly mention: GroupId | UserId }[]
  /** While it is on, posts carry no mentions; nothing is held back. */
  readonly quiet: Recurrence | undefined
}

export const commandVerbs = ['ops', 'deploy', 'scale', 'rollback', 'logs', 'metrics'] as const
/** Slash commands as they are registered in the workspace, slash included. */
export type CommandNames = Readonly<Record<(typeof commandVerbs)[number], string>>

export interface SlackConfig {
  readonly botToken: string
  readonly appToken: string
  /** Ends in a slash. */
  readonly apiUrl: string
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export interface OutgoingConfig {
  readonly httpsProxy: URL | undefined
  /** Hosts, domains and networks that are reached directly, as NO_PROXY lists them. */
  readonly noProxy: readonly string[]
  /** PEM file of private certificate authorities. Node itself reads the variable at its start. */
  readonly extraCa: string | undefined
}
