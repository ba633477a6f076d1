import type { Caller, PatchOperation } from '../clusters/cluster.ts'
import type { ObjectRef, WorkloadRef } from '../clusters/names.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Bounds } from '../policy/decision.ts'
import { z } from 'zod'

/** SHA-256 in lower-case hex over what approvers see and what it rests on. */
export const Fingerprint = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Fingerprint'>()
export type Fingerprint = z.infer<typeof Fingerprint>

/** What somebody ordered, after parsing and resolving, before looking at the object. */
export type Order =
  | {
      readonly action: 'deploy'
      readonly target: WorkloadRef
      readonly image: string
      /** A container's name, or `all`: every container with the same repository. */
      readonly container?: string
    }
  | { readonly action: 'scale'; readonly target: WorkloadRef; readonly replicas: ReplicaChange }
  | { readonly action: 'rollback'; readonly target: WorkloadRef; readonly toRevision?: number }
  | { readonly action: 'restart' | 'pause' | 'resume'; readonly target: WorkloadRef }
  /** The way back, stored when the first change was planned. `of` is that operation's id; dies when a value that it would restore has moved. */
  | { readonly action: 'undo'; readonly target: WorkloadRef; readonly of: string; readonly inverse: Inverse }

export type ReplicaChange = { readonly to: number } | { readonly by: number } | { readonly bounds: Bounds }

/** A stored way back: put `restore` there, provided that `expect` still stands there. */
export interface Inverse {
  readonly action: 'rollback' | 'scale' | 'pause' | 'resume'
  readonly object: ObjectRef
  readonly uid: string
  readonly restore: readonly { readonly path: string; readonly value: Json }[]
  readonly expect: readonly { readonly path: string; readonly value: Json }[]
}

/**
 * One value that would change. `before` or `after` is absent where there is none. Secrets are masked with a short keyed hash.
 * `path` is a JSON pointer whose list members stand under their name: `/spec/template/spec/containers[web]/image`.
 */
export interface Difference {
  readonly path: string
  readonly before?: Json
  readonly after?: Json
}

export type Warning =
  /** The server's own words (admission, deprecation). */
  | { readonly kind: 'server'; readonly text: string }
  | {
      readonly kind: 'autoscaler'
      readonly name: string
      readonly min: number
      readonly max: number
      readonly keda?: string
    }
  | { readonly kind: 'owned'; readonly by: string; readonly name: string }
  | { readonly kind: 'rollout-running'; readonly updated: number; readonly wanted: number }
  | { readonly kind: 'paused' }
  | { readonly kind: 'other-operation'; readonly operation: string; readonly state: string }
  | { readonly kind: 'last-failed'; readonly operation: string; readonly at: number }
  | { readonly kind: 'revision-failed'; readonly revision: number; readonly operation: string }
  | { readonly kind: 'downtime'; readonly why: 'recreate' | 'single-replica' | 'to-zero' | 'on-delete' }
  | { readonly kind: 'movable-tag'; readonly image: string }
  | { readonly kind: 'no-readiness-probe'; readonly container: string }
  /** The server did not let us look (403), so what would be warned of is not known. `detail` is foreign text. */
  | { readonly kind: 'unread'; readonly what: 'autoscalers'; readonly detail: string }

/** What the order comes to, in the terms of its action; cards make their headline of it. */
export type Effect =
  | {
      readonly kind: 'images'
      readonly images: readonly { readonly container: string; readonly before: string; readonly after: string }[]
    }
  | { readonly kind: 'replicas'; readonly before: number; readonly after: number }
  | { readonly kind: 'bounds'; readonly autoscaler: string; readonly before: Bounds; readonly after: Bounds }
  | {
      readonly kind: 'template'
      readonly fromRevision?: number
      readonly toRevision?: number
      readonly images: readonly { readonly container: string; readonly before: string; readonly after: string }[]
      readonly toCreatedAt?: number
      readonly others: readonly {
        readonly number: number
        readonly createdAt: number
        readonly images: readonly string[]
      }[]
    }
  | { readonly kind: 'restart' }
  | { readonly kind: 'paused'; readonly after: boolean }

/** Everything that is known before anything happens. Stored with the operation. */
export interface Plan {
  readonly order: Order
  /** The workload that people speak of. */
  readonly workload: WorkloadRef
  /** The object that is patched: the workload, or the HPA whose bounds change. */
  readonly object: ObjectRef
  readonly uid: string
  /** `test` operations first: uid, and the part of the object that the change rests on. */
  readonly tests: readonly PatchOperation[]
  /** The change itself, without bookkeeping. */
  readonly patch: readonly PatchOperation[]
  readonly effect: Effect
  readonly differences: readonly Difference[]
  readonly warnings: readonly Warning[]
  /** Somebody else writes the same value (HPA, KEDA, GitOps, Helm): the requester confirms. */
  readonly contested: boolean
  readonly inverse?: Inverse
  readonly fingerprint: Fingerprint
  /** Replicas before and after, for the policy. */
  readonly replicas?: { readonly before: Bounds; readonly after: Bounds }
  /** Images of every container that the patch changes. */
  readonly images: readonly string[]
  readonly strategy: { readonly kind: string; readonly text: string; readonly replicas: number }
  /** Pods change by it: there is something to watch. */
  readonly rollsOut: boolean
  /** The pod template as the dry run stored it, where pods roll to it; `rollouts` tells by it whether the object has moved on. */
  readonly template?: JsonObject
  /** Objects that bookkeeping has to create first: `/metadata/annotations`, `/spec/template/metadata/annotations`. */
  readonly absent?: readonly string[]
}

/** Why no plan can be made; nothing was changed. */
export type PlanProblem =
  | { readonly code: 'plan_nothing_to_change'; readonly target: string; readonly what: string }
  | {
      readonly code: 'plan_no_such_container'
      readonly target: string
      readonly container: string
      readonly containers: readonly string[]
    }
  /** Which container? Answered with buttons. */
  | {
      readonly code: 'plan_which_container'
      readonly target: string
      readonly containers: readonly { readonly name: string; readonly image: string }[]
      readonly all: boolean
    }
  /** `why` is one of the `ImageFault`s of `image.ts`. */
  | { readonly code: 'plan_bad_image'; readonly image: string; readonly why: string }
  | {
      readonly code: 'plan_cannot'
      readonly action: string
      readonly kind: string
      readonly target: string
      readonly why:
        | 'daemonset-has-no-replicas'
        | 'kind-has-no-pause'
        | 'paused'
        | 'deleting'
        | 'not-paused'
        | 'already-paused'
        | 'no-autoscaler'
    }
  | {
      readonly code: 'plan_no_revision'
      readonly target: string
      readonly revision: number | undefined
      readonly available: readonly number[]
    }
  /** `asleep`: at 0 replicas the autoscaler is off, and would clamp that number; `several`: more than one autoscaler claims it. */
  | {
      readonly code: 'plan_autoscaled'
      readonly target: string
      readonly autoscaler: string
      readonly min: number
      readonly max: number
      readonly why: 'keda' | 'owned' | 'to-zero' | 'relative' | 'asleep' | 'several'
    }
  | { readonly code: 'plan_bad_replicas'; readonly found: number }
  /** The cluster's own rights would refuse the write; `caller` is as whom it would hear it. */
  | {
      readonly code: 'plan_not_permitted'
      readonly cluster: string
      readonly namespace: string
      readonly verb: string
      readonly resource: string
      readonly caller: Caller
    }
  | { readonly code: 'plan_gone'; readonly target: string }
  | { readonly code: 'plan_undo_stale'; readonly target: string; readonly moved: readonly string[] }
