import { z } from 'zod'
import { ClusterName, workloadKinds } from '../clusters/names.ts'
import type { Json, JsonObject } from '../json.ts'
import { Fingerprint } from './plan.ts'
import type { Inverse, Order, Plan } from './plan.ts'

/** Plans and orders as they lie in the store. Each schema is held to its type by the compiler. */
const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
)
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json)

const bounds = z.object({ min: z.number(), max: z.number() })
const replicas = z.object({ before: bounds, after: bounds })

const objectRef = z.object({ apiVersion: z.string(), kind: z.string(), namespace: z.string(), name: z.string() })
const WorkloadTarget = z.object({
  cluster: ClusterName,
  namespace: z.string(),
  kind: z.enum(workloadKinds),
  name: z.string(),
})

const patchOperation = z.union([
  z.object({ op: z.enum(['test', 'add', 'replace']), path: z.string(), value: json }),
  z.object({ op: z.literal('remove'), path: z.string() }),
])

const placedValue = z.object({ path: z.string(), value: json })
const inverse = z.object({
  action: z.enum(['rollback', 'scale', 'pause', 'resume']),
  object: objectRef,
  uid: z.string(),
  restore: z.array(placedValue),
  expect: z.array(placedValue),
}) satisfies z.ZodType<Inverse>

export const StoredOrder: z.ZodType<Order> = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('deploy'),
    target: WorkloadTarget,
    image: z.string(),
    container: z.string().exactOptional(),
  }),
  z.object({
    action: z.literal('scale'),
    target: WorkloadTarget,
    replicas: z.union([z.object({ to: z.number() }), z.object({ by: z.number() }), z.object({ bounds })]),
  }),
  z.object({ action: z.literal('rollback'), target: WorkloadTarget, toRevision: z.number().exactOptional() }),
  z.object({ action: z.enum(['restart', 'pause', 'resume']), target: WorkloadTarget }),
  z.object({ action: z.literal('undo'), target: WorkloadTarget, of: z.string(), inverse }),
])

const changedImage = z.object({ container: z.string(), before: z.string(), after: z.string() })
const effect = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('images'), images: z.array(changedImage) }),
  z.object({ kind: z.literal('replicas'), before: z.number(), after: z.number() }),
  z.object({ kind: z.literal('bounds'), autoscaler: z.string(), before: bounds, after: bounds }),
  z.object({
    kind: z.literal('template'),
    fromRevision: z.number().exactOptional(),
    toRevision: z.number().exactOptional(),
    images: z.array(changedImage),
    toCreatedAt: z.number().exactOptional(),
    others: z.array(z.object({ number: z.number(), createdAt: z.number(), images: z.array(z.string()) })),
  }),
  z.object({ kind: z.literal('restart') }),
  z.object({ kind: z.literal('paused'), after: z.boolean() }),
])

const warning = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('server'), text: z.string() }),
  z.object({
    kind: z.literal('autoscaler'),
    name: z.string(),
    min: z.number(),
    max: z.number(),
    keda: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('owned'), by: z.string(), name: z.string() }),
  z.object({ kind: z.literal('rollout-running'), updated: z.number(), wanted: z.number() }),
  z.object({ kind: z.literal('paused') }),
  z.object({ kind: z.literal('other-operation'), operation: z.string(), state: z.string() }),
  z.object({ kind: z.literal('last-failed'), operation: z.string(), at: z.number() }),
  z.object({ kind: z.literal('revision-failed'), revision: z.number(), operation: z.string() }),
  z.object({ kind: z.literal('downtime'), why: z.enum(['recreate', 'single-replica', 'to-zero', 'on-delete']) }),
  z.object({ kind: z.literal('movable-tag'), image: z.string() }),
  z.object({ kind: z.literal('no-readiness-probe'), container: z.string() }),
  z.object({ kind: z.literal('unread'), what: z.literal('autoscalers'), detail: z.string() }),
])

/** Members that a later version added are dropped; one that is missing makes the document unreadable. */
export const StoredPlan: z.ZodType<Plan> = z.object({
  order: StoredOrder,
  workload: WorkloadTarget,
  object: objectRef,
  uid: z.string(),
  tests: z.array(patchOperation),
  patch: z.array(patchOperation),
  effect,
  differences: z.array(z.object({ path: z.string(), before: json.exactOptional(), after: json.exactOptional() })),
  warnings: z.array(warning),
  contested: z.boolean(),
  inverse: inverse.exactOptional(),
  fingerprint: Fingerprint,
  replicas: replicas.exactOptional(),
  images: z.array(z.string()),
  strategy: z.object({ kind: z.string(), text: z.string(), replicas: z.number() }),
  rollsOut: z.boolean(),
  template: jsonObject.exactOptional(),
  absent: z.array(z.string()).exactOptional(),
})
