import type { UserId } from '../chat/identity.ts'

/** Why something about an alert was not done. */
export type AlertProblem =
  | { readonly code: 'alert_unknown'; readonly id: string }
  /** No id was typed, and this is no alert's thread. */
  | { readonly code: 'alert_unnamed' }
  | { readonly code: 'alert_over'; readonly id: string }
  | { readonly code: 'alert_taken'; readonly id: string; readonly by: UserId }
  /** `part` is not understood; empty: the matchers would silence everything. */
  | { readonly code: 'silence_matchers'; readonly part: string }
  | { readonly code: 'silence_length' }
  | { readonly code: 'silence_none'; readonly id: string }
  /** readback.yaml names none. */
  | { readonly code: 'alertmanager_absent' }
  /** Nobody knows whether it took effect: asking again changes nothing that is there already. */
  | { readonly code: 'alertmanager_away'; readonly detail: string }
  | { readonly code: 'alertmanager_refused'; readonly status: number; readonly detail: string }
