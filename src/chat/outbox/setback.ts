import type { ChatProblem } from '../chat.ts'
import { ChatError } from '../chat.ts'

/** How a failed step goes on. */
export interface Setback {
  /** The request surely had no effect: nothing to read back. */
  readonly surelyAbsent: boolean
  readonly waitMs: number
  /** The chat refuses this card or its channel: owners are told. */
  readonly refused?: string
  /** Deleted in the chat. */
  readonly gone?: true
  /** The whole channel, or all edits, wait as long. */
  readonly hold?: true
  readonly problem?: ChatProblem
}

export interface BackoffSettings {
  /** After a request whose outcome is unknown: time for a late request to land before it is looked for. */
  readonly settleMs: number
  readonly firstMs: number
  readonly longestMs: number
}

/** Late requests land within seconds; a channel without the bot is tried again every ten minutes at most. */
export const slackBackoff: BackoffSettings = { settleMs: 5000, firstMs: 1000, longestMs: 600_000 }

/** `tries` counts the failures in a row before this one. */
export function setbackOf(error: unknown, tries: number, settings: BackoffSettings): Setback {
  const { settleMs, firstMs, longestMs } = settings
  const backoff = (first: number): number => Math.min(longestMs, first * 2 ** Math.min(tries, 20))
  if (!(error instanceof ChatError)) return { surelyAbsent: false, waitMs: Math.max(settleMs, backoff(firstMs)) }
  const { problem } = error
  switch (problem.code) {
    case 'chat_rate_limited':
      return { surelyAbsent: true, waitMs: problem.retryAfterMs, hold: true, problem }
    case 'chat_unavailable':
      return { surelyAbsent: true, waitMs: Math.min(60_000, backoff(firstMs)), problem }
    case 'chat_outcome_unknown':
      return { surelyAbsent: false, waitMs: Math.max(settleMs, Math.min(60_000, backoff(firstMs))), problem }
    case 'chat_message_gone':
      return { surelyAbsent: true, waitMs: 0, gone: true, problem }
    case 'chat_channel_unusable':
      return { surelyAbsent: true, waitMs: backoff(30_000), refused: problem.reason, problem }
    case 'chat_refused':
      break
  }
  return { surelyAbsent: true, waitMs: backoff(60_000), refused: problem.reason, problem }
}
