import { leaseContract } from './leases.ts'
import { storeDocuments } from './store-documents.ts'
import type { StoreHarness } from './store-harness.ts'
import { storeTogether } from './store-together.ts'

/** What every store does, and what is built on any store. Run once for each implementation; skipped without one. */
export function storeContract(name: string, begin: (() => Promise<StoreHarness>) | undefined): void {
  storeDocuments(name, begin)
  storeTogether(name, begin)
  leaseContract(name, begin)
}
