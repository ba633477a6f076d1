import { approvalChannel, takesApprovals } from '../config/channels.ts'
import type { Config } from '../config/config.ts'
import type { ApprovalsBoard } from '../operations/ports.ts'

/** Where the card with the buttons stands: where it was typed if approvals are given there, else the approvals channel of that cluster, if there is one. */
export const createApprovalsBoard =
  (channels: Config['channels']): ApprovalsBoard =>
  (typed, cluster) => {
    if (takesApprovals(channels, typed.channel, cluster)) return undefined
    const channel = approvalChannel(channels, cluster)
    return channel === undefined ? undefined : { channel, kind: 'channel' }
  }
