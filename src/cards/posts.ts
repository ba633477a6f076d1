import { showCard } from '../chat/outbox/card.ts'
import type { ChannelId } from '../chat/identity.ts'
import type { Place } from '../chat/incoming.ts'
import type { Message } from '../chat/message.ts'
import { cardOfFollow, linesOfFollow } from '../logs/follows.ts'
import type { FollowView } from '../logs/follow-view.ts'
import { cardOf, cardWhereOrdered } from '../operations/operation.ts'
import type { Operation, OperationIn } from '../operations/operation.ts'
import { isEnd, waitsForApproval } from '../operations/states.ts'
import type { Change } from '../store/store.ts'
import type { AuditNews } from './audit.ts'
import { auditNewsCard } from './audit.ts'
import { followCard, followLinesCard } from './log-follow.ts'
import { differencePosts } from './long-difference.ts'
import { operationCard } from './operation.ts'
import type { Around } from './operation.ts'
import type { Texts } from './texts/en.ts'

const dayMs = 86_400_000

const destination = ({ channel, thread }: Place) => ({ channel, ...(thread === undefined ? {} : { thread }) })

/**
 * The operation's card for the commit that moves it to `version`; where approvals are given elsewhere, one there with the buttons and one where
 * it was ordered; each speaks as its place does. Its message may still be edited for a year, by Undo and Watch on.
 */
export function operationPost(
  operation: Operation,
  {
    version,
    textsAt,
    around,
  }: { readonly version: number; readonly textsAt: (place: Place) => Texts; readonly around?: Around },
): readonly Change[] {
  const progress = operation.state === 'running' || operation.state === 'approved'
  const card = (id: string, place: Place, message: Message): readonly Change[] =>
    showCard({
      id,
      to: destination(place),
      message,
      lane: isEnd(operation.state) || progress ? 'outcome' : 'answer',
      stage: progress ? 'progress' : 'final',
      revision: version,
      at: operation.createdAt,
      forgetAt: operation.createdAt + 365 * dayMs,
    })
  const { id, place, board } = operation
  const message = operationCard(operation, textsAt(board ?? place), around)
  const whole = differencePosts(operation, textsAt(board ?? place))
  if (!board) return [...card(cardOf(id), place, message), ...whole]
  const words = textsAt(place)
  return [
    ...card(cardOf(id), board, message),
    ...whole,
    ...card(cardWhereOrdered(operation), place, pointer(operation, operationCard(operation, words, around), words)),
  ]
}

/** The same card without the buttons that decide, and a word where those are. */
function pointer(operation: Operation, message: Message, { operation: words }: Texts): Message {
  if (!waitsForApproval(operation) || !operation.board) return message
  const parts = message.parts.filter(({ kind }) => kind !== 'buttons')
  return {
    ...message,
    parts: [...parts, { kind: 'text', text: [words.approval.elsewhere, { channel: operation.board.channel }] }],
  }
}

/** A word in the card's thread, to those who may approve, before its time is over. */
export function reminderPost(
  operation: OperationIn<'awaiting_approval'>,
  { operation: words }: Texts,
): readonly Change[] {
  const { id, approval, board, place, deadline, createdAt } = operation
  const groups = (approval?.approvers.groups ?? []).flatMap((group) => [{ group }, ' '])
  const users = (approval?.approvers.users ?? []).flatMap((person) => [{ person }, ' '])
  return showCard({
    id: `${cardOf(id)}/reminder`,
    to: { channel: (board ?? place).channel, under: cardOf(id) },
    message: {
      summary: words.approval.reminder(id),
      tone: 'waiting',
      parts: [{ kind: 'text', text: [...groups, ...users, words.approval.reminder(id), { moment: deadline }] }],
    },
    lane: 'answer',
    stage: 'final',
    revision: 1,
    at: createdAt,
    forgetAt: deadline + dayMs,
  })
}

/**
 * Head and window of a follow; the window stands in the thread. The first of each stands as soon as an answer does; what follows waits its
 * turn behind the others.
 */
export function followPosts(view: FollowView, texts: Texts): readonly Change[] {
  const { follow, revision, ended } = view
  const shared = {
    lane: revision === 1 ? ('answer' as const) : ('outcome' as const),
    stage: ended === undefined ? ('progress' as const) : ('final' as const),
    revision,
    at: follow.startedAt,
    forgetAt: follow.startedAt + follow.lastsMs + dayMs,
  }
  const { place } = follow
  const head = cardOfFollow(follow.id)
  const thread = place.thread === undefined ? { channel: place.channel, under: head } : destination(place)
  return [
    ...(view.head === 'same'
      ? []
      : showCard({ ...shared, id: head, to: destination(place), message: followCard(view, texts) })),
    ...showCard({ ...shared, id: linesOfFollow(follow.id), to: thread, message: followLinesCard(view, texts) }),
  ]
}

/** An answer to a read: posted once, or edited where a later `revision` of it is wanted. */
export const answerPost = (post: {
  readonly card: string
  readonly place: Place
  readonly message: Message
  readonly revision?: number
  readonly at: number
}): readonly Change[] =>
  showCard({
    id: post.card,
    to: destination(post.place),
    message: post.message,
    lane: 'answer',
    stage: 'final',
    revision: post.revision ?? 1,
    at: post.at,
    forgetAt: post.at + 3_600_000,
  })

/** News of the trail for one audit channel. */
export const auditPost = (
  post: AuditNews & { readonly card: string; readonly channel: ChannelId; readonly at: number },
  texts: Texts,
): readonly Change[] =>
  showCard({
    id: post.card,
    to: { channel: post.channel },
    message: auditNewsCard(post, texts),
    lane: 'alert',
    stage: 'final',
    revision: 1,
    at: post.at,
    forgetAt: post.at + dayMs,
  })
