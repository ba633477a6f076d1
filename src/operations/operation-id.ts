import { z } from 'zod'
import type { Collection } from '../store/store.ts'

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

/** The counter behind the ids; it moves in the same commit that stores the operation. */
export const idCounter: Collection<{ readonly next: number }> = {
  name: 'operation-ids',
  parse: (raw) => z.object({ next: z.number().int().nonnegative() }).parse(raw),
}
