import type { JsonObject } from '../json.ts'
import type { WorkloadRef } from './names.ts'

export interface Container {
  readonly name: string
  readonly image: string
  readonly role: 'init' | 'main'
}

/** Who else writes this object, so that a change by hand would be undone or overwritten. */
export interface Owner {
  readonly kind: 'argo-cd' | 'flux' | 'helm' | 'fleet' | 'kapp' | 'controller'
  /** Application, release or controlling object, as its label or annotation says. */
  readonly name: string
}

/** A Deployment, StatefulSet or DaemonSet, read into the fields that every kind shares. */
export interface Workload extends WorkloadRef {
  readonly uid: string
  readonly apiVersion: 'apps/v1'
  readonly generation: number
  readonly observedGeneration: number
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /** `spec.selector` as a query string: `app=web,tier in (a,b)`. */
  readonly selector: string
  /** Wanted replicas; for a DaemonSet the number of nodes that should run it. */
  readonly replicas: number
  readonly ready: number
  readonly updated: number
  readonly available: number
  readonly paused: boolean
  readonly deleting: boolean
  readonly strategy: 'RollingUpdate' | 'Recreate' | 'OnDelete'
  readonly containers: readonly Container[]
  readonly conditions: readonly {
    readonly type: string
    readonly status: string
    readonly reason: string
    readonly message: string
  }[]
  readonly owners: readonly Owner[]
  /** The object as the server sent it: plans read from here and diff against it. */
  readonly object: JsonObject
}

/** An earlier pod template: a ReplicaSet of a Deployment, a ControllerRevision of the other kinds. */
export interface Revision {
  readonly number: number
  readonly name: string
  /** Epoch ms. */
  readonly createdAt: number
  /** Without `pod-template-hash` and `$patch`. */
  readonly template: JsonObject
  readonly images: readonly string[]
  /** `kubernetes.io/change-cause`, or empty. */
  readonly changeCause: string
  /** Ready and wanted pods of that revision, where the kind tells. */
  readonly pods?: { readonly ready: number; readonly wanted: number }
  readonly current: boolean
  readonly annotations: Readonly<Record<string, string>>
}

export interface Pod {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  /** As `kubectl get pods` prints STATUS. */
  readonly status: string
  readonly phase: string
  readonly ready: boolean
  readonly restarts: number
  readonly node: string
  /** Epoch ms. */
  readonly createdAt: number
  readonly deleting: boolean
  readonly labels: Readonly<Record<string, string>>
  readonly owner?: { readonly kind: string; readonly name: string; readonly uid: string }
  readonly defaultContainer?: string
  readonly containers: readonly PodContainer[]
  /** Why it does not run as wanted, in the cluster's words; empty when it does. */
  readonly reasons: readonly { readonly reason: string; readonly message: string; readonly container?: string }[]
}

export interface PodContainer {
  readonly name: string
  readonly role: 'init' | 'main' | 'ephemeral'
  readonly image: string
  readonly ready: boolean
  readonly restarts: number
  readonly state: 'waiting' | 'running' | 'terminated' | 'unknown'
  readonly reason: string
  readonly exitCode?: number
  /** How it ended the time before, when it did. */
  readonly last?: { readonly reason: string; readonly exitCode: number; readonly finishedAt: number }
}

/** An HPA, with who stands behind it. */
export interface Autoscaler {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly apiVersion: string
  readonly target: { readonly kind: string; readonly name: string; readonly apiVersion: string }
  readonly min: number
  readonly max: number
  readonly current: number
  readonly desired: number
  /** KEDA's ScaledObject, when one owns this HPA. */
  readonly scaledObject?: string
  readonly owners: readonly Owner[]
  readonly object: JsonObject
}

export interface KubernetesEvent {
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly about: { readonly kind: string; readonly name: string }
  readonly count: number
  /** Epoch ms. */
  readonly firstAt: number
  readonly lastAt: number
}

export interface Node {
  readonly name: string
  readonly ready: boolean
  readonly schedulable: boolean
  /** Pressure conditions that are true. */
  readonly pressures: readonly string[]
}
