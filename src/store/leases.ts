import { z } from 'zod'
import type { Change, Collection, Store } from './store.ts'
import { check, put, remove } from './store.ts'

/** A name held by one holder until a moment by the store's clock. */
export interface Lease {
  readonly name: string
  readonly holder: string
  /** Rises with every claim of this name, also over releases and restarts: a later claim's is always higher. */
  readonly fence: number
  /** Epoch ms by the store's clock; from then on others may claim it. */
  readonly until: number
  /** Version of the document behind it. */
  readonly version: number
}

const LeaseRecord = z.strictObject({
  /** Empty once released. The record stays for a while, for its fence. */
  holder: z.string(),
  fence: z.int().nonnegative(),
  until: z.number(),
})
type LeaseRecord = z.infer<typeof LeaseRecord>

const keptMs = 24 * 60 * 60 * 1000

export const leaseRecords: Collection<LeaseRecord> = {
  name: 'leases',
  parse: (raw) => LeaseRecord.parse(raw),
  keys: ({ holder }) => (holder === '' ? [] : [holder]),
  due: ({ until }) => until + keptMs,
}

/** A lease about to be had: it is held once `change` is committed, alone or together with other changes. */
export interface Claim {
  readonly lease: Lease
  readonly change: Change
}

export interface Leases {
  /** By the store's clock. */
  now(): Promise<number>
  /** What to commit to get the lease; undefined while somebody else has it. A holder may claim its own anew, with a higher fence. */
  claiming(name: string, forMs: number): Promise<Claim | undefined>
  claim(name: string, forMs: number): Promise<Lease | undefined>
  /** Undefined when it is lost: it ran out, or somebody else has it. Whoever loses it stops what it guards. */
  renew(lease: Lease, forMs: number): Promise<Lease | undefined>
  /** What to commit to let go of it, together with other changes. */
  releasing(lease: Lease): Change
  /** Lets go of it. One that was lost meanwhile stays with whoever has it. */
  release(lease: Lease): Promise<void>
  /** Holds another commit to this lease: refused once it ran out (`too_late`) or changed hands (`conflict`). */
  guard(lease: Lease): Change
  /** Who has it now, whoever that is. */
  find(name: string): Promise<Lease | undefined>
  /** Removes records that nobody has held for a day; returns how many. */
  forget(limit: number): Promise<number>
}

function write({ name, holder, fence, until, version }: Lease): Change {
  return put(leaseRecords, {
    id: name,
    value: { holder, fence, until },
    expect: version === 1 ? 'absent' : version - 1,
  })
}

function releasing(lease: Lease): Change {
  return write({ ...lease, holder: '', version: lease.version + 1 })
}

/** Leases of one holder: a replica (an id made anew at each start) or an operation. */
export function createLeases(store: Store, holder: string): Leases {
  const read = async (name: string): Promise<Lease | undefined> => {
    const found = await store.get(leaseRecords, name)
    return found === undefined ? undefined : { name, ...found.value, version: found.version }
  }

  const claiming = async (name: string, forMs: number): Promise<Claim | undefined> => {
    const [found, now] = await Promise.all([read(name), store.now()])
    if (found !== undefined && found.holder !== '' && found.holder !== holder && found.until > now) return undefined
    // Started from the time, so that it rises also over records that were forgotten.
    const fence = Math.max((found?.fence ?? 0) + 1, Math.floor(now))
    const lease = { name, holder, fence, until: now + forMs, version: (found?.version ?? 0) + 1 }
    return { lease, change: write(lease) }
  }

  return {
    now: () => store.now(),
    claiming,
    claim: async (name, forMs) => {
      const claim = await claiming(name, forMs)
      if (claim === undefined) return undefined
      const { ok } = await store.commit([claim.change])
      return ok ? claim.lease : undefined
    },
    renew: async (lease, forMs) => {
      const renewed = { ...lease, until: (await store.now()) + forMs, version: lease.version + 1 }
      const { ok } = await store.commit([{ ...write(renewed), notAfter: lease.until }])
      return ok ? renewed : undefined
    },
    releasing,
    release: async (lease) => {
      await store.commit([releasing(lease)])
    },
    guard: (lease) => ({ ...check(leaseRecords, lease.name, lease.version), notAfter: lease.until }),
    find: async (name) => {
      const [found, now] = await Promise.all([read(name), store.now()])
      return found !== undefined && found.holder !== '' && found.until > now ? found : undefined
    },
    forget: async (limit) => {
      let forgotten = 0
      for (const { id, version } of await store.due(leaseRecords, { at: await store.now(), limit })) {
        const { ok } = await store.commit([remove(leaseRecords, id, version)])
        if (ok) forgotten += 1
      }
      return forgotten
    },
  }
}
