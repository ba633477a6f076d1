import { differenceCards } from './cards/long-difference.ts'
import { operationPost, reminderPost } from './cards/posts.ts'
import type { TextsChoice } from './cards/texts/choose.ts'
import type { Outbox } from './chat/outbox/outbox.ts'
import type { Audit } from './audit/audit.ts'
import type { Clock } from './clock.ts'
import type { Clusters } from './clusters/cluster.ts'
import type { Config } from './config/config.ts'
import type { Foundation } from './foundation.ts'
import type { Masking } from './masking.ts'
import { createChanges } from './operations/changes.ts'
import type { ChangeParts } from './operations/changes.ts'
import type { Hands } from './operations/conclude.ts'
import { createLedger } from './operations/ledger.ts'
import type { Authority, OperationCards } from './operations/ports.ts'
import { createRollouts } from './operations/rollouts.ts'
import { createRunner } from './operations/runner.ts'
import type { Runner } from './operations/runner.ts'
import { showWaitingAgain } from './operations/show-again.ts'
import { makePlan } from './plans/make-plan.ts'
import type { PolicyState } from './policy/source.ts'
import { createApprovalsBoard } from './reception/approvals-board.ts'

/** From orders to changes: what people's clicks work with, and what drives it on. */
export interface Operating {
  /** For what people do, on any replica. */
  readonly hands: Hands
  /** For what happens by itself, on the replica that has the turn. */
  readonly runner: Runner
  /** The policy's state, which cards of approvals show, is another now. */
  showAgain(): void
}

export interface OperatingParts {
  readonly audit: Audit
  readonly clock: Clock
  readonly clusters: Clusters
  readonly channels: Config['channels']
  readonly callerOf: ChangeParts['callerOf']
  readonly authority: Authority
  readonly outbox: Outbox
  readonly texts: TextsChoice
  readonly masking: Masking
  /** Of the short hashes that show a masked value to have changed. */
  readonly maskKey: string
  readonly policyState: () => PolicyState['kind']
  readonly report: (error: unknown, about: string) => void
}

export function createOperating({ store, turn }: Pick<Foundation, 'store' | 'turn'>, parts: OperatingParts): Operating {
  const { audit, clock, clusters, authority, outbox, texts, report } = parts
  const { mask, maskValue } = parts.masking
  const cards: OperationCards = {
    show: (operation, version) =>
      operationPost(operation, { version, textsAt: texts.at, around: { policy: parts.policyState() } }),
    besides: differenceCards,
    remind: (operation) => reminderPost(operation, texts.at(operation.board ?? operation.place)),
  }
  const ledger = createLedger({ store, cards })
  const hands: Hands = {
    ledger,
    parts: {
      store,
      clock,
      audit,
      changes: createChanges({
        clusters,
        callerOf: parts.callerOf,
        makePlan,
        mask: (name, value) => maskValue(name, value, parts.maskKey),
        ledger,
        now: () => store.now(),
      }),
      rollouts: createRollouts({ clusters, clock, mask }),
      authority,
      cards,
      board: outbox,
      approvalsBoard: createApprovalsBoard(parts.channels),
      report,
    },
  }
  const driven: Hands = { ...hands, ledger: createLedger({ store, cards, turn }) }
  return {
    hands,
    runner: createRunner(driven, turn),
    showAgain: () => {
      showWaitingAgain(driven.ledger).catch((error: unknown) => report(error, 'policy file'))
    },
  }
}
