import { authorise, webhookNames } from '../alerts/webhook.ts'
import type { TakeWebhook, WebhookProblem } from '../alerts/webhook.ts'
import { sayWebhook } from '../cards/webhook.ts'
import type { TextsChoice } from '../cards/texts/choose.ts'
import type { Answer, Mount } from '../http/server.ts'

const statuses: Readonly<Record<WebhookProblem['code'], Answer['status']>> = {
  webhook_closed: 503,
  webhook_unauthorised: 401,
  webhook_content_type: 415,
  webhook_encoding: 400,
  webhook_json: 400,
  webhook_depth: 400,
  webhook_version: 422,
  webhook_shape: 422,
  webhook_busy: 503,
  webhook_unstored: 503,
}

/** One address for each source: 200 only once it is on disk. notification-manager takes nothing else for success. */
export function mountsOf(parts: {
  readonly take: TakeWebhook
  readonly token: string | undefined
  readonly texts: TextsChoice
}): readonly Mount[] {
  const { webhook, tooLarge } = parts.texts.usual.alerts
  const answer = (problem: WebhookProblem | undefined): Answer =>
    problem
      ? { status: statuses[problem.code], text: `${problem.code}: ${sayWebhook(problem, webhook)}\n` }
      : { status: 200, text: 'ok\n' }
  return webhookNames.map((source) => ({
    path: `/alerts/${source}`,
    authorise: (header) => {
      const refused = authorise(header, parts.token)
      return refused && answer(refused)
    },
    take: async ({ contentType, body }) => answer(await parts.take({ source, contentType, body })),
    tooLarge: { status: 413, text: `webhook_too_large: ${tooLarge}\n` },
  }))
}
