import type { Clock } from '../../time/clock.ts'
import type { Incoming } from '../incoming.ts'
import type { Intake } from './intake.ts'
import type { Arrived, Reading } from './payload.ts'
import type { ReportSlack } from './slack-report.ts'
import type { Workspace } from './workspace.ts'
import type { App } from '@slack/bolt'
import { z } from 'zod'
import { readClick } from './click-payload.ts'
import { refuseEvent } from './late-ack.ts'
import { readMention } from './mention-payload.ts'
import { readSlash } from './slash-payload.ts'
import { readSubmission } from './submission-payload.ts'

export interface RouteParts {
  readonly intake: Intake
  readonly workspace: Workspace
  readonly clock: Clock
  readonly report: ReportSlack
  /** Slack tells of something that is remembered here. */
  readonly onNews: (news: News) => void
}

const News = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subteam_members_changed'), subteam_id: z.string() }),
  z.object({ type: z.literal('subteam_updated'), subteam: z.object({ id: z.string() }) }),
  z.object({ type: z.literal('member_joined_channel'), user: z.string(), channel: z.string() }),
  z.object({ type: z.literal('channel_shared'), channel: z.string() }),
  z.object({ type: z.literal('channel_unshared'), channel: z.string() }),
  z.object({ type: z.literal('app_rate_limited') }),
])
export type News = z.infer<typeof News>

/** Slack shows an error when a form is not answered within 3 s. */
const formMs = 2500

/** Every payload is acknowledged, known or not, as soon as it is kept: Slack shows people an error after 3 s of silence. */
export function routePayloads(app: App, { intake, workspace, clock, report, onNews }: RouteParts): void {
  const arrived = (): Arrived => ({ workspace, at: clock.now() })

  const accept = <Kind extends Incoming>(reading: Reading<Kind>): Kind | undefined => {
    if ('incoming' in reading) return reading.incoming
    report({ level: 'info', what: 'payload_ignored', detail: reading.ignored })
    return undefined
  }
  /**
   * What is kept is acknowledged; what cannot be kept is not, and then Slack tells the person that it did not get through.
   * Once kept it is handled, whatever becomes of the acknowledgement, which is on its way before the work begins.
   */
  const take = async (reading: Reading, ack: () => Promise<void>): Promise<void> => {
    const incoming = accept(reading)
    const fresh = incoming !== undefined && (await intake.keep(incoming))
    const acknowledged = ack()
    if (fresh) void intake.take(incoming)
    await acknowledged
  }

  app.command(/.*/s, async ({ body, ack }) => take(readSlash(body, arrived()), ack))
  app.action({}, async ({ body, ack }) => take(readClick(body, arrived()), ack))
  app.view({ type: 'view_submission' }, async ({ body, ack }) => {
    const submission = accept(readSubmission(body, arrived()))
    const fresh = submission !== undefined && (await intake.keep(submission))
    const errors = fresh ? await intake.takeWithin(submission, formMs) : undefined
    if (errors === undefined || Object.keys(errors).length === 0) await ack()
    else await ack({ response_action: 'errors', errors: { ...errors } })
  })
  app.view({ type: 'view_closed' }, async ({ ack }) => ack())
  app.shortcut({}, async ({ ack }) => ack())
  app.options({}, async ({ ack }) => ack({ options: [] }))
  // Acknowledged once this is over.
  app.event(/.*/s, async ({ event, body, context }) => {
    if (event.type === 'app_mention' || event.type === 'message') {
      try {
        return await take(readMention(body, arrived()), async () => {})
      } catch (error) {
        refuseEvent(context)
        throw error
      }
    }
    const news = News.safeParse(event)
    if (news.success) onNews(news.data)
  })
}
