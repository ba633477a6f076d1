import { UserId } from '../../src/chat/identity.ts'
import type { State } from '../../src/operations/operation.ts'
import type { Order } from '../../src/plans/plan.ts'
import { fakeClusterName } from '../support/fake-cluster.ts'

/** What happens to an order that waits, one after another; `afterMs` after it began to wait. */
export type Reaction =
  | { readonly does: 'approve' | 'reject' | 'cancel'; readonly by: UserId; readonly afterMs: number }
  /** Somebody else changes the object, past this bot. */
  | { readonly does: 'touch'; readonly afterMs: number }
  /** Loses every role. */
  | { readonly does: 'leave'; readonly by: UserId; readonly afterMs: number }

export interface Errand {
  readonly cause: string
  readonly order: Order
  /** Ordered this long after the beginning. */
  readonly afterMs: number
  /** What people do about it where it waits for approval. */
  readonly reactions: readonly Reaction[]
  /** How it may end; the first: where nobody dies. */
  readonly ends: readonly [State, ...State[]]
}

const target = (name: string) => ({ cluster: fakeClusterName, namespace: 'shop', kind: 'Deployment', name }) as const
const deploy = (name: string, image: string): Order => ({ action: 'deploy', target: target(name), image })

const [sam, kim, lee] = ['U0SAM', 'U0KIM', 'U0LEE'].map((user) => UserId.parse(user))
if (!sam || !kim || !lee) throw new Error('three approvers')

/** Who holds the approvers' role when it begins. */
export const approvers: readonly UserId[] = [sam, kim, lee]

/** Approvals that an order for this workload needs; none for the others. */
export const approvalsFor: Readonly<Record<string, number>> = { pay: 2, cart: 2, mail: 1, job: 1, docs: 2, search: 1 }

const free = { reactions: [] } as const
/** What a death brings besides: the time to confirm or approve went by. */
const late = ['expired', 'voided'] as const

/** Ordinary ones, one that waits for a click, two that are in each other's way, and each way an approval can end. */
export const errands: readonly Errand[] = [
  { cause: 'deploy', order: deploy('web', '1.5.0'), afterMs: 0, ...free, ends: ['succeeded', 'superseded', 'voided'] },
  {
    cause: 'to zero',
    order: { action: 'scale', target: target('api'), replicas: { to: 0 } },
    afterMs: 500,
    ...free,
    ends: ['succeeded', ...late],
  },
  {
    cause: 'more',
    order: { action: 'scale', target: target('web'), replicas: { to: 6 } },
    afterMs: 200,
    ...free,
    ends: ['succeeded', 'superseded', 'voided'],
  },
  {
    cause: 'again',
    order: deploy('web', '1.6.0'),
    afterMs: 6_500,
    ...free,
    ends: ['succeeded', 'superseded', 'voided'],
  },
  {
    cause: 'approved by two',
    order: deploy('pay', '1.5.0'),
    afterMs: 0,
    reactions: [
      { does: 'approve', by: sam, afterMs: 1_000 },
      { does: 'approve', by: kim, afterMs: 1_000 },
    ],
    ends: ['succeeded', ...late],
  },
  {
    cause: 'rejected',
    order: deploy('cart', '1.5.0'),
    afterMs: 0,
    reactions: [
      { does: 'approve', by: sam, afterMs: 1_000 },
      { does: 'reject', by: lee, afterMs: 2_000 },
    ],
    ends: ['rejected', ...late],
  },
  { cause: 'nobody came', order: deploy('mail', '1.5.0'), afterMs: 300, ...free, ends: ['expired', 'voided'] },
  {
    cause: 'moved while waiting',
    order: deploy('job', '1.5.0'),
    afterMs: 0,
    reactions: [
      { does: 'touch', afterMs: 1_000 },
      { does: 'approve', by: sam, afterMs: 2_000 },
    ],
    ends: ['voided', 'expired'],
  },
  {
    cause: 'lost the role',
    order: deploy('docs', '1.5.0'),
    afterMs: 7_000,
    reactions: [
      { does: 'approve', by: lee, afterMs: 1_000 },
      { does: 'leave', by: lee, afterMs: 2_000 },
      { does: 'approve', by: sam, afterMs: 3_000 },
    ],
    ends: ['expired', 'voided'],
  },
  {
    cause: 'taken back',
    order: deploy('search', '1.5.0'),
    afterMs: 0,
    reactions: [{ does: 'cancel', by: UserId.parse('U0ANN'), afterMs: 1_000 }],
    ends: ['cancelled', ...late],
  },
]
