import type { TeamId, UserId } from '../chat/identity.ts'
import type { Fingerprint } from '../plans/plan.ts'

/** One person's word on one plan. */
export interface Vote {
  readonly by: UserId
  /** Whose `by` it is; the requester's where it is absent. */
  readonly team?: TeamId
  readonly verdict: 'approve' | 'reject'
  /** What was on the card that was answered. */
  readonly fingerprint: Fingerprint
  /** Epoch ms by the store's clock. */
  readonly at: number
  readonly reason?: string
}

/** Roles that people hold now, the included ones too. Somebody who is not in it holds none. */
export type HeldRoles = ReadonlyMap<UserId, readonly string[]>

/** What votes are counted against. */
export interface Ballot {
  /** Never counts, under whatever entrance. */
  readonly requester: UserId
  readonly fingerprint: Fingerprint
  readonly requirement: { readonly seats: readonly { readonly role: string; readonly count: number }[] }
}
