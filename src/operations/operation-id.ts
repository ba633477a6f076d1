import { z } from 'zod'
import type { Collection, Store } from '../store/store.ts'
import { put } from '../store/store.ts'

/** Short, speakable, never reused: `7F3K`. No 0, 1, I, O, so that it can be read out over the phone. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

export const OperationId = z
  .string()
  .regex(/^[2-9A-HJ-NP-Z]{4,8}$/)
  .brand<'OperationId'>()
export type OperationId = z.infer<typeof OperationId>

/** What somebody typed: in lower case too, and with a leading `#`. */
export function readOperationId(typed: string): OperationId | undefined {
  const parsed = OperationId.safeParse(typed.trim().replace(/^#/, '').toUpperCase())
  return parsed.success ? parsed.data : undefined
}

/**
 * The n-th id. Consecutive numbers give ids that look unrelated (an odd multiplier permutes each length's range), so nobody
 * mistakes yesterday's for today's; the mapping is one to one, so none comes twice.
 */
export function operationId(n: number): OperationId {
  let length = 4
  let first = 0
  while (n - first >= 32 ** length) {
    first += 32 ** length
    length += 1
  }
  const range = BigInt(32 ** length)
  let scrambled = (BigInt(n - first) * 387_420_489n + 57_005n) % range
  let text = ''
  for (let digit = 0; digit < length; digit += 1) {
    text = (alphabet[Number(scrambled % 32n)] ?? '') + text
    scrambled /= 32n
  }
  return OperationId.parse(text)
}

/** The counter behind the ids. */
const idCounter: Collection<{ readonly next: number }> = {
  name: 'operation-ids',
  parse: (raw) => z.object({ next: z.number().int().nonnegative() }).parse(raw),
}

/** Hands out ids, each once on all replicas; the counter has moved on disk before an id is seen. Who asks at the same time shares a commit. */
export function createOperationIds(store: Store): () => Promise<OperationId> {
  let turn: Promise<unknown> = Promise.resolve()
  let batch: { size: number; readonly first: Promise<number> } | undefined

  async function take(count: () => number): Promise<number> {
    for (;;) {
      const counter = await store.get(idCounter, 'next')
      const first = counter?.value.next ?? 0
      const value = { next: first + count() }
      const { ok } = await store.commit([put(idCounter, { id: 'next', value, expect: counter?.version ?? 'absent' })])
      if (ok) return first
    }
  }

  function begin() {
    const opened = { size: 0, first: Promise.resolve(0) }
    const closed = (): number => {
      if (batch === opened) batch = undefined
      return opened.size
    }
    opened.first = turn.then(() => take(closed))
    turn = opened.first.catch(() => undefined)
    return opened
  }

  return async () => {
    const own = (batch ??= begin())
    const place = own.size
    own.size += 1
    return operationId((await own.first) + place)
  }
}
