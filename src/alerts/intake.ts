import { createGroupCommit } from '../disk/group-commit.ts'
import { ReadbackError } from '../errors.ts'
import type { Change } from '../store/store.ts'
import type { Alert, AlertSource, Notice } from './alert.ts'
import { createBook } from './book.ts'
import type { Book, BookParts } from './book.ts'
import { routed } from './routes.ts'
import type { Routes } from './routes.ts'
import { heardWatchdog, isWatchdog } from './watchdog.ts'
import type { WatchdogRule } from './watchdog.ts'

/** What one webhook says. */
export interface Delivery {
  readonly source: AlertSource
  readonly notices: readonly Notice[]
  /** Alerts that somebody sent to see whether they arrive. */
  readonly tests: readonly Alert[]
}

export interface IntakeParts extends BookParts {
  readonly routes: Routes
  readonly watchdog: WatchdogRule | undefined
  /** A word that a test has arrived. */
  readonly showTest: (arrived: {
    readonly test: Alert
    readonly source: AlertSource
    readonly at: number
  }) => readonly Change[]
  readonly report: (error: unknown, about: string) => void
}

export interface Intake {
  /** Resolves once it is on disk, with what the cards show; throws where that cannot be: then nothing of it is stored. */
  take(delivery: Delivery): Promise<void>
  /** Alerts taken since the start. */
  received(): number
}

/** Too many webhooks wait for the store: the sender has to come again. */
export class IntakeFull extends ReadbackError<{ readonly code: 'alerts_full' }> {}

type Taken = { readonly ok: true } | { readonly ok: false; readonly error: unknown }

const waitingWebhooks = 2_000
const alertsInCommit = 2_000
/** Another replica, or somebody's click, may write the same group meanwhile. */
const commitTries = 20

/** Webhooks that come at the same time share a commit: one read and one write of a group, however many of them speak of it. */
export function createIntake(parts: IntakeParts): Intake {
  let received = 0

  async function commit(items: readonly Delivery[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const at = await parts.store.now()
      const changes = await changesFor(items, at)
      if (changes.length === 0) return
      const result = await parts.store.commit(changes)
      if (result.ok) return
      if (tries >= commitTries) throw new Error(`alerts: ${result.collection} ${result.id} is written all the time`)
    }
  }

  async function changesFor(items: readonly Delivery[], at: number): Promise<readonly Change[]> {
    const book = createBook(parts, at)
    const dogs = new Map<string, readonly Change[]>()
    for (const { notices } of items) for (const notice of notices) await hear(notice, { book, dogs, at })
    const tests = items.flatMap((item) =>
      item.tests.flatMap((test) => parts.showTest({ test, source: item.source, at })),
    )
    return distinct([...book.changes(), ...[...dogs.values()].flat(), ...tests])
  }

  async function hear(
    notice: Notice,
    { book, dogs, at }: { readonly book: Book; readonly dogs: Map<string, readonly Change[]>; readonly at: number },
  ): Promise<void> {
    const { watchdog } = parts
    const own = notice.source === 'readback'
    const isDog = (alert: Alert): boolean => !own && isWatchdog(watchdog, alert)
    if (watchdog) {
      for (const alert of notice.alerts.filter(isDog)) {
        const heard = await heardWatchdog(alert, watchdog, { store: parts.store, at })
        dogs.set(heard.id, heard.changes)
        for (const word of heard.notices) await hear(word, { book, dogs, at })
      }
    }
    const alerts = notice.alerts.filter((alert) => !isDog(alert))
    for (const part of routed(parts.routes, { ...notice, alerts })) await book.hear(part.notice, part.route)
  }

  async function alone(item: Delivery): Promise<Taken> {
    try {
      await commit([item])
      return { ok: true }
    } catch (error) {
      return { ok: false, error }
    }
  }

  const queue = createGroupCommit<Delivery, Taken>({
    flush: async (items) => {
      try {
        await commit(items)
        return items.map(() => ({ ok: true }))
      } catch (error) {
        if (items.length === 1) return [{ ok: false, error }]
        // One of them may be what does not work: it must not keep the others out.
        const answers: Taken[] = []
        for (const item of items) answers.push(await alone(item))
        return answers
      }
    },
    weight: ({ notices }) => 1 + notices.reduce((sum, { alerts }) => sum + alerts.length, 0),
    limit: alertsInCommit,
    full: { at: waitingWebhooks, error: () => new IntakeFull({ code: 'alerts_full' }) },
  })

  return {
    take: async (delivery) => {
      const taken = await queue.submit(delivery)
      if (!taken.ok) throw taken.error
      for (const { alerts } of delivery.notices) received += alerts.length
    },
    received: () => received,
  }
}

/** A commit takes one change for a document: of several with the same wish the last one counts. */
function distinct(changes: readonly Change[]): readonly Change[] {
  const last = new Map(changes.map((change) => [`${change.collection}\n${change.id}`, change]))
  return [...last.values()]
}
