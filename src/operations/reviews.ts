import { z } from 'zod'
import { owe } from '../audit/owed.ts'
import type { Change, Collection, Store } from '../store/store.ts'
import { put, remove } from '../store/store.ts'
import { entryAbout } from './entries.ts'
import { operations } from './operation.ts'
import type { Operation } from './operation.ts'
import { isEnd } from './states.ts'

const Review = z.object({
  /** Epoch ms when the freeze was lifted for it. */
  since: z.number(),
})
type Review = z.infer<typeof Review>

/** Operations for which a freeze was lifted, by id, until somebody was asked to look at them again. */
export const reviews: Collection<Review> = {
  name: 'break-glass-reviews',
  parse: (raw) => Review.parse(raw),
  due: ({ since }) => since,
}

const helping = 200

/** Goes into the commit that creates the operation. */
export const reviewLater = ({ id, breakGlass, createdAt }: Operation): readonly Change[] =>
  breakGlass === undefined ? [] : [put(reviews, { id, value: { since: createdAt }, expect: 'absent' })]

/** Puts on the trail, and so before the audit channels, once each, what is to be reviewed by now. What never changed anything needs none. Returns how many were settled. */
export async function askForReviews(store: Store, reviewMs: number): Promise<number> {
  const now = await store.now()
  let settled = 0
  for (const { id, version } of await store.due(reviews, { at: now - reviewMs, limit: helping })) {
    const operation = (await store.get(operations, id))?.value
    // An approval may take as long as the policy says: it is looked at once it has ended.
    if (operation && !isEnd(operation.state)) continue
    const changed = operation !== undefined && 'patchedAt' in operation && operation.patchedAt !== undefined
    const unsure = operation?.state === 'unknown'
    const asking = operation && (changed || unsure) ? [owe(`${id}/review`, reviewEntry(operation), now)] : []
    const { ok } = await store.commit([remove(reviews, id, version), ...asking])
    if (ok) settled += 1
  }
  return settled
}

const reviewEntry = (operation: Operation) => ({
  ...entryAbout(operation, 'review'),
  details: {
    state: operation.state,
    fingerprint: operation.plan.fingerprint,
    ...(operation.breakGlass === undefined ? {} : { breakGlass: operation.breakGlass }),
  },
})
