import { z } from 'zod'
import type { Collection, Store } from '../store/store.ts'
import { put } from '../store/store.ts'

const keys: Collection<{ readonly key: string }> = {
  name: 'mask-key',
  parse: (raw) => z.object({ key: z.string().min(32) }).parse(raw),
}

/** The key under which masked values are hashed: made once per installation, the same on every replica and after every restart. */
export async function maskKey(store: Store, make: () => string): Promise<string> {
  for (;;) {
    const found = await store.get(keys, 'key')
    if (found) return found.value.key
    await store.commit([put(keys, { id: 'key', value: { key: make() }, expect: 'absent' })])
  }
}
