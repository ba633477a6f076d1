import type { Person, UserId } from '../identity.ts'
import { TeamId } from '../identity.ts'

/** Whom the bot token belongs to, as `auth.test` says. */
export interface Workspace {
  readonly team: TeamId
  /** The organisation, where the workspace is part of one (Enterprise Grid). */
  readonly enterprise: string | undefined
  /** The bot's own user. */
  readonly bot: UserId
  readonly botId: string
  readonly url: string
  /** What the token may do, as Slack says; empty when it does not say. */
  readonly scopes: readonly string[]
}

/**
 * Identity of whoever spoke or clicked. Of the teams a payload names, one that is not ours decides: in channels shared
 * with another company everybody there sees our buttons.
 */
export function personOf(user: UserId, teams: readonly (string | null | undefined)[], workspace: Workspace): Person {
  const foreign = teams.find((team) => team !== undefined && team !== null && !isOurs(team, workspace))
  return { team: foreign === undefined ? workspace.team : TeamId.parse(foreign), user }
}

/** The workspace, or the organisation that it is part of. */
export function isOurs(team: string, workspace: Workspace): boolean {
  return team === workspace.team || team === workspace.enterprise
}
