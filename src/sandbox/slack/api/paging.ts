import type { Args } from './args.ts'
import { Refusal } from './refusal.ts'

/** One page and the cursor of the next, which is empty at the end. */
export function page<Item>(
  all: readonly Item[],
  args: Args,
  limits = { standard: 100, max: 1000 },
): { readonly items: readonly Item[]; readonly next: string } {
  const cursor = args.text('cursor')
  const start = cursor === undefined ? 0 : Number(/^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1])
  if (!Number.isInteger(start)) throw new Refusal('invalid_cursor')
  const end = start + args.count('limit', limits)
  return { items: all.slice(start, end), next: end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '' }
}
