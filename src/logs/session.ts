import type { ClusterAccess } from '../clusters/cluster.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { Clock } from '../time/clock.ts'
import { createBudget } from './budget.ts'
import { createCourse } from './course.ts'
import type { Entry } from './entry.ts'
import { createFileSender } from './file-sender.ts'
import { spoolEntry, spoolRemark } from './file-text.ts'
import type { FileWords, LogFile } from './file-text.ts'
import { createFilter } from './filter.ts'
import { followLogs } from './follow.ts'
import type { Following, FollowQuery } from './follow.ts'
import type { Follow, Held } from './follow-record.ts'
import { nothingYet } from './follow-view.ts'
import type { FollowEnd, FollowView } from './follow-view.ts'
import { createSparing } from './sparing.ts'
import { createSpool } from './spool.ts'
import { createCounting } from './tally.ts'
import { createWindow } from './window.ts'

export interface SessionParts {
  readonly clock: Clock
  readonly access: ClusterAccess
  readonly words: FileWords
  /** Stores what the cards show from now on. */
  readonly show: (view: FollowView) => Promise<void>
  /** Puts a file into the follow's thread. */
  readonly upload: (file: LogFile) => Promise<void>
  readonly report: (error: unknown, about: string) => void
}

/** One follow while it runs. */
export interface Session {
  /** Something about it was changed by a click. */
  heed(held: Held): void
  end(why: FollowEnd): void
  /** Resolves with its last view, shown by nobody yet. */
  readonly done: Promise<FollowView>
}

const rows = 20
/** Between two looks; the outbox thins edits out further when many cards live. */
const lookEveryMs = 1_500
const recentMs = 900_000
const uploadMs = { usual: 60_000, atRestart: 5_000 }
const summarised = 5
/** Lines a second that are looked at, and at once. More than anybody reads, and less than would starve others. */
const pace = { rate: 20_000, burst: 200_000 }
/** Of this process' time, for the filter. */
const filtering = { share: 0.2, burstMs: 500 }

export function createSession(given: Follow, query: FollowQuery, parts: SessionParts): Session {
  const { clock, access, words, show, upload, report } = parts
  const now = (): number => clock.now()
  const abort = new AbortController()
  const budget = createBudget({ now, ...pace })
  const sparing = createSparing({ now, ...filtering })
  const skipped = (): number => budget.skipped() + sparing.skipped()
  const counting = createCounting(clock)
  const spool = createSpool({ now, report: (error) => report(error, given.id) })
  let follow = given
  const sender = createFileSender({
    clock,
    spool,
    words,
    follow: () => follow,
    losses: () => ({ skipped: skipped(), late: course.late() }),
    upload,
    report,
  })
  let filter = createFilter(follow.filter)
  let window = createWindow({ size: rows })
  let following: Following = nothingYet
  let unseenBefore = 0
  let missed = 0
  let noted = 0
  let files = 0
  let frozen: FollowView | undefined
  let revision = 1
  let shown = ''
  let headShown = ''
  let why: FollowEnd = 'time'
  let sending: Promise<void> = Promise.resolve()
  let isSending = false

  const take = (entry: Entry): void => {
    for (const one of sparing.pass(filter, entry)) {
      window.add(one)
      counting.add(one)
      spoolEntry(spool, one)
    }
  }
  const course = createCourse({ clock, onEntry: take })

  /** What was left out is said where it is missing. */
  const note = (): void => {
    const count = skipped()
    if (count > noted) spoolRemark(spool, words.skipped(count - noted))
    noted = count
  }
  const view = (): FollowView => {
    const { rows: seen, unseen } = window.look()
    const losses = { skipped: skipped(), unseen: unseenBefore + unseen, late: course.late(), missed }
    return {
      ...following,
      follow,
      rows: seen,
      tally: counting.now(),
      losses,
      paused: false,
      head: 'changed',
      revision,
      file: sender.state(),
    }
  }
  const look = async (): Promise<void> => {
    note()
    const next = frozen ? { ...frozen, follow, file: sender.state() } : view()
    const state = JSON.stringify({ ...next, revision: 0 })
    if (state === shown) return
    shown = state
    const { pods, over, waiting, paused } = next
    const head = JSON.stringify([pods, over, waiting, paused, follow.filter])
    const same = head === headShown
    headShown = head
    revision += 1
    await show({ ...next, head: same ? 'same' : 'changed', revision })
  }
  let looking: Promise<void> = Promise.resolve()
  const tick = (): void => {
    looking = look()
      .catch((error: unknown) => report(error, follow.id))
      .finally(() => {
        if (!abort.signal.aborted) cancel = clock.after(lookEveryMs, tick)
      })
  }
  let cancel = clock.after(lookEveryMs, tick)

  const send = (wish: { readonly since?: number; readonly patienceMs: number }): Promise<void> => {
    note()
    return sender.send(wish)
  }

  async function run(): Promise<FollowView> {
    const lasts = clock.after(follow.lastsMs, () => end('time'))
    try {
      await followLogs(query, {
        access,
        clock,
        signal: abort.signal,
        budget,
        onLine: (line, source) => course.add(line, source),
        onFollowing: (next) => (following = next),
        onStream: (source, state) => course.stream(source, state),
        onMissed: (pod, runs) => {
          missed += runs
          spoolRemark(spool, words.missed(pod, runs))
        },
      })
    } catch (error) {
      why = 'failed'
      if (!(error instanceof ClusterError)) report(error, follow.id)
    } finally {
      lasts()
      abort.abort()
      cancel()
      course.close()
    }
    await looking
    cancel()
    if (why !== 'restart') await sending
    const { lines } = counting.now()
    if (lines > 0 && why !== 'forbidden')
      await send({ patienceMs: why === 'restart' ? uploadMs.atRestart : uploadMs.usual })
    return { ...view(), revision: revision + 1, ended: why, errors: counting.errors(summarised) }
  }

  const end = (reason: FollowEnd): void => {
    if (abort.signal.aborted) return
    why = reason
    abort.abort()
  }

  return {
    heed: (held) => {
      if (held.stop) end('asked')
      if (JSON.stringify(held.filter) !== JSON.stringify(follow.filter)) {
        follow = { ...follow, filter: held.filter }
        filter = createFilter(held.filter)
        unseenBefore += window.look().unseen
        window = createWindow({ size: rows })
        spoolRemark(spool, words.filtered(held.filter))
      }
      if (held.paused && frozen === undefined) frozen = { ...view(), paused: true }
      if (!held.paused) frozen = undefined
      // Whoever presses while a file is on its way gets that one.
      if (held.files > files && !isSending) {
        isSending = true
        sending = send({ since: now() - recentMs, patienceMs: uploadMs.usual }).finally(() => (isSending = false))
      }
      files = held.files
    },
    end,
    done: run(),
  }
}
