import type { ChannelConfig } from '../../src/config/config.ts'
import { expect, test } from 'vitest'
import { ChannelId } from '../../src/chat/identity.ts'
import { ClusterName } from '../../src/clusters/names.ts'
import { approvalChannel, auditChannels, takesApprovals } from '../../src/config/channels.ts'

const plain: ChannelConfig = {
  cluster: undefined,
  namespace: undefined,
  approvals: [],
  audit: false,
  language: undefined,
}
const [shop, all, prod, log] = ['C0SHOP', 'C0ALL', 'C0PROD', 'C0LOG'].map((id) => ChannelId.parse(id))
if (shop === undefined || all === undefined || prod === undefined || log === undefined) throw new Error('four channels')

const channels = new Map<ChannelId, ChannelConfig>([
  [shop, plain],
  [all, { ...plain, approvals: 'all' }],
  [prod, { ...plain, approvals: [ClusterName.parse('prod')] }],
  [log, { ...plain, audit: true }],
])

test('approval cards go to the channel that names the cluster before the one for all', () => {
  expect(approvalChannel(channels, 'prod')).toBe(prod)
  expect(approvalChannel(channels, 'test')).toBe(all)
  expect(approvalChannel(new Map([[shop, plain]]), 'test')).toBeUndefined()
})

test('a channel takes approvals of the clusters that it was given', () => {
  expect(takesApprovals(channels, prod, 'prod')).toBe(true)
  expect(takesApprovals(channels, prod, 'test')).toBe(false)
  expect(takesApprovals(channels, all, 'test')).toBe(true)
  expect(takesApprovals(channels, shop, 'prod')).toBe(false)
})

test('audit posts go to every channel marked for them', () => {
  expect(auditChannels(channels)).toEqual([log])
})
