import { z } from 'zod'
import { ChannelId, MessageTs, TeamId, UserId } from '../chat/identity.ts'
import type { ClusterAccess } from '../clusters/cluster.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { Clock } from '../clock.ts'
import type { Presence } from '../store/presence.ts'
import type { Change, Collection, Store } from '../store/store.ts'
import { put, remove } from '../store/store.ts'
import { followLogs } from './follow.ts'
import type { FollowQuery } from './follow.ts'
import { createWindow } from './window.ts'
import type { Window } from './window.ts'

/** A follow as it is remembered, so that its card reaches an end even if the bot does not. */
export const Follow = z.object({
  id: z.string(),
  by: z.object({ team: TeamId, user: UserId }),
  place: z.object({
    channel: ChannelId,
    thread: MessageTs.exactOptional(),
    kind: z.enum(['channel', 'direct', 'shared']),
    locale: z.string().exactOptional(),
  }),
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
  startedAt: z.number(),
})
export type Follow = z.infer<typeof Follow>

const Held = Follow.extend({
  /** The process that follows. */
  process: z.string(),
  /** Somebody pressed Stop, perhaps on another replica. */
  stop: z.literal(true).exactOptional(),
})
type Held = z.infer<typeof Held>

const follows: Collection<Held> = {
  name: 'follows',
  parse: (raw) => Held.parse(raw),
  keys: ({ by, place }) => [`by:${by.team}/${by.user}`, `in:${place.channel}`],
}

export type FollowEnd = 'asked' | 'time' | 'gone' | 'restart' | 'failed'

/** What the cards of a follow show. */
export interface FollowView extends Window {
  readonly follow: Follow
  readonly pods: number
  readonly revision: number
  readonly ended?: FollowEnd
}

export interface FollowsParts {
  readonly store: Store
  readonly clock: Clock
  readonly presence: Presence
  /** The changes that bring a view to its channel. */
  readonly show: (view: FollowView) => readonly Change[]
  readonly report: (error: unknown, about: string) => void
}

export type Followed = { readonly ok: true; readonly card: string } | { readonly ok: false; readonly limit: number }

const perPerson = 3
const perChannel = 5
const windowSize = 20
const lastsMs = 600_000
/** Between two looks; the outbox thins edits out further when many cards live. */
const lookEveryMs = 1_500

export interface Follows {
  start(follow: Follow, query: FollowQuery, access: ClusterAccess): Promise<Followed>
  /** Wherever it runs. */
  stop(id: string): Promise<void>
  /** Ends the cards of follows that died with their process. Returns how many. */
  recover(): Promise<number>
  close(): Promise<void>
}

/** Live logs in chats: a bounded number, each ending by itself, each with a window that is edited in place. */
export function createFollows({ store, clock, presence, show, report }: FollowsParts): Follows {
  const running = new Map<string, { readonly end: (why: FollowEnd) => void; readonly done: Promise<void> }>()

  async function full({ by, place }: Follow): Promise<number | undefined> {
    const [own, here] = await Promise.all([
      store.list(follows, { key: `by:${by.team}/${by.user}`, limit: perPerson }),
      store.list(follows, { key: `in:${place.channel}`, limit: perChannel }),
    ])
    if (own.length >= perPerson) return perPerson
    return here.length >= perChannel ? perChannel : undefined
  }

  async function run(
    follow: Follow,
    query: FollowQuery,
    session: { readonly access: ClusterAccess; readonly abort: AbortController; readonly why: () => FollowEnd },
  ): Promise<void> {
    const window = createWindow({ size: windowSize })
    let pods = 0
    let revision = 1
    let shown = ''
    const view = (ended?: FollowEnd): FollowView => ({
      ...window.look(),
      follow,
      pods,
      revision,
      ...(ended ? { ended } : {}),
    })
    const look = async (): Promise<void> => {
      const now = view()
      const state = `${now.total}/${now.pods}`
      if (state === shown) return
      shown = state
      revision += 1
      await store.commit(show({ ...now, revision }))
    }
    let cancel = (): void => {}
    const tick = (): void => {
      look()
        .catch((error: unknown) => report(error, follow.id))
        .finally(() => {
          if (!session.abort.signal.aborted) cancel = clock.after(lookEveryMs, tick)
        })
    }
    cancel = clock.after(lookEveryMs, tick)
    const { signal } = session.abort
    let ended: FollowEnd = 'failed'
    try {
      await followLogs(query, {
        access: session.access,
        clock,
        signal,
        onLine: window.add,
        onPods: (count) => (pods = count),
      })
      ended = session.why()
    } catch (error) {
      if (!(error instanceof ClusterError)) report(error, follow.id)
      ended = signal.aborted ? session.why() : 'failed'
    } finally {
      session.abort.abort()
      cancel()
    }
    revision += 1
    await store.commit([...show(view(ended)), remove(follows, follow.id, 'any')])
  }

  async function heed(): Promise<void> {
    for (const [id, { end }] of running) if ((await store.get(follows, id))?.value.stop) end('asked')
  }

  const endWatch = store.watch(follows, () => {
    if (running.size > 0) heed().catch((error: unknown) => report(error, 'logs'))
  })

  return {
    start: async (follow, query, access) => {
      const limit = await full(follow)
      if (limit !== undefined) return { ok: false, limit }
      const first: FollowView = { lines: [], total: 0, unseen: 0, follow, pods: 0, revision: 1 }
      await store.commit([
        put(follows, { id: follow.id, value: { ...follow, process: presence.id }, expect: 'absent' }),
        ...show(first),
      ])
      const abort = new AbortController()
      let why: FollowEnd = 'time'
      const end = (reason: FollowEnd): void => {
        why = reason
        abort.abort()
      }
      const cancel = clock.after(lastsMs, () => end('time'))
      const done = run(follow, query, { access, abort, why: () => why })
        .catch((error: unknown) => report(error, follow.id))
        .finally(() => {
          cancel()
          running.delete(follow.id)
        })
      running.set(follow.id, { end, done })
      return { ok: true, card: cardOfFollow(follow.id) }
    },
    stop: async (id) => {
      const found = await store.get(follows, id)
      if (found)
        await store.commit([put(follows, { id, value: { ...found.value, stop: true }, expect: found.version })])
    },
    recover: async () => {
      let ended = 0
      for (const { id, value } of await store.list(follows, { limit: 1_000 })) {
        if (running.has(id) || (await presence.isAlive(value.process))) continue
        const { process: _, stop: __, ...follow } = value
        const revision = Number.MAX_SAFE_INTEGER
        const view: FollowView = { lines: [], total: 0, unseen: 0, follow, pods: 0, revision, ended: 'restart' }
        await store.commit([...show(view), remove(follows, id, 'any')])
        ended += 1
      }
      return ended
    },
    close: async () => {
      endWatch()
      for (const { end } of running.values()) end('restart')
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }
}

/** The card with the state and the Stop button; the lines stand in its thread. */
export const cardOfFollow = (id: string): string => `follow/${id}`
export const linesOfFollow = (id: string): string => `follow/${id}/lines`
