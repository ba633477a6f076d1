import type { ThreadFindings } from '../alerts/enrichment/enrich.ts'
import { threadOf } from '../alerts/enrichment/threads.ts'
import type { ThreadsParts } from '../alerts/enrichment/threads.ts'
import { cardOfAlert, keptMs } from '../alerts/group.ts'
import type { AlertGroup } from '../alerts/group.ts'
import { severities } from '../alerts/severity.ts'
import type { ChannelId } from '../chat/identity.ts'
import type { Message } from '../chat/message.ts'
import { showCard } from '../chat/outbox/card.ts'
import type { Change } from '../store/store.ts'
import { alertThreadCard, withheldCard } from './alert-thread.ts'
import type { TextsChoice } from './texts/choose.ts'

/** The first word under an alert's card. */
export const alertThreadPosts = (texts: TextsChoice): Pick<ThreadsParts, 'show' | 'withhold'> => ({
  show: (findings: ThreadFindings, channel) =>
    post(findings.group, channel, alertThreadCard(findings, texts.at({ channel }))),
  withhold: (group, channel) => post(group, channel, withheldCard(texts.at({ channel }))),
})

/** It goes after the card of any group that is as bad, before those that are less so. */
function post({ id, severity, openedAt }: AlertGroup, channel: ChannelId, message: Message): readonly Change[] {
  return showCard({
    id: threadOf(id),
    to: { channel, under: cardOfAlert(id) },
    message,
    lane: 'alert',
    stage: 'final',
    revision: 1,
    at: openedAt,
    weight: severities.length - severities.indexOf(severity) - 0.5,
    forgetAt: openedAt + keptMs,
  })
}
