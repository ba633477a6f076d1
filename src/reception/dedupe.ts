import { z } from 'zod'
import type { Collection, Store } from '../store/store.ts'
import { put, remove } from '../store/store.ts'

const Received = z.object({ until: z.number() })

/** Keys of payloads taken. The chat repeats a payload within minutes, if at all; a day is ample. */
const keptMs = 86_400_000

export const received: Collection<z.infer<typeof Received>> = {
  name: 'received',
  parse: (raw) => Received.parse(raw),
  due: ({ until }) => until,
}

/** True for the first who brings this key, on whichever replica; durable before it answers. */
export async function isFirst(key: string, store: Store): Promise<boolean> {
  const until = (await store.now()) + keptMs
  return (await store.commit([put(received, { id: key, value: { until }, expect: 'absent' })])).ok
}

/** Forgets keys whose day is over, a bounded number at a time. Returns how many. */
export async function forgetOld(store: Store): Promise<number> {
  const old = await store.due(received, { at: await store.now(), limit: 1_000 })
  if (old.length > 0) await store.commit(old.map(({ id }) => remove(received, id, 'any')))
  return old.length
}
