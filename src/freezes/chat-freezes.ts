import { z } from 'zod'
import type { Collection, Store } from '../store/store.ts'
import { put, remove } from '../store/store.ts'
import type { ChatFreeze } from '../policy/freezes.ts'
import { actionWords } from '../policy/schema.ts'

const Freeze = z.object({
  name: z.string(),
  clusters: z.array(z.string()),
  from: z.number(),
  to: z.number(),
  except: z.array(z.enum(actionWords)),
  by: z.string(),
})
type Freeze = z.infer<typeof Freeze>

const collection: Collection<Freeze> = {
  name: 'freezes',
  parse: (raw) => Freeze.parse(raw),
  due: ({ to }) => to,
}

/** What stays possible during a freeze from chat: the way back, and more replicas. */
const usualExceptions = ['rollback', 'scale-up'] as const

export interface ChatFreezes {
  /** Those not yet over, as of the last change on any replica. */
  current(): readonly ChatFreeze[]
  /** One for each cluster, each under its cluster's name; a freeze that is there already is replaced. Durable when it resolves. */
  freeze(order: {
    readonly clusters: readonly string[]
    readonly reason: string
    readonly lastingMs: number
    readonly by: string
  }): Promise<void>
  /** True where there was one. */
  unfreeze(cluster: string): Promise<boolean>
  close(): void
}

/** Freezes ordered in chat, kept in the store and shared by replicas. */
export async function openChatFreezes(
  store: Store,
  report: (error: unknown, about: string) => void,
): Promise<ChatFreezes> {
  let all: readonly ChatFreeze[] = []
  const read = async (): Promise<void> => {
    const found = await store.list(collection, { limit: 1_000 })
    all = found.map(({ value: { by: _, ...freeze } }) => freeze)
  }
  await read()
  const end = store.watch(collection, () => {
    read().catch((error: unknown) => report(error, 'freezes'))
  })
  return {
    current: () => all,
    freeze: async ({ clusters, reason, lastingMs, by }) => {
      const from = await store.now()
      const value = (cluster: string): Freeze => ({
        name: reason,
        clusters: [cluster],
        from,
        to: from + lastingMs,
        except: [...usualExceptions],
        by,
      })
      await store.commit(
        clusters.map((cluster) => put(collection, { id: cluster, value: value(cluster), expect: 'any' })),
      )
      await read()
    },
    unfreeze: async (cluster) => {
      const found = await store.get(collection, cluster)
      if (!found) return false
      await store.commit([remove(collection, cluster, found.version)])
      await read()
      return found.value.to > (await store.now())
    },
    close: end,
  }
}
