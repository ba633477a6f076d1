import { cardOfAlert, keptMs } from '../alerts/group.ts'
import type { AlertGroup } from '../alerts/group.ts'
import type { AlertCalls } from '../alerts/keeper.ts'
import type { Alert } from '../alerts/alert.ts'
import type { ShowGroup } from '../alerts/ledger.ts'
import { isFiring } from '../alerts/reduce.ts'
import { severities } from '../alerts/severity.ts'
import { showCard } from '../chat/outbox/card.ts'
import type { ChannelId, GroupId, UserId } from '../chat/identity.ts'
import type { Message, Rich, Span } from '../chat/message.ts'
import type { Change } from '../store/store.ts'
import { GroupId as GroupShape, UserId as UserShape } from '../chat/identity.ts'
import { alertCard, headlineOf } from './alert.ts'
import { nameOf } from './alert-words.ts'
import type { TextsChoice } from './texts/choose.ts'
import type { Texts } from './texts/en.ts'

/** The card of a group, and a word in its thread when it fires anew; that word is edited where it goes on like that. */
export const alertPosts =
  (texts: Pick<TextsChoice, 'at'>): ShowGroup =>
  (group, { version, step, pace }) => {
    const own = texts.at(group)
    const forgetAt = group.resolvedAt === undefined ? {} : { forgetAt: group.resolvedAt + keptMs }
    const card = showCard({
      id: cardOfAlert(group.id),
      to: { channel: group.channel },
      message: alertCard(group, own),
      lane: 'alert',
      stage: pace === 'soon' ? 'final' : 'progress',
      revision: version,
      at: group.openedAt,
      weight: severities.length - severities.indexOf(group.severity),
      fold: { headline: headlineOf(group, own), kind: own.alerts.severity[group.severity] },
      ...forgetAt,
    })
    return step === 'reopened' ? [...card, ...reopened(group, own)] : card
  }

function reopened(group: AlertGroup, { alerts: { thread } }: Texts): readonly Change[] {
  const text = thread.reopened(group.reopened)
  return threadPost(group, {
    name: 'reopened',
    revision: group.reopened,
    at: group.openedAt,
    forgetAt: group.changedAt + keptMs,
    message: {
      summary: text,
      tone: 'warning',
      parts: [
        { kind: 'text', text: [text] },
        ...(group.reopened > 1
          ? [{ kind: 'note' as const, text: [thread.reopenedLast, { moment: group.changedAt }] }]
          : []),
      ],
    },
  })
}

/** A word in a group's thread. `name` tells it from others there; the same name edits it. */
export function threadPost(
  group: AlertGroup,
  post: {
    readonly name: string
    readonly message: Message
    /** Its place in line, the same for all revisions. */
    readonly at: number
    readonly revision?: number
    readonly forgetAt?: number
  },
): readonly Change[] {
  return showCard({
    id: `${cardOfAlert(group.id)}/${post.name}`,
    to: { channel: group.channel, under: cardOfAlert(group.id) },
    message: post.message,
    lane: 'alert',
    stage: 'final',
    revision: post.revision ?? 1,
    at: post.at,
    forgetAt: post.forgetAt ?? post.at + keptMs,
  })
}

/** Words that call somebody when time has come. */
export const alertCalls = (texts: Pick<TextsChoice, 'at'>): AlertCalls => ({
  escalate: (group, { step, quiet, at }) => {
    const own = texts.at(group)
    const { thread } = own.alerts
    const said = thread.escalate(Math.max(1, Math.round((at - firesSince(group)) / 60_000)))
    return threadPost(group, {
      name: `call/${step.at}/${step.mention}`,
      at,
      message: {
        summary: `${nameOf(group, own)}${own.shared.colon}${said}`,
        tone: 'waiting',
        parts: [
          { kind: 'text', text: quiet ? [said] : [mentionOf(step.mention), ' ', said] },
          ...(quiet ? [{ kind: 'note' as const, text: [thread.quiet] }] : []),
        ],
      },
    })
  },
  remind: (group, { quiet, at }) => {
    const own = texts.at(group)
    const { thread } = own.alerts
    const by = group.acknowledged?.by.user
    const text: Rich = quiet || by === undefined ? [thread.remindQuiet] : [{ person: by }, ' ', thread.remind]
    return threadPost(group, {
      name: `reminder/${at}`,
      at,
      message: {
        summary: `${nameOf(group, own)}${own.shared.colon}${thread.remindQuiet}`,
        tone: 'waiting',
        parts: [
          { kind: 'text', text },
          {
            kind: 'buttons',
            buttons: [
              { action: 'alert.ack', value: group.id, label: own.alerts.buttons.ack, style: 'primary' },
              { action: 'alert.unack', value: group.id, label: own.alerts.buttons.unack },
            ],
          },
        ],
      },
    })
  },
})

/** Since when we know of what fires now. */
const firesSince = ({ members }: AlertGroup): number =>
  Math.min(...members.filter(isFiring).map(({ heardAt }) => heardAt))

function mentionOf(mention: GroupId | UserId): Span {
  const group = GroupShape.safeParse(mention)
  return group.success ? { group: group.data } : { person: UserShape.parse(mention) }
}

/** That a test has arrived, once, where things go that fit nowhere else. */
export const testPost =
  (texts: Pick<TextsChoice, 'at'>, channel: ChannelId) =>
  ({
    test,
    source,
    at,
  }: {
    readonly test: Alert
    readonly source: keyof Texts['alerts']['source']
    readonly at: number
  }): readonly Change[] => {
    const { alerts: words } = texts.at({ channel })
    const said = words.test(words.source[source])
    return showCard({
      id: `alert-test/${test.fingerprint}/${test.startsAt || at}`,
      to: { channel },
      message: { summary: said, tone: 'good', parts: [{ kind: 'text', text: [said] }] },
      lane: 'alert',
      stage: 'final',
      revision: 1,
      at,
      forgetAt: at + 3_600_000,
    })
  }
