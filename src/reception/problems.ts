/** Why somebody is not heard, or not answered as they asked. */
export type ReceptionProblem =
  /** Guests, bots, strangers and deactivated people are refused unless the policy binds them by user id. */
  | { readonly code: 'person_refused'; readonly standing: 'guest' | 'bot' | 'stranger' | 'deactivated' }
  /** The chat could not say who that is; without that nobody has a right to anything. */
  | { readonly code: 'person_unknown' }
  | { readonly code: 'place_shared'; readonly what: 'logs' }
  /** The bot cannot post here. */
  | { readonly code: 'place_not_joined'; readonly reason: string }
  | { readonly code: 'button_unknown'; readonly action: string }
  /** A line of the audit trail is no record: somebody else wrote into it. */
  | { readonly code: 'trail_broken' }
  /** It lay here unanswered for too long, because the bot was away. */
  | { readonly code: 'order_stale' }
  /** A fault of ours; `reference` finds it in the log. */
  | { readonly code: 'bug'; readonly reference: string }
  /** What has to be kept cannot be written or read now; what was asked was not done as a whole. */
  | { readonly code: 'storage_away'; readonly reference: string }
  /** It fell silent in the middle: whether the last step was kept is not known here. */
  | { readonly code: 'storage_lost'; readonly reference: string }
  /** A form opens only from a slash command or a click. */
  | { readonly code: 'form_needs_click'; readonly verb: string }
  | { readonly code: 'logs_too_many'; readonly limit: number }
  /** A click on a follow that has ended. */
  | { readonly code: 'logs_over' }
  /** A selector without a namespace. */
  | { readonly code: 'logs_no_namespace' }
