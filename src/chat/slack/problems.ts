import { ReadbackError } from '../../errors.ts'

/** Why the bot cannot be in Slack, at start or later. */
export type SlackProblem =
  /** `reason` is Slack's own word: `invalid_auth`, `token_revoked`, `not_allowed_token_type`, … */
  | { readonly code: 'slack_token_refused'; readonly token: 'bot' | 'app'; readonly reason: string }
  /** Socket Mode is switched off for the app. */
  | { readonly code: 'slack_socket_disabled' }
  | { readonly code: 'slack_unreachable'; readonly detail: string }
  /** Slack answered something that makes no sense to us. */
  | { readonly code: 'slack_unexpected'; readonly detail: string }

export class SlackStartError extends ReadbackError<SlackProblem> {}

/** Answers after which trying again is of no use until somebody changes a token or the app. */
export const finalRefusals: ReadonlySet<string> = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'no_permission',
  'missing_scope',
  'forbidden_team',
])
