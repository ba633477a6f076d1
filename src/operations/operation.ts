import { z } from 'zod'
import type { VoteProblem } from '../approvals/problems.ts'
import type { Vote } from '../approvals/vote.ts'
import { ChannelId, GroupId, MessageTs, TeamId, UserId } from '../chat/identity.ts'
import { Fingerprint } from '../plans/plan.ts'
import { StoredOrder, StoredPlan } from '../plans/stored-plan.ts'
import type { Collection } from '../store/store.ts'
import type { ClusterProblem } from '../clusters/problems.ts'
import type { PlanProblem } from '../plans/plan.ts'
import type { Refusal } from '../policy/decision.ts'
import { endedKey, failedKey, objectKey, openKey, workloadKey } from './keys.ts'
import { OperationId } from './operation-id.ts'
import type { OperationProblem } from './problems.ts'

/** Who asked, and as whom the cluster hears it. */
const requester = z.object({ team: TeamId, user: UserId })

const place = z.object({
  channel: ChannelId,
  thread: MessageTs.exactOptional(),
  kind: z.enum(['channel', 'direct', 'shared']),
  locale: z.string().exactOptional(),
})

const rule = z.object({ name: z.string(), file: z.string(), line: z.number() })

const vote = z.object({
  by: UserId,
  team: TeamId.exactOptional(),
  verdict: z.enum(['approve', 'reject']),
  fingerprint: Fingerprint,
  at: z.number(),
  reason: z.string().exactOptional(),
}) satisfies z.ZodType<Vote>

const approval = z.object({
  requirement: z.object({
    names: z.array(z.string()),
    seats: z.array(z.object({ role: z.string(), count: z.number() })),
    expiresMs: z.number(),
  }),
  /** Guards that asked for it, besides the rule. */
  guards: z.array(rule),
  /** Whom the card mentions: those bound to the roles that are needed, and nobody else. */
  approvers: z.object({ users: z.array(UserId), groups: z.array(GroupId) }),
  votes: z.array(vote),
  /** A reminder has been posted. */
  reminded: z.boolean(),
})
export type Approval = z.infer<typeof approval>

/** What every operation carries from its first moment to its last. */
const common = {
  id: OperationId,
  /** The key of the payload that ordered it: a payload delivered twice proposes once. */
  cause: z.string(),
  requester,
  place,
  order: StoredOrder,
  plan: StoredPlan,
  environment: z.string(),
  /** The rule that let it pass. */
  rule,
  reason: z.string().exactOptional(),
  /** Why freezes were to be lifted for it, and it was allowed to lift them. */
  breakGlass: z.string().exactOptional(),
  /** The same was asked for and rejected within the day before. */
  rejectedBefore: z
    .object({ operation: OperationId, by: requester, at: z.number(), because: z.string().exactOptional() })
    .exactOptional(),
  /** Epoch ms. */
  createdAt: z.number(),
  /** What has to happen before it runs. */
  gate: z.enum(['none', 'confirmation', 'approval']),
  /** What the rules asked for when it was ordered, and the votes so far; present where the gate is an approval. */
  approval: approval.exactOptional(),
  /** Where the card with the buttons stands, when that is not where the order was typed. */
  board: place.exactOptional(),
}

/** Written by `conclude` as it came from its room, so the code alone is checked; its sentence is made when the card is. */
const endProblem = z.custom<ClusterProblem | PlanProblem | Refusal | OperationProblem | VoteProblem>(
  (found) => z.looseObject({ code: z.string() }).safeParse(found).success,
)

export type EndProblem = z.infer<typeof endProblem>

/** Why an operation ended without having changed anything. */
const ending = z.discriminatedUnion('why', [
  z.object({ why: z.literal('requester') }),
  z.object({ why: z.literal('holder'), by: requester }),
  z.object({ why: z.literal('deadline') }),
  /** Its card could not be posted: nobody would have seen what happens. */
  z.object({ why: z.literal('card_not_posted'), detail: z.string() }),
  /** Planned again just before running, and it came out otherwise. */
  z.object({ why: z.literal('moved'), moved: z.array(z.string()) }),
  /** Values that it rested on were changed by another operation. */
  z.object({ why: z.literal('overtaken'), by: OperationId }),
  /** The policy or the cluster no longer allows it, or the plan no longer can be made. */
  z.object({ why: z.literal('problem'), problem: endProblem }),
])
export type Ending = z.infer<typeof ending>

const podReason = z.object({
  pod: z.string().exactOptional(),
  pods: z.number().exactOptional(),
  container: z.string().exactOptional(),
  reason: z.string(),
  message: z.string(),
  logs: z.array(z.string()).exactOptional(),
})
export type RolloutReason = z.infer<typeof podReason>

/** How far the rollout is, in pods. */
const progress = z.object({
  wanted: z.number(),
  updated: z.number(),
  ready: z.number(),
  reasons: z.array(podReason),
  stuck: z.boolean(),
})
export type Progress = z.infer<typeof progress>

