import type { Json, JsonObject } from '../json.ts'
import type { Autoscaler, Container, KubernetesEvent, Node, Pod, Revision, Workload } from './nouns.ts'
import type { ClusterName, ObjectRef, WorkloadKind, WorkloadRef } from './names.ts'

/** As whom requests go: the bot's own credential, or a person through impersonation (exactly these groups, never `system:*`). */
export type Caller = 'bot' | { readonly user: string; readonly groups: readonly string[] }

/** RFC 6902. */
export type PatchOperation =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }

export interface Patched {
  /** The object as the server stored it, or would store it. */
  readonly object: JsonObject
  /** Admission and deprecation warnings (`Warning:` headers), foreign text. */
  readonly warnings: readonly string[]
}

export interface LogQuery {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  readonly follow?: boolean
  readonly previous?: boolean
  readonly tailLines?: number
  readonly sinceSeconds?: number
  /** RFC 3339 with nanoseconds. */
  readonly sinceTime?: string
  readonly limitBytes?: number
}

/** One line as the kubelet stamped it. */
export interface LogLine {
  /** RFC 3339, nanoseconds kept as text. */
  readonly stamp: string
  readonly text: string
  /** The line was longer than is ever kept: it ends in `…`, and so many bytes are gone. */
  readonly cut?: number
}

/** What happens to a followed log between its lines. */
export interface LogHeed {
  /** The stream stands, for the first time or again; `restarts` says which run of the container it reads. */
  opened(run: { readonly restarts: number }): void
  /** The stream broke off and is being opened again; what it gives then is late. */
  cut(): void
}

export type WatchEvent =
  | { readonly type: 'changed'; readonly object: JsonObject }
  | { readonly type: 'deleted'; readonly object: JsonObject }

/** Everything the bot asks of one cluster as one caller. All methods throw `ClusterError`, and end within the cluster's deadline unless they stream. */
export interface ClusterAccess {
  /** `v1.37.2`. */
  version(): Promise<string>
  nodes(): Promise<readonly Node[]>
  namespaces(): Promise<readonly string[]>
  /** One workload, or undefined when it does not exist. */
  workload(ref: Omit<WorkloadRef, 'cluster'>): Promise<Workload | undefined>
  /** Workloads of all kinds, or one; in one namespace or in all; by name where given. Complete, or it throws. */
  workloads(query: {
    readonly namespace?: string
    readonly name?: string
    readonly kind?: WorkloadKind
  }): Promise<readonly Workload[]>
  pods(query: { readonly namespace: string; readonly selector: string }): Promise<readonly Pod[]>
  /** ReplicaSets of a Deployment, ControllerRevisions of the others; oldest first. */
  revisions(workload: Workload): Promise<readonly Revision[]>
  autoscalers(namespace: string): Promise<readonly Autoscaler[]>
  /** Events about one object, or of a namespace; oldest first. */
  events(query: {
    readonly namespace: string
    readonly about?: { readonly kind: string; readonly name: string }
  }): Promise<readonly KubernetesEvent[]>
  /** One object as it is, or undefined. */
  read(ref: ObjectRef): Promise<JsonObject | undefined>
  /** JSON Patch. A failed `test` is `cluster_moved`. */
  patch(ref: ObjectRef, operations: readonly PatchOperation[], mode: 'dry-run' | 'write'): Promise<Patched>
  /** Would the server let this caller do that? (SelfSubjectAccessReview) */
  mayI(question: {
    readonly verb: string
    readonly group: string
    readonly resource: string
    readonly namespace: string
    readonly name?: string
  }): Promise<boolean>
  /**
   * One object's states from now on, beginning with the present one. Cut connections, server restarts and expired
   * versions are healed inside; ends when `signal` aborts or after a `deleted`. Throws only what waiting cannot cure (401, 403).
   */
  watch(ref: ObjectRef, signal: AbortSignal): AsyncIterable<WatchEvent>
  /**
   * All pods of a selector: as they are now, and anew after each change. Healed inside like `watch`; ends when `signal` aborts. Throws only
   * what waiting cannot cure.
   */
  watchPods(
    query: { readonly namespace: string; readonly selector: string },
    signal: AbortSignal,
  ): AsyncIterable<readonly Pod[]>
  /** Lines of one container. Follow ends when the container ends or `signal` aborts; a cut stream is resumed without hole or repeat. */
  logs(query: LogQuery, signal: AbortSignal, heed?: LogHeed): AsyncIterable<LogLine>
}

/** One configured cluster. Never shares a connection, credential or breaker with another one. */
export interface Cluster {
  readonly name: ClusterName
  /** `production` asks for confirmation; everything else is only a name that the policy may use. */
  readonly environment: string
  /** Changes and reads go as the person, through impersonation. */
  readonly impersonate: boolean
  as(caller: Caller): ClusterAccess
  /** Breaker state and last word from the server, without asking it. */
  health(): { readonly state: 'unknown' | 'up' | 'down'; readonly since: number; readonly detail?: string }
  close(): Promise<void>
}

export type Clusters = ReadonlyMap<ClusterName, Cluster>

export type { Autoscaler, Container, KubernetesEvent, Node, Pod, Revision, Workload }
