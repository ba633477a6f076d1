import { expect, test } from 'vitest'
import { createMetrics } from '../../src/http/metrics.ts'
import type { Lagging } from '../../src/http/metrics.ts'

test('how far each lane of each channel is behind is told, and no longer once nothing waits there', async () => {
  let lags: readonly Lagging[] = [{ lane: 'alert', channel: 'C0OPS', waiting: 12, lagMs: 34_500 }]
  const none = async () => 0
  const metrics = createMetrics({
    outboxBacklog: () => 0,
    outboxLags: () => lags,
    openOperations: none,
    policyStale: () => 0,
    clustersDown: () => 0,
    alertsOpen: none,
    alertsReceived: () => 0,
  })
  expect(await metrics()).toContain('readback_outbox_lag_seconds{lane="alert",channel="C0OPS"} 34.5')
  expect(await metrics()).toContain('readback_outbox_waiting{lane="alert",channel="C0OPS"} 12')
  lags = []
  expect(await metrics()).not.toContain('C0OPS')
})
