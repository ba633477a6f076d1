import { createHash } from 'node:crypto'
import { AlertGroupId } from './group.ts'

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** An id for an incident of that group which began then; `attempt` gives others, should one be taken. One of 33 million. */
export function alertGroupId(key: string, at: number, attempt: number): AlertGroupId {
  const hash = createHash('sha256').update(`${key}\n${at}\n${attempt}`).digest()
  const letters = [...hash.subarray(0, 5)].map((byte) => alphabet[byte % 32] ?? '')
  return AlertGroupId.parse(`A-${letters.join('')}`)
}
