import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLeases } from '../../src/store/leases.ts'
import type { Leases } from '../../src/store/leases.ts'
import type { Collection } from '../../src/store/store.ts'
import { put } from '../../src/store/store.ts'
import type { StoreHarness } from './store-harness.ts'

const hour = 60 * 60 * 1000
const texts: Collection<string> = { name: 'lease-guarded', parse: String }

/** Leases on every store: time is the store's own, so what has run out is made with a negative length. */
export function leaseContract(name: string, begin: (() => Promise<StoreHarness>) | undefined): void {
  describe.skipIf(begin === undefined)(`leases: ${name}`, () => {
    let harness: StoreHarness
    let one: Leases
    let two: Leases
    let lock: string
    beforeEach(async () => {
      if (begin === undefined) throw new Error('nothing to test')
      harness = await begin()
      one = createLeases(harness.store, 'replica-1')
      two = createLeases(harness.other, 'replica-2')
      lock = `lock-${randomUUID()}`
    })
    afterEach(() => harness.end())

    test('while one holds a name nobody else gets it; after its release somebody does, with a higher fence', async () => {
      const first = await one.claim(lock, hour)
      expect(first).toMatchObject({ name: lock, holder: 'replica-1' })
      expect(await two.claim(lock, hour)).toBeUndefined()
      expect((await two.find(lock))?.holder).toBe('replica-1')
      if (first !== undefined) await one.release(first)
      expect(await two.find(lock)).toBeUndefined()
      const second = await two.claim(lock, hour)
      expect(second?.fence).toBeGreaterThan(first?.fence ?? Number.POSITIVE_INFINITY)
    })

    test('of many who claim at once one gets it', async () => {
      const claims = Array.from({ length: 20 }, (_, index) =>
        createLeases(index % 2 ? harness.store : harness.other, `replica-${index}`).claim(lock, hour),
      )
      expect((await Promise.all(claims)).filter((lease) => lease !== undefined)).toHaveLength(1)
    })

    test('one that ran out goes to another, and whoever had it can neither renew, release nor use it', async () => {
      const old = await one.claim(lock, -1)
      const next = await two.claim(lock, hour)
      if (old === undefined || next === undefined) throw new Error('no lease')
      expect(next.fence).toBeGreaterThan(old.fence)
      expect(await one.renew(old, hour)).toBeUndefined()
      await one.release(old)
      expect((await one.find(lock))?.holder).toBe('replica-2')
      const write = put(texts, { id: lock, value: 'late', expect: 'any' })
      expect((await harness.store.commit([one.guard(old), write])).ok).toBe(false)
      expect((await harness.store.commit([two.guard(next), write])).ok).toBe(true)
    })

    test('one that ran out cannot be renewed even if nobody else took it', async () => {
      const old = await one.claim(lock, -1)
      expect(old && (await one.renew(old, hour))).toBeUndefined()
    })

    test('a renewed lease keeps its fence and guards on; the lease from before the renewal does not', async () => {
      const lease = await one.claim(lock, hour)
      const renewed = lease && (await one.renew(lease, 2 * hour))
      if (lease === undefined || renewed === undefined) throw new Error('no lease')
      expect(renewed).toMatchObject({ fence: lease.fence, holder: 'replica-1' })
      expect(renewed.until).toBeGreaterThan(lease.until)
      const write = put(texts, { id: lock, value: 'x', expect: 'any' })
      expect((await harness.store.commit([one.guard(lease), write])).ok).toBe(false)
      expect((await harness.store.commit([one.guard(renewed), write])).ok).toBe(true)
    })

    test('a claim and a release may be part of other commits: all or nothing', async () => {
      const claim = await one.claiming(lock, hour)
      if (claim === undefined) throw new Error('no claim')
      const refused = put(texts, { id: lock, value: 'x', expect: 9 })
      expect((await harness.store.commit([claim.change, refused])).ok).toBe(false)
      expect(await one.find(lock)).toBeUndefined()
      expect((await harness.store.commit([claim.change])).ok).toBe(true)
      expect((await two.find(lock))?.fence).toBe(claim.lease.fence)
      expect((await harness.store.commit([one.releasing(claim.lease)])).ok).toBe(true)
      expect(await two.find(lock)).toBeUndefined()
    })

    test('records that nobody has held for a day are forgotten, and the fence rises all the same', async () => {
      const day = 24 * hour
      const old = await one.claim(lock, -day - 1)
      const held = await one.claim(`${lock}-held`, hour)
      expect(await two.forget(100)).toBeGreaterThanOrEqual(1)
      expect((await two.find(`${lock}-held`))?.fence).toBe(held?.fence)
      await new Promise((resolve) => setImmediate(resolve))
      const next = await two.claim(lock, hour)
      expect(next?.version).toBe(1)
      expect(next?.fence).toBeGreaterThanOrEqual(old?.fence ?? Number.POSITIVE_INFINITY)
    })
  })
}
