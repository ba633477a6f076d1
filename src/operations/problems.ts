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
  /** The rules ask for an approval; this version cannot collect one. */
  | { readonly code: 'approval_not_collected'; readonly rule: string; readonly names: readonly string[] }
  /** The trail takes no record, so nothing may change. */
  | { readonly code: 'operation_unrecorded' }
