/** Uids and name endings that are the same in every run with the same seed. */
export interface Random {
  /** In [0, 1). */
  next(): number
  uid(): string
  /** Five characters, as `generateName` appends them. */
  suffix(): string
}

const alphabet = 'bcdfghjklmnpqrstvwxz2456789'

export function createRandom(seed: string): Random {
  let state = fnv32(seed)
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join('')
  return {
    next,
    uid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'.charAt(Math.floor(next() * 4))}${hex(3)}-${hex(12)}`,
    suffix: () => Array.from({ length: 5 }, () => alphabet.charAt(Math.floor(next() * alphabet.length))).join(''),
  }
}

function fnv32(input: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(input)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}

/** A hash as Kubernetes puts it into names: no vowels, so no words. */
export function nameHash(input: string): string {
  return String(fnv32(input)).replace(/\d/g, (digit) => alphabet.charAt(digit.charCodeAt(0) % alphabet.length))
}
