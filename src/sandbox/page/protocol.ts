import type { JsonObject } from '../../json.ts'
import type { Accident } from './requests.ts'

/** What the page server tells the page. Types only: the page's own bundle reads this file, too. */
export interface PagePerson {
  readonly id: string
  readonly name: string
  readonly realName: string
  readonly kind: 'member' | 'guest' | 'bot'
  /** Of their chat client, such as `zh-CN`. */
  readonly locale: string
  /** Name of the other company. */
  readonly company?: string
  readonly deactivated: boolean
}

export interface PageChannel {
  readonly id: string
  readonly name: string
  readonly kind: 'channel' | 'private' | 'direct'
  readonly members: readonly string[]
  /** Names of other companies that read along. */
  readonly sharedWith: readonly string[]
}

export interface PageFile {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly mimetype: string
  readonly size: number
}

export interface PageMessage {
  readonly channel: string
  readonly ts: string
  readonly user: string
  readonly text: string
  readonly blocks: readonly JsonObject[]
  readonly attachments: readonly JsonObject[]
  readonly files: readonly PageFile[]
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[]
  readonly threadTs?: string
  readonly broadcast: boolean
  readonly edited: boolean
  readonly onlyForYou: boolean
}

export interface PageView {
  readonly id: string
  readonly body: JsonObject
  readonly errors: Readonly<Record<string, string>>
  readonly trouble?: string
}

export interface PageBot {
  readonly kind: 'starting' | 'running' | 'waiting' | 'broken' | 'stopped'
  /** Its socket to the chat stands. */
  readonly connected: boolean
  readonly until?: number
  readonly ending?: string
  readonly said?: string
}

export type PodState = 'ready' | 'starting' | 'failing' | 'leaving'

export interface PageWorkload {
  readonly namespace: string
  readonly name: string
  readonly kind: string
  readonly tag: string
  readonly wanted: number
  readonly pods: readonly {
    readonly name: string
    readonly state: PodState
    readonly tag: string
    readonly why: string
  }[]
}

export interface PageCluster {
  readonly name: string
  readonly environment: string
  readonly version: string
  readonly state: 'up' | 'slow' | 'down'
  readonly tokenExpired: boolean
  /** Whether its Prometheus is; absent where there is none of ours. */
  readonly metricsAway?: boolean
  /** One of the visitor's own: whether changes may pass. Absent for a simulated one. */
  readonly changesAllowed?: boolean
  /** Where one of the visitor's own really is. */
  readonly server?: string
  readonly workloads: readonly PageWorkload[]
}

export type StepId = 'deploy' | 'hang' | 'ask' | 'approve' | 'void' | 'alert' | 'audit'
/** What there is to do in a step now; the page has the words. */
export type SceneId =
  | 'deploy'
  | 'hang'
  | 'hung'
  | 'ask'
  | 'approve'
  | 'back'
  | 'void_ask'
  | 'void_meddle'
  | 'void_approve'
  | 'alert_break'
  | 'alert_wait'
  | 'alert_thread'
  | 'audit'
  | 'audit_verify'

export interface PageStep {
  readonly id: StepId
  readonly scene: SceneId
  /** What the page offers to put into the composer, as whom and where. */
  readonly line?: string
  /** What it offers to let happen instead. */
  readonly accident?: Accident
  readonly as: string
  readonly channel: string
  readonly done: boolean
}

export interface PageTrafficEntry {
  readonly at: number
  readonly direction: 'in' | 'out'
  readonly what: string
  readonly about: string
  readonly detail: string
  readonly good: boolean
}

export interface PageState {
  /** Changes with each start of the sandbox: what a browser remembers of another one is void. */
  readonly run: string
  readonly you: string
  readonly team: string
  readonly bot: string
  readonly people: readonly PagePerson[]
  readonly groups: readonly { readonly id: string; readonly handle: string; readonly members: readonly string[] }[]
  readonly channels: readonly PageChannel[]
  readonly messages: readonly PageMessage[]
  readonly views: readonly PageView[]
  readonly process: PageBot
  readonly clusters: readonly PageCluster[]
  readonly chatLimited: boolean
  readonly story: readonly PageStep[]
}

export type PageEvent =
  | { readonly kind: 'hello'; readonly state: PageState }
  /** Without `message` it is gone. */
  | { readonly kind: 'message'; readonly channel: string; readonly ts: string; readonly message?: PageMessage }
  | { readonly kind: 'views'; readonly views: readonly PageView[] }
  | { readonly kind: 'channels'; readonly channels: readonly PageChannel[] }
  | { readonly kind: 'process'; readonly process: PageBot }
  | { readonly kind: 'clusters'; readonly clusters: readonly PageCluster[]; readonly chatLimited: boolean }
  | { readonly kind: 'story'; readonly story: readonly PageStep[] }
  | { readonly kind: 'traffic' }

export interface PageCandidate {
  readonly text: string
  readonly kind: string
  readonly about: string
}

export interface PageCompletion {
  readonly from: number
  readonly candidates: readonly PageCandidate[]
  readonly expecting?: string
}

/** `said`: what a program printed that was run for it. */
export type DeedAnswer = { readonly ok: true; readonly said?: string } | { readonly ok: false; readonly reason: string }
