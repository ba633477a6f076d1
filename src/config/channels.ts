import type { ChannelConfig } from './config.ts'
import type { ChannelId } from '../chat/identity.ts'

type Channels = ReadonlyMap<ChannelId, ChannelConfig>

/** May an approval card for this cluster keep its buttons here? */
export function takesApprovals(channels: Channels, channel: ChannelId, cluster: string): boolean {
  const approvals = channels.get(channel)?.approvals
  return approvals === 'all' || approvals?.some((name) => name === cluster) === true
}

/** Where an approval card for this cluster goes: a channel that names the cluster, else one for all, else undefined. */
export function approvalChannel(channels: Channels, cluster: string): ChannelId | undefined {
  const all = [...channels].filter(([channel]) => takesApprovals(channels, channel, cluster))
  return (all.find(([, { approvals }]) => approvals !== 'all') ?? all[0])?.[0]
}

export function auditChannels(channels: Channels): readonly ChannelId[] {
  return [...channels].filter(([, { audit }]) => audit).map(([channel]) => channel)
}
