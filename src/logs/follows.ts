import type { ClusterAccess } from '../clusters/cluster.ts'
import type { Clock } from '../time/clock.ts'
import type { Presence } from '../store/presence.ts'
import type { Change, Store } from '../store/store.ts'
import { put, remove } from '../store/store.ts'
import { conflict, untilWritten } from '../store/until-written.ts'
import type { FileWords, LogFile } from './file-text.ts'
import type { FilterWish } from './filter.ts'
import type { FollowQuery } from './follow.ts'
import { Follow, follows } from './follow-record.ts'
import type { Held } from './follow-record.ts'
import { leave, seatsFor } from './seats.ts'
import { createSession } from './session.ts'
import { nothingYet } from './follow-view.ts'
import type { Session } from './session.ts'
import type { FollowView } from './follow-view.ts'

export interface FollowsParts {
  readonly store: Store
  readonly clock: Clock
  readonly presence: Presence
  /** The changes that bring a view to its channel. */
  readonly show: (view: FollowView) => readonly Change[]
  readonly words: (place: Follow['place']) => FileWords
  /** Puts a file into the follow's thread. */
  readonly upload: (follow: Follow, file: LogFile) => Promise<void>
  /** Whether whoever asked for it may still read all of it there: asked about every half minute. */
  readonly mayGoOn: (follow: Follow) => Promise<boolean>
  /** Told how many run here whenever that changes. */
  readonly onRunning?: (count: number) => void
  readonly report: (error: unknown, about: string) => void
}

export type Followed = { readonly ok: true; readonly card: string } | { readonly ok: false; readonly limit: number }

/** What a click asks of a follow. */
export type FollowWish =
  | { readonly kind: 'stop' | 'pause' | 'resume' | 'file' }
  | { readonly kind: 'filter'; readonly filter: FilterWish }

export interface Follows {
  start(follow: Follow, query: FollowQuery, access: ClusterAccess): Promise<Followed>
  /** One that runs, wherever it does. */
  find(id: string): Promise<Follow | undefined>
  /** Wherever it runs. False: it is over. */
  wish(id: string, wish: FollowWish): Promise<boolean>
  /** Ends the cards of follows that died with their process. Returns how many. */
  recover(): Promise<number>
  close(): Promise<void>
}

const askEveryMs = 30_000

/** Live logs in chats: a bounded number, each ending by itself, each with a window that is edited in place. */
export function createFollows(parts: FollowsParts): Follows {
  const { store, clock, presence, show, report } = parts
  const running = new Map<string, { readonly session: Session; readonly done: Promise<void> }>()
  const beginning = new Set<string>()

  async function heed(): Promise<void> {
    for (const [id, { session }] of running) {
      const held = await store.get(follows, id)
      if (held) session.heed(held.value)
    }
  }
  const endWatch = store.watch(follows, () => {
    if (running.size > 0) heed().catch((error: unknown) => report(error, 'logs'))
  })

  function run(held: Held, query: FollowQuery, access: ClusterAccess): void {
    const { id, seats } = held
    const follow = bare(held)
    const session = createSession(follow, query, {
      clock,
      access,
      words: parts.words(follow.place),
      show: async (view) => void (await store.commit(show(view))),
      upload: (file) => parts.upload(follow, file),
      report,
    })
    let over = false
    let cancel = clock.after(askEveryMs, ask)
    function ask(): void {
      parts
        .mayGoOn(follow)
        .then((may) => {
          if (!may) session.end('forbidden')
        })
        .catch((error: unknown) => report(error, id))
        .finally(() => {
          if (!over) cancel = clock.after(askEveryMs, ask)
        })
    }
    const finish = async (): Promise<void> => {
      const view = await session.done
      over = true
      cancel()
      await store.commit([...show(view), remove(follows, id, 'any'), ...leave(seats)])
    }
    const done = finish()
      .catch((error: unknown) => report(error, id))
      .finally(() => {
        running.delete(id)
        parts.onRunning?.(running.size)
      })
    running.set(id, { session, done })
    parts.onRunning?.(running.size)
  }

  const start = (follow: Follow, onHeld: (held: Held) => void): Promise<Followed> =>
    untilWritten(follows, async () => {
      const seating = await seatsFor(store, follow)
      if (!seating.ok) return seating
      const held: Held = { ...follow, process: presence.id, seats: [...seating.seats], files: 0 }
      const begun = await store.commit([
        put(follows, { id: follow.id, value: held, expect: 'absent' }),
        ...seating.changes,
        ...show({ ...nothingYet, follow, revision: 1 }),
      ])
      // Somebody else sat down meanwhile. A follow that is there already is this one, asked for again.
      if (!begun.ok && begun.collection !== follows.name) return conflict
      if (begun.ok) onHeld(held)
      return { ok: true, card: cardOfFollow(follow.id) }
    })

  /** Nobody follows it any more: its process is dead, or could not bring it to its end. */
  async function isLeft(id: string, { process }: Held): Promise<boolean> {
    if (running.has(id) || beginning.has(id)) return false
    return process === presence.id || !(await presence.isAlive(process))
  }

  return {
    start: async (follow, query, access) => {
      beginning.add(follow.id)
      try {
        return await start(follow, (held) => run(held, query, access))
      } finally {
        beginning.delete(follow.id)
      }
    },
    find: async (id) => {
      const held = await store.get(follows, id)
      return held && bare(held.value)
    },
    wish: (id, wish) =>
      untilWritten(follows, async () => {
        const found = await store.get(follows, id)
        if (!found) return false
        const value = wished(found.value, wish)
        const { ok } = await store.commit([put(follows, { id, value, expect: found.version })])
        return ok || conflict
      }),
    recover: async () => {
      let ended = 0
      for (const { id, value } of await store.list(follows, { limit: 1_000 })) {
        if (!(await isLeft(id, value))) continue
        const view = {
          ...nothingYet,
          follow: bare(value),
          revision: Number.MAX_SAFE_INTEGER,
          ended: 'restart' as const,
        }
        await store.commit([...show(view), remove(follows, id, 'any'), ...leave(value.seats)])
        ended += 1
      }
      return ended
    },
    close: async () => {
      endWatch()
      for (const { session } of running.values()) session.end('restart')
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}

function wished(held: Held, wish: FollowWish): Held {
  switch (wish.kind) {
    case 'stop':
      return { ...held, stop: true }
    case 'pause':
      return { ...held, paused: true }
    case 'resume': {
      const { paused: _, ...rest } = held
      return rest
    }
    case 'file':
      return { ...held, files: held.files + 1 }
    case 'filter':
      return { ...held, filter: Follow.shape.filter.parse(JSON.parse(JSON.stringify(wish.filter))) }
  }
}

/** Without what only the running of it needs. */
const bare = (held: Held): Follow => Follow.parse(held)

/** The card with the state and the Stop button; the lines stand in its thread. */
export const cardOfFollow = (id: string): string => `follow/${id}`
export const linesOfFollow = (id: string): string => `follow/${id}/lines`
