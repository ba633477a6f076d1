import { randomBytes } from 'node:crypto'
import { differenceCards } from '../cards/long-difference.ts'
import { operationPost, reminderPost } from '../cards/posts.ts'
import type { TextsChoice } from '../cards/texts/choose.ts'
import type { Audit } from '../audit/audit.ts'
import type { Clock } from '../time/clock.ts'
import type { Clusters } from '../clusters/cluster.ts'
import type { Config } from '../config/config.ts'
import type { Conversation } from './conversation.ts'
import type { Foundation } from './foundation.ts'
import type { Masking } from '../secrets/masking.ts'
import { createChanges } from '../operations/changes.ts'
import type { Hands } from '../operations/conclude.ts'
import { createLedger } from '../operations/ledger.ts'
import type { OperationCards } from '../operations/ports.ts'
import { createRollouts } from '../operations/rollouts.ts'
import { createRunner } from '../operations/runner.ts'
import type { Runner } from '../operations/runner.ts'
import { showWaitingAgain } from '../operations/show-again.ts'
import { makePlan } from '../plans/make-plan.ts'
import type { Judge } from '../policy/judge.ts'
import type { PolicySource } from '../policy/source.ts'
import { createApprovalsBoard } from '../reception/approvals-board.ts'
import { createAuthority, createCallerOf, createCallers } from '../reception/authority.ts'
import type { PolicyDesk } from '../reception/desk.ts'
import { maskKey } from '../secrets/mask-key.ts'

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
  readonly judge: Judge
  readonly policyDesk: PolicyDesk
  readonly policy: Pick<PolicySource, 'state'>
  readonly conversation: Pick<Conversation, 'outbox' | 'people' | 'workspace'>
  readonly texts: TextsChoice
  readonly masking: Masking
  readonly report: (error: unknown, about: string) => void
}

export async function createOperating(
  config: Pick<Config, 'channels' | 'clusters' | 'people'>,
  { store, turn }: Pick<Foundation, 'store' | 'turn'>,
  parts: OperatingParts,
): Promise<Operating> {
  const { audit, clock, clusters, conversation, judge, policyDesk, policy, texts, report } = parts
  const { mask, maskValue } = parts.masking
  // Of the short hashes that show a masked value to have changed.
  const key = await maskKey(store, () => randomBytes(32).toString('hex'))
  const speaker = { team: conversation.workspace.team, people: conversation.people }
  const cards: OperationCards = {
    show: (operation, version) =>
      operationPost(operation, { version, textsAt: texts.at, around: { policy: policy.state().kind } }),
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
        callerOf: createCallerOf(createCallers(config, policyDesk), policyDesk, speaker),
        makePlan,
        mask: (name, value) => maskValue(name, value, key),
        ledger,
        now: () => store.now(),
        clock,
      }),
      rollouts: createRollouts({ clusters, clock, mask }),
      authority: createAuthority(judge, policyDesk, speaker),
      cards,
      board: conversation.outbox,
      approvalsBoard: createApprovalsBoard(config.channels),
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
