import { z } from 'zod'
import type { ChannelId } from '../../chat/identity.ts'
import type { Change, Collection, Store, Stored } from '../../store/store.ts'
import { put, remove } from '../../store/store.ts'
import type { Turn } from '../../store/turn.ts'
import type { Clock } from '../../time/clock.ts'
import { AlertGroupId, cardOfAlert, groupOfCard } from '../group.ts'
import type { AlertGroup } from '../group.ts'
import type { AlertLedger } from '../ledger.ts'
import type { AlertListener } from '../lifecycle.ts'
import type { Enrich, ThreadFindings } from './enrich.ts'

/** A thread whose first word is not written yet; the id is the group's. */
const Opening = z.object({
  /** Epoch ms. */
  since: z.number(),
  tries: z.number(),
})
type Opening = z.infer<typeof Opening>

const openings: Collection<Opening> = { name: 'alert-threads', parse: (raw) => Opening.parse(raw) }

/** The first word in a group's thread; once an incident. */
export const threadOf = (id: AlertGroupId): string => `${cardOfAlert(id)}/thread`

/** Remembers in the commit that opens a group that its thread wants its first word; again where it was over before anybody could say one. */
export const threadListener: AlertListener = {
  changes: (step, { id, changedAt }) => {
    if (step === 'resolved') return []
    return [put(openings, { id, value: { since: changedAt, tries: 0 }, expect: 'any' })]
  },
}

export interface ThreadsParts {
  readonly store: Store
  readonly clock: Clock
  readonly turn: Turn
  readonly ledger: Pick<AlertLedger, 'get' | 'amend'>
  readonly enrich: Enrich
  /** Where a card's message is; undefined while it has none. */
  readonly where: (card: string) => Promise<{ readonly channel: ChannelId } | undefined>
  readonly onShown: (listener: (card: string) => void) => () => void
  /** Whether another company reads there: what clusters say is not for them. */
  readonly isShared: (channel: ChannelId) => Promise<boolean>
  /** Says that nothing was looked up. */
  readonly withhold: (group: AlertGroup, channel: ChannelId) => readonly Change[]
  /** What the thread says, for the commit that strikes it off the list. */
  readonly show: (findings: ThreadFindings, channel: ChannelId) => readonly Change[]
  readonly report: (error: unknown, about: string) => void
}

export interface Threads {
  start(): void
  /** Resolves when nothing is under way; what is not written yet is written after the next start. */
  stop(): Promise<void>
}

/** Threads looked into at the same time: each asks the cluster about ten times. */
const mostAtOnce = 4
const mostTries = 5
const againMs = 15_000
const pageSize = 200

const nothing = (): void => {}

/** Writes the first word of each thread once its card is in the channel, on the replica that has the turn. */
export function createThreads(parts: ThreadsParts): Threads {
  const { store, clock, turn, ledger, report } = parts
  const queue = new Set<AlertGroupId>()
  const running = new Set<Promise<void>>()
  const looking = new Set<Promise<void>>()
  const ends: (() => void)[] = []
  let stopped = true
  let cancel = nothing

  async function write(id: AlertGroupId): Promise<void> {
    const opening = await store.get(openings, id)
    if (!opening || !turn.mine()) return
    const shown = await parts.where(cardOfAlert(id))
    if (!shown) return
    const stored = await ledger.get(id)
    const written = await parts.where(threadOf(id))
    if (!stored || stored.value.state === 'resolved' || written) {
      await store.commit([remove(openings, id, opening.version), ...turn.guard()])
      return
    }
    try {
      if (await parts.isShared(shown.channel)) {
        await finish(opening, parts.withhold(stored.value, shown.channel))
        return
      }
      const findings = await parts.enrich(stored.value)
      await remember(findings, stored.value)
      await finish(opening, parts.show(findings, shown.channel))
    } catch (error) {
      report(error, id)
      await later(opening)
    }
  }

  /** The lease is renewed now and then: a commit on its way then is refused once. */
  async function finish({ id, version }: Stored<Opening>, shown: readonly Change[]): Promise<void> {
    for (let tries = 0; tries < 3 && turn.mine(); tries += 1) {
      const { ok } = await store.commit([remove(openings, id, version), ...shown, ...turn.guard()])
      if (ok) return
    }
  }

  /** Its buttons and the commands in its thread are about the workload from now on. */
  async function remember({ target }: ThreadFindings, before: AlertGroup): Promise<void> {
    if (before.workload || !target.ok || target.value.kind !== 'subject') return
    const { cluster, namespace, kind, name } = target.value.subject.workload
    await ledger.amend(before.id, (group) =>
      group.workload ? undefined : { next: { ...group, workload: { cluster, namespace, kind, name } } },
    )
  }

  async function later({ id, version, value }: Stored<Opening>): Promise<void> {
    const tries = value.tries + 1
    const change =
      tries < mostTries
        ? put(openings, { id, value: { ...value, tries }, expect: version })
        : remove(openings, id, version)
    await store.commit([change, ...turn.guard()])
    cancel()
    if (!stopped) cancel = clock.after(againMs, lookAgain)
  }

  function pump(): void {
    for (const id of queue) {
      if (stopped || running.size >= mostAtOnce) return
      queue.delete(id)
      const work = write(id)
        .catch((error: unknown) => report(error, id))
        .finally(() => {
          running.delete(work)
          pump()
        })
      running.add(work)
    }
  }

  /** What an earlier process left, and what did not work the time before. */
  async function look(): Promise<void> {
    for (let after: string | undefined; ;) {
      if (stopped || !turn.mine()) return
      const page = await store.list(openings, { limit: pageSize, ...(after === undefined ? {} : { after }) })
      for (const { id } of page) {
        const group = AlertGroupId.parse(id)
        if (await parts.where(cardOfAlert(group))) queue.add(group)
      }
      pump()
      after = page.at(-1)?.id
      if (page.length < pageSize) return
    }
  }

  function lookAgain(): void {
    cancel()
    const work = look()
      .catch((error: unknown) => {
        report(error, 'alert threads')
        if (!stopped) cancel = clock.after(againMs, lookAgain)
      })
      .finally(() => looking.delete(work))
    looking.add(work)
  }

  return {
    start: () => {
      if (!stopped) return
      stopped = false
      ends.push(
        parts.onShown((card) => {
          const id = groupOfCard(card)
          if (id === undefined || card !== cardOfAlert(id)) return
          queue.add(id)
          pump()
        }),
        turn.onChange(lookAgain),
      )
      lookAgain()
    },
    stop: async () => {
      stopped = true
      cancel()
      for (const end of ends.splice(0)) end()
      while (running.size > 0 || looking.size > 0) await Promise.all([...running, ...looking])
      cancel()
    },
  }
}
