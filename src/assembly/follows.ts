import { fileWords } from '../cards/log-follow.ts'
import { followPosts } from '../cards/posts.ts'
import type { TextsChoice } from '../cards/texts/choose.ts'
import { cardOfFollow, createFollows } from '../logs/follows.ts'
import type { Follows } from '../logs/follows.ts'
import type { Clusters } from '../clusters/cluster.ts'
import { askedAbout } from '../logs/follow-record.ts'
import type { Follow } from '../logs/follow-record.ts'
import type { Authority } from '../operations/ports.ts'
import type { Clock } from '../time/clock.ts'
import { thriftyHeap } from './thrifty-heap.ts'
import type { Conversation } from './conversation.ts'
import type { Foundation } from './foundation.ts'

/** How old what is known of somebody's groups may be. */
const freshMs = 20_000

/** Live logs, with the chat's own ways of showing them. */
export function createLogFollows(
  { store, presence }: Pick<Foundation, 'store' | 'presence'>,
  conversation: Pick<Conversation, 'outbox' | 'chat' | 'isShared'>,
  parts: {
    readonly clusters: Clusters
    readonly authority: Pick<Authority, 'decide'>
    readonly texts: TextsChoice
    readonly clock: Clock
    readonly report: (error: unknown, about: string) => void
  },
): Follows {
  const { texts, clock, clusters, authority, report } = parts
  const { outbox, chat } = conversation
  const mayGoOn = async ({ by, cluster: name, place, places }: Follow): Promise<boolean> => {
    const cluster = [...clusters.values()].find((one) => one.name === name)
    if (!cluster || (place.kind === 'channel' && (await conversation.isShared(place.channel)))) return false
    const { environment } = cluster
    const verdicts = places.map(async (one) => {
      const asked = { action: 'logs', cluster: name, environment, ...askedAbout(one) } as const
      const decision = await authority.decide(by, asked, freshMs)
      return decision.verdict === 'allow'
    })
    return (await Promise.all(verdicts)).every(Boolean)
  }
  return createFollows({
    store,
    clock,
    presence,
    show: (view) => followPosts(view, texts.at(view.follow.place)),
    words: (place) => fileWords(texts.at(place)),
    upload: async ({ id, place, what, cluster }, file) => {
      const shown = await outbox.where(cardOfFollow(id))
      if (!shown) throw new Error('the card of the follow is not in its channel')
      const { channel, thread = shown.ts } = shown
      await chat.upload({ ...file, channel, thread, about: texts.at(place).logs.file.about(what, cluster) })
    },
    mayGoOn,
    onRunning: thriftyHeap(),
    report,
  })
}
