import { plain } from '../cards/plain.ts'
import { problemMessage } from '../cards/problem-card.ts'
import type { CommandLine } from '../command-line/command-line.ts'
import type { Context } from '../command-line/context.ts'
import { cancel } from '../operations/answer.ts'
import { alone } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import { alertsFor } from './alerts.ts'
import { approvalsFor } from './approvals.ts'
import { canFor } from './can.ts'
import type { Desk } from './desk.ts'
import { formsFor } from './forms.ts'
import { freezesFor } from './freezes.ts'
import { logsFor } from './logs.ts'
import { metricsFor } from './metrics.ts'
import { ordersFor } from './orders.ts'
import { readsFor } from './reads.ts'
import { selfFor } from './self.ts'

/** What commands can call, for one order of one speaker. */
export function contextFor(asking: Asking, desk: Desk, commandLine: CommandLine): Context<Answer> {
  return {
    orders: ordersFor(asking, desk),
    reads: readsFor(asking, desk),
    logs: logsFor(asking, desk),
    metrics: metricsFor(asking, desk),
    operations: {
      cancel: async (id) => {
        const result = await cancel({ id, by: asking.person }, desk.operations)
        return alone(
          result.ok
            ? plain(asking.texts.shared.cancelled(result.operation.id))
            : problemMessage(result.problem, asking.texts),
        )
      },
    },
    approvals: approvalsFor(asking, desk),
    freezes: freezesFor(asking, desk),
    alerts: alertsFor(asking, desk),
    policy: { can: canFor(asking, desk) },
    self: selfFor(asking, desk, commandLine),
    forms: formsFor(asking, desk),
  }
}
