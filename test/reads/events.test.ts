import { expect, test } from 'vitest'
import type { KubernetesEvent } from '../../src/clusters/nouns.ts'
import { attribute } from '../../src/reads/events.ts'

const about = (name: string): KubernetesEvent => ({
  type: 'Warning',
  reason: 'BackOff',
  message: '',
  about: { kind: 'Pod', name },
  count: 1,
  firstAt: 0,
  lastAt: 0,
})

const workloads = ['web', 'web-db', 'web-admin', 'orders'].map((name) => ({ name }))

test.each([
  ['web', 'web'],
  ['web-6f9d7c8b5', 'web'],
  ['web-6f9d7c8b5-x7k2p', 'web'],
  ['web-db', 'web-db'],
  ['web-db-6f9d7c8b5', 'web-db'],
  ['web-db-6f9d7c8b5-x7k2p', 'web-db'],
  ['web-db-x7k2p', 'web-db'],
  ['web-admin-6f9d7c8b5', 'web-admin'],
  ['orders-0', 'orders'],
  ['orders-12', 'orders'],
  ['web-tls', undefined],
  ['web-db-backup', undefined],
  ['website-6f9d7c8b5', undefined],
])('an event about %s is of %s', (name, workload) => {
  expect(attribute([about(name)], workloads)[0]?.workload).toBe(workload)
})

test('an event about what another workload made is of none, where that one is not there any more', () => {
  const [found] = attribute([about('web-db-x7k2p')], [{ name: 'web' }])
  expect(found?.workload).toBeUndefined()
})
