import { createAnnouncer } from '../audit/announcer.ts'
import type { AuditEntry } from '../audit/audit.ts'
import { maskedEntry } from '../audit/masked-entry.ts'
import { createOwedRecords } from '../audit/owed.ts'
import { createPolicyRecords } from '../audit/policy-records.ts'
import { watchedAudit } from '../audit/watched.ts'
import type { WatchedAudit } from '../audit/watched.ts'
import { auditPost } from '../cards/posts.ts'
import { sayOne } from '../cards/start-problem.ts'
import type { TextsChoice } from '../cards/texts/choose.ts'
import type { ChannelId } from '../chat/identity.ts'
import { cardsSent, isWanted } from '../chat/outbox/card.ts'
import type { Clock } from '../time/clock.ts'
import type { Foundation } from './foundation.ts'
import type { Policy } from '../policy/policy.ts'
import type { PolicyChange } from '../policy/source.ts'

/** The audit trail of a running bot, with what hangs on it: posts to the audit channels, and the policies that come and go. */
export interface Trail {
  readonly audit: WatchedAudit
  policyChanged(change: PolicyChange): void
  /** Records that the bot starts, and by which policy. */
  begin(inForce: Policy): Promise<void>
  /** From now on the channels are told. */
  start(): void
  /** Records that it stops; the channels are told that too. */
  stop(): Promise<void>
}

export function createTrail(
  { audit: bare, store, turn }: Pick<Foundation, 'audit' | 'store' | 'turn'>,
  parts: {
    readonly channels: readonly ChannelId[]
    readonly texts: TextsChoice
    readonly mask: (text: string) => string
    readonly clock: Clock
    readonly report: (error: unknown, about: string) => void
  },
): Trail {
  const { channels, texts, mask, clock, report } = parts
  const asWritten = (entry: AuditEntry): AuditEntry => maskedEntry(entry, mask)
  const audit = watchedAudit(bare, asWritten)
  const owed = createOwedRecords({ store, audit, trail: bare, asWritten, turn, clock, report })
  const policy = createPolicyRecords({ audit, clock, say: (problem) => sayOne(problem, texts.usual).sentence, report })
  const announcer = createAnnouncer({
    trail: bare,
    store,
    clock,
    turn,
    channels,
    post: (news) => auditPost(news, texts.at(news)),
    waits: (card) => isWanted(card, store),
    onMoved: (listener) => store.watch(cardsSent, listener),
    report,
  })
  return {
    audit,
    policyChanged: (change) => policy.changed(change),
    begin: async (inForce) => {
      await announcer.begin()
      audit.onRecorded(() => announcer.look())
      await audit.record({ what: 'start', who: 'readback', details: { policy: inForce.digest } })
      await policy.loaded(inForce)
    },
    start: () => {
      owed.start()
      announcer.start()
    },
    stop: async () => {
      await owed.stop()
      await policy.stop()
      await audit.record({ what: 'stop', who: 'readback' }).catch((error: unknown) => report(error, 'audit'))
      await announcer.stop()
    },
  }
}
