import type { Audit } from '../audit/audit.ts'
import type { AuditTrail } from '../audit/record.ts'
import type { Chat } from '../chat/chat.ts'
import type { ChannelId, MessageTs, People, Person, TeamId } from '../chat/identity.ts'
import type { Place } from '../chat/incoming.ts'
import type { Message } from '../chat/message.ts'
import type { TextsChoice } from '../cards/texts/choose.ts'
import type { Clock } from '../time/clock.ts'
import type { Caller, ClusterAccess, Clusters } from '../clusters/cluster.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { Finding } from '../cards/doctor.ts'
import type { Around } from '../cards/operation.ts'
import type { Hands } from '../operations/conclude.ts'
import type { Actor, Decision, PolicyRequest } from '../policy/decision.ts'
import type { Follows } from '../logs/follows.ts'
import type { ChatFreezes } from '../freezes/chat-freezes.ts'
import type { Store } from '../store/store.ts'
import type { Surroundings } from '../targets/resolve.ts'
import type { AlertDesk } from './alert-desk.ts'
import type { Inbox } from './inbox.ts'
import type { MetricsDesk } from './metrics-desk.ts'
import type { Bindings, Speaker } from './speaker.ts'

/** The policy as the desk asks it: always the one in force now. */
export interface PolicyDesk extends Bindings {
  decide(request: Omit<PolicyRequest, 'at'>): Promise<Decision>
  roles(actor: Actor): readonly string[]
}

/** Posts that are not an operation's card: answers to reads. Durable like every card. */
export interface Announcer {
  /**
   * Stores the message for that place; its `card` id tells whether the channel took it. With a `revision` it replaces what that card
   * showed at a lower one.
   */
  announce(post: {
    readonly card: string
    readonly place: Place
    readonly message: Message
    readonly revision?: number
  }): Promise<void>
}

/** Everything that the reception needs of the house. */
export interface Desk {
  readonly inbox: Pick<Inbox, 'finish' | 'proof' | 'isAgain'>
  readonly team: TeamId
  readonly clock: Clock
  readonly store: Store
  readonly audit: Audit
  readonly trail: Pick<AuditTrail, 'recent'>
  readonly chat: Chat
  readonly people: People
  readonly policy: PolicyDesk
  readonly clusters: Clusters
  readonly groups: ReadonlyMap<string, readonly ClusterName[]>
  readonly follows: Follows
  readonly freezes: ChatFreezes
  readonly metrics: MetricsDesk
  readonly alerts: AlertDesk
  /** Takes secrets out of foreign text. */
  readonly mask: (text: string) => string
  /** The slash command that takes every verb. */
  readonly slash: string
  /** Looks at every part and says what works. */
  readonly examine: () => Promise<readonly Finding[]>
  /** What cards say besides their operation. */
  readonly around: () => Around
  readonly operations: Hands
  readonly announcer: Announcer
  /** The card that a thread hangs under. */
  readonly cardAt: (message: { readonly channel: ChannelId; readonly ts: MessageTs }) => Promise<string | undefined>
  /** What a channel leaves unsaid. */
  readonly surroundings: (place: Place) => Surroundings
  readonly texts: TextsChoice
  /** As whom a cluster hears somebody. */
  readonly callerOf: (speaker: Speaker, cluster: ClusterName) => Caller
  readonly report: (error: unknown, about: string) => string
}

/** That cluster, as this speaker. */
export function accessFor(desk: Desk, speaker: Speaker): (name: ClusterName) => ClusterAccess {
  return (name) => {
    const cluster = desk.clusters.get(name)
    if (!cluster) throw new Error(`cluster ${name} is not configured`)
    return cluster.as(desk.callerOf(speaker, name))
  }
}

export const spokenBy = ({ team, user }: Person): string => `${team}/${user}`
