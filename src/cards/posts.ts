import { showCard } from '../chat/outbox/card.ts'
import type { Place } from '../chat/incoming.ts'
import type { Message } from '../chat/message.ts'
import { cardOfFollow, linesOfFollow } from '../logs/follows.ts'
import type { FollowView } from '../logs/follows.ts'
import { cardOf } from '../operations/operation.ts'
import type { Operation } from '../operations/operation.ts'
import { isEnd } from '../operations/states.ts'
import type { Change } from '../store/store.ts'
import { followCard, followLinesCard } from './logs.ts'
import { operationCard } from './operation.ts'
import type { Texts } from './texts/en.ts'

const dayMs = 86_400_000

const destination = ({ channel, thread }: Place) => ({ channel, ...(thread === undefined ? {} : { thread }) })

/** The operation's card for the commit that moves it to `version`. Its message may still be edited for a year, by Undo and Watch on. */
export function operationPost(
  operation: Operation,
  { version, texts }: { readonly version: number; readonly texts: Texts },
): readonly Change[] {
  const progress = operation.state === 'running' || operation.state === 'approved'
  return showCard({
    id: cardOf(operation.id),
    to: destination(operation.place),
    message: operationCard(operation, texts),
    lane: isEnd(operation.state) || progress ? 'outcome' : 'answer',
    stage: progress ? 'progress' : 'final',
    revision: version,
    at: operation.createdAt,
    forgetAt: operation.createdAt + 365 * dayMs,
  })
}

/** Head and window of a follow; the window stands in the thread. */
export function followPosts(view: FollowView, texts: Texts): readonly Change[] {
  const { follow, revision, ended } = view
  const shared = {
    lane: 'answer' as const,
    stage: ended === undefined ? ('progress' as const) : ('final' as const),
    revision,
    at: follow.startedAt,
    forgetAt: follow.startedAt + dayMs,
  }
  const head = cardOfFollow(follow.id)
  const to =
    follow.place.thread === undefined ? { channel: follow.place.channel, under: head } : destination(follow.place)
  const lines =
    view.lines.length === 0
      ? []
      : showCard({ ...shared, id: linesOfFollow(follow.id), to, message: followLinesCard(view, texts) })
  return [
    ...showCard({ ...shared, id: head, to: destination(follow.place), message: followCard(view, texts) }),
    ...lines,
  ]
}

/** An answer to a read: posted once. */
export const answerPost = (post: {
  readonly card: string
  readonly place: Place
  readonly message: Message
  readonly at: number
}): readonly Change[] =>
  showCard({
    id: post.card,
    to: destination(post.place),
    message: post.message,
    lane: 'answer',
    stage: 'final',
    revision: 1,
    at: post.at,
    forgetAt: post.at + 3_600_000,
  })
