import { z } from 'zod'
import type { SlackServer } from '../../../../src/sandbox/slack/server.ts'
import type { JsonObject } from '../../../../src/json.ts'

const Answer = z.looseObject({ ok: z.boolean(), error: z.string().optional(), ts: z.string().optional() })

/** Calls methods as WebClient does: a form with JSON inside its fields, the token as bearer. */
export function aCaller(slack: SlackServer, token = slack.world.state.app.botToken) {
  const raw = async (method: string, args: JsonObject) => {
    const fields = Object.entries(args).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
    return fetch(`${slack.apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(fields),
    })
  }
  return {
    raw,
    call: async (method: string, args: JsonObject = {}) => Answer.parse(await (await raw(method, args)).json()),
    /** Posts as the rules want it and gives the message's ts. */
    post: async (args: JsonObject) => {
      const answer = Answer.parse(
        await (await raw('chat.postMessage', { unfurl_links: false, unfurl_media: false, ...args })).json(),
      )
      if (answer.ts === undefined) throw new Error(`not posted: ${answer.error}`)
      return answer.ts
    },
  }
}
