import { StoreError } from './problems.ts'

/** Somebody else wrote what the attempt rested on: it is to be made again, from what is stored now. */
export const conflict = Symbol('conflict')

const mostTries = 100

/**
 * Makes a conditional write until it goes through, and answers what it came to. Each conflict is a write of somebody else that went through, so
 * that everybody gets on; so many in a row mean a condition that can never hold. Throws `store_contended` then.
 */
export async function untilWritten<Value>(
  collection: { readonly name: string },
  attempt: () => Promise<Value | typeof conflict>,
): Promise<Value> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const outcome = await attempt()
    if (outcome !== conflict) return outcome
  }
  throw new StoreError({ code: 'store_contended', collection: collection.name, tries: mostTries })
}
