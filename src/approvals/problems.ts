import type { GroupId } from '../chat/identity.ts'

/** Why a vote is not taken. */
export type VoteProblem =
  | { readonly code: 'approval_own_order' }
  /** Holds none of the roles that may vote here. */
  | { readonly code: 'approval_not_eligible'; readonly roles: readonly string[] }
  /** Members of these groups may vote here, and whether this person is one could not be found out. */
  | { readonly code: 'approval_unchecked'; readonly groups: readonly GroupId[] }
  | { readonly code: 'approval_voted_already'; readonly verdict: 'approve' | 'reject'; readonly at: number }
  /** The card that was answered shows another plan than the one that waits. */
  | { readonly code: 'approval_other_plan' }
  | { readonly code: 'approval_expired'; readonly at: number }
  /** Not waiting any more: filled or rejected before. */
  | { readonly code: 'approval_decided'; readonly state: 'filled' | 'rejected' }