const ran = { startedAt: z.number(), attempts: z.number() }
const ended = { endedAt: z.number() }
/** When the API server's answer to our patch was stored. */
const patched = { patchedAt: z.number() }

/** One change from plan to outcome. The discriminant is its state; `states.ts` says which may follow which. */
export const Operation = z.discriminatedUnion('state', [
  /** Stored, its card on the way to the channel; nothing happens before the card is there. */
  z.object({ ...common, state: z.literal('planned'), deadline: z.number() }),
  z.object({ ...common, state: z.literal('awaiting_confirmation'), deadline: z.number() }),
  z.object({ ...common, state: z.literal('awaiting_approval'), deadline: z.number() }),
  z.object({ ...common, state: z.literal('approved'), approvedAt: z.number() }),
  /** `writing`: the patch may or may not have reached the server; `watching`: it surely has. */
  z.discriminatedUnion('stage', [
    z.object({
      ...common,
      ...ran,
      state: z.literal('running'),
      stage: z.literal('writing'),
      /** An attempt whose answer is not known may still reach the server until then (epoch ms); absent: none is under way. */
      mayArriveUntil: z.number().exactOptional(),
    }),
    z.object({
      ...common,
      ...ran,
      ...patched,
      state: z.literal('running'),
      stage: z.literal('watching'),
      /** Deadlines count from here where somebody asked to watch on; from `patchedAt` otherwise. */
      watchFrom: z.number().exactOptional(),
      progress: progress.exactOptional(),
    }),
  ]),
  z.object({
    ...common,
    ...ran,
    ...patched,
    ...ended,
    state: z.literal('succeeded'),
    how: z.enum(['rolled-out', 'stored', 'no-rollout']),
  }),
  z.object({
    ...common,
    ...ran,
    ...ended,
    state: z.literal('failed'),
    /** Absent when the server refused the write: then nothing changed. */
    patchedAt: z.number().exactOptional(),
    failure: z.discriminatedUnion('why', [
      z.object({ why: z.literal('rollout'), reason: z.string(), progress: progress.exactOptional() }),
      z.object({ why: z.literal('not_finished'), progress: progress.exactOptional() }),
      z.object({ why: z.literal('deleted') }),
      z.object({ why: z.literal('problem'), problem: endProblem }),
    ]),
  }),
  z.object({
    ...common,
    ...ran,
    ...patched,
    ...ended,
    state: z.literal('superseded'),
    /** The operation that moved the object on; absent when it was somebody else. */
    by: OperationId.exactOptional(),
  }),
  /** The cluster could not be asked for too long after the write. Never retried by itself. */
  z.object({ ...common, ...ran, ...ended, state: z.literal('unknown'), detail: z.string() }),
  z.object({ ...common, ...ended, state: z.literal('expired') }),
  /** `because` is the rejection's; `reason` stays the order's. */
  z.object({ ...common, ...ended, state: z.literal('rejected'), by: requester, because: z.string().exactOptional() }),
  z.object({ ...common, ...ended, state: z.literal('voided'), ending }),
  z.object({ ...common, ...ended, state: z.literal('cancelled'), ending }),
  z.object({ ...common, ...ended, state: z.literal('denied'), ending }),
])
export type Operation = z.infer<typeof Operation>
export type State = Operation['state']
export type OperationIn<S extends State> = Extract<Operation, { state: S }>

/** The card's identity in the outbox. */
export const cardOf = (id: OperationId): string => `operation/${id}`

/** What stands where it was ordered: the card itself, or where approvals are given elsewhere, the one that leads there. */
export const cardWhereOrdered = ({ id, board }: Pick<Operation, 'id' | 'board'>): string =>
  board ? `${cardOf(id)}/ordered` : cardOf(id)

const endKeys = (operation: Operation): readonly string[] => {
  if (!('endedAt' in operation)) return []
  const { workload } = operation.plan
  const failed = operation.state === 'failed' && operation.patchedAt !== undefined
  return ['ended', endedKey(workload, operation.endedAt), ...(failed ? [failedKey(workload)] : [])]
}

const isOpen = (operation: Operation): boolean => !('endedAt' in operation)

/** By what operations are found. */
const keysOf = (operation: Operation): readonly string[] => [
  objectKey(operation.plan),
  workloadKey(operation.plan.workload),
  `cause:${operation.cause}`,
  ...(isOpen(operation)
    ? [
        'open',
        openKey(operation.plan.workload.cluster),
        openKey(objectKey(operation.plan)),
        openKey(workloadKey(operation.plan.workload)),
      ]
    : endKeys(operation)),
]

/** Finished operations are kept for a year (DESIGN section 9); `retention.ts` removes them. */
const keptMs = 365 * 86_400_000

/** All operations. Due at their deadline; finished ones when they may be forgotten. */
export const operations: Collection<Operation> = {
  name: 'operations',
  parse: (raw) => Operation.parse(raw),
  keys: keysOf,
  due: (operation) => {
    if ('endedAt' in operation) return operation.endedAt + keptMs
    return 'deadline' in operation ? operation.deadline : undefined
  },
}
