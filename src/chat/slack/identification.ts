import type { Clock } from '../../time/clock.ts'
import type { Workspace } from './workspace.ts'
import type { WebClient } from '@slack/web-api'
import { WebAPIPlatformError } from '@slack/web-api'
import { z } from 'zod'
import { TeamId, UserId } from '../identity.ts'
import { innermost } from './chat-errors.ts'
import { finalRefusals, SlackStartError } from './problems.ts'

const AuthTest = z.object({
  team_id: TeamId,
  enterprise_id: z.string().nullish(),
  user_id: UserId,
  bot_id: z.string(),
  url: z.string().default(''),
  response_metadata: z.object({ scopes: z.array(z.string()).nullish() }).nullish(),
})

const pauses = [500, 1000, 2000, 4000]

/** Asks Slack whose token this is. A refusal ends it at once, silence after a few tries. */
export async function identify(client: WebClient, clock: Clock): Promise<Workspace> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return workspaceOf(await client.auth.test())
    } catch (error) {
      if (error instanceof SlackStartError) throw error
      if (error instanceof WebAPIPlatformError && finalRefusals.has(error.data.error))
        throw new SlackStartError(
          { code: 'slack_token_refused', token: 'bot', reason: error.data.error },
          { cause: error },
        )
      const pause = pauses[attempt]
      if (pause === undefined)
        throw new SlackStartError({ code: 'slack_unreachable', detail: innermost(error) }, { cause: error })
      await new Promise<void>((resolve) => void clock.after(pause, resolve))
    }
  }
}

function workspaceOf(answer: unknown): Workspace {
  const parsed = AuthTest.safeParse(answer)
  if (!parsed.success)
    throw new SlackStartError({ code: 'slack_unexpected', detail: `auth.test: ${z.prettifyError(parsed.error)}` })
  const { team_id, enterprise_id, user_id, bot_id, url, response_metadata } = parsed.data
  return {
    team: team_id,
    enterprise: enterprise_id ?? undefined,
    bot: user_id,
    botId: bot_id,
    url,
    scopes: response_metadata?.scopes ?? [],
  }
}
