/** Why an order about an operation did not take effect. */
export type OperationProblem =
  | { readonly code: 'operation_unknown'; readonly id: string }
  /** It has moved on: somebody else was first, or its time is over. `state` is where it stands now. */
  | { readonly code: 'operation_not_waiting'; readonly id: string; readonly state: string }
  /** Only the one who asked may do that. */
  | { readonly code: 'operation_not_yours'; readonly id: string; readonly requester: string }
  | { readonly code: 'operation_too_late'; readonly id: string }
  /** The button was made for another plan than the one that waits now. */
  | { readonly code: 'operation_other_plan'; readonly id: string }
  | { readonly code: 'operation_no_way_back'; readonly id: string }
  /** The policy has come to ask for an approval since this was ordered. */
  | { readonly code: 'approval_now_needed'; readonly rule: string }
  /** Somebody who had approved no longer may, so that seats are empty again. */
  | { readonly code: 'approval_lost'; readonly missing: number; readonly roles: readonly string[] }
  /** Whether those who approved are still members of these groups could not be found out. */
  | { readonly code: 'approvers_unchecked'; readonly groups: readonly string[] }
  /** The trail takes no record, so nothing may change. */
  | { readonly code: 'operation_unrecorded' }
