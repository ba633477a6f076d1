import { expect, test } from 'vitest'
import { createMetrics } from '../../src/http/metrics.ts'
import type { Lagging, MetricsSources } from '../../src/http/metrics.ts'

const none = async () => 0
const quiet: MetricsSources = {
  outboxBacklog: () => 0,
  outboxLags: () => [],
  openOperations: none,
  policyStale: () => 0,
  clustersDown: () => 0,
  alertsOpen: none,
  alertsReceived: () => 0,
}

test('how far each lane of each channel is behind is told, and no longer once nothing waits there', async () => {
  let lags: readonly Lagging[] = [{ lane: 'alert', channel: 'C0OPS', waiting: 12, lagMs: 34_500 }]
  const metrics = createMetrics({ ...quiet, outboxLags: () => lags })
  expect(await metrics()).toContain('readback_outbox_lag_seconds{lane="alert",channel="C0OPS"} 34.5')
  expect(await metrics()).toContain('readback_outbox_waiting{lane="alert",channel="C0OPS"} 12')
  lags = []
  expect(await metrics()).not.toContain('C0OPS')
})

test('a number that cannot be known while the store is away keeps no other back', async () => {
  const away = async () => {
    throw new Error('the database does not answer')
  }
  const text = await createMetrics({ ...quiet, openOperations: away, clustersDown: () => 2 })()
  expect(text).toContain('readback_operations_open Nan')
  expect(text).toContain('readback_clusters_down 2')
})
