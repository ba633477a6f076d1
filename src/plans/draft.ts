import type { Autoscaler, Revision, Workload } from '../clusters/nouns.ts'
import type { PatchOperation } from '../clusters/cluster.ts'
import type { ObjectRef } from '../clusters/names.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Effect, Inverse, Plan, PlanProblem, Warning } from './plan.ts'

/** What lies before us when an order is planned; nothing in it is older than the order. */
export interface Scene {
  readonly workload: Workload
  /** Those that claim this workload. */
  readonly autoscalers: readonly Autoscaler[]
  /** Oldest first; read for rollbacks only. */
  readonly revisions: readonly Revision[]
}

/** A value and where it stands; undefined: nothing stands there. */
export interface Placed {
  readonly path: string
  readonly value: Json | undefined
}

/** The way back, before the dry run has told what will stand there. */
export interface WayBack {
  readonly action: Inverse['action']
  /** Values to put back, as they stand now. */
  readonly restore: readonly { readonly path: string; readonly value: Json }[]
  /** Besides the restored places, these must stand as the dry run left them. */
  readonly anchors: readonly string[]
}

/** What an order comes to, before the server has been asked. */
export interface Draft {
  readonly object: ObjectRef
  readonly uid: string
  /** The object that is patched, as it is. */
  readonly live: JsonObject
  /** What the change rests on; becomes the patch's `test` operations. */
  readonly rests: readonly Placed[]
  /** What it rests on outside of the patched object; counts in the fingerprint only. */
  readonly besides: Json
  readonly patch: readonly PatchOperation[]
  readonly effect: Effect
  readonly back?: WayBack
  readonly warnings: readonly Warning[]
  readonly contested: boolean
  readonly replicas?: NonNullable<Plan['replicas']>
  readonly rollsOut: boolean
}

export type Drafted = Draft | PlanProblem

export const isProblem = (drafted: Drafted): drafted is PlanProblem => 'code' in drafted
