import type { TestCluster } from './test-cluster.ts'
import { startCluster } from './test-cluster.ts'
import { seenOf, wantedOf } from './wire-check.ts'
import { namespace } from './wire/wire-case.ts'
import { wireCases } from './wire/wire-cases.ts'
import { wireSetup } from './wire/wire-setup.ts'
import { describe, expect, test } from 'vitest'

async function prepared(): Promise<TestCluster> {
  const seed = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    ...wireSetup.map(([, manifest]) => manifest),
  ]
  const cluster = await startCluster({ seed })
  await cluster.clock.advance(5000)
  return cluster
}

describe.each(Object.entries(wireCases))('the simulation answers as kube-apiserver does: %s', (_name, cases) => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_title, one) => {
    const cluster = await prepared()
    const reply = await cluster.call(one.method, one.path, {
      ...(one.type === undefined ? {} : { type: one.type }),
      ...(one.body === undefined ? {} : { body: one.body }),
      ...(one.as === undefined ? {} : { headers: { 'impersonate-user': one.as } }),
    })
    expect(seenOf(one, reply)).toEqual(wantedOf(one))
  })
})
