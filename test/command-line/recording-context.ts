import type { Context } from '../../src/command-line/context.ts'

/** One call that a command made: which port, and with what. */
export interface Call {
  readonly port: string
  readonly with: readonly unknown[]
}

/** A context whose ports answer with the call itself. */
export function recordingContext(): Context<Call> {
  const record =
    (port: string) =>
    async (...given: readonly unknown[]): Promise<Call> => ({ port, with: given })
  return {
    orders: { propose: record('orders.propose') },
    reads: { show: record('reads.show') },
    logs: { show: record('logs.show'), follow: record('logs.follow') },
    metrics: { show: record('metrics.show') },
    operations: { cancel: record('operations.cancel') },
    approvals: {
      list: record('approvals.list'),
      approve: record('approvals.approve'),
      reject: record('approvals.reject'),
    },
    freezes: { freeze: record('freezes.freeze'), unfreeze: record('freezes.unfreeze') },
    alerts: {
      list: record('alerts.list'),
      acknowledge: record('alerts.acknowledge'),
      unacknowledge: record('alerts.unacknowledge'),
      silence: record('alerts.silence'),
      unsilence: record('alerts.unsilence'),
    },
    policy: { can: record('policy.can') },
    self: { whoami: record('self.whoami'), help: record('self.help'), doctor: record('self.doctor') },
    forms: { open: record('forms.open') },
  }
}
