import type { Change, Store, Stored } from '../store/store.ts'
import { put } from '../store/store.ts'
import type { Notice } from './alert.ts'
import { alertGroupId } from './group-id.ts'
import { alertGroups, currentIncidents, keyOf } from './group.ts'
import type { AlertGroup, AlertGroupId } from './group.ts'
import { advance, openIncident } from './incident.ts'
import type { ShowGroup } from './ledger.ts'
import type { AlertListener, AlertStep } from './lifecycle.ts'
import type { Route } from './routes.ts'
import { workloadOf } from './workload.ts'

export interface BookParts {
  readonly store: Store
  readonly show: ShowGroup
  readonly listener: AlertListener
  /** Names of the configured clusters. */
  readonly clusters: ReadonlySet<string>
}

/** What was merely heard again is written no more often than this. */
const hearsayMs = 300_000

interface Entry {
  readonly key: string
  readonly pointer: number | 'absent'
  /** As the store has it; undefined for a group that opens. */
  readonly stored: Stored<AlertGroup> | undefined
  group: AlertGroup
  moved: boolean
  /** A new incident: the pointer has to move on. */
  fresh: boolean
}

/** Working copies of the groups that a batch of notices is about, and what to commit for them. Used once. */
export interface Book {
  hear(notice: Notice, route: Route): Promise<void>
  changes(): readonly Change[]
}

export function createBook({ store, show, listener, clusters }: BookParts, at: number): Book {
  const entries = new Map<string, Entry>()

  async function freeId(key: string): Promise<AlertGroupId> {
    for (let attempt = 0; ; attempt += 1) {
      const id = alertGroupId(key, at, attempt)
      if (!(await store.get(alertGroups, id))) return id
    }
  }

  async function find(key: string): Promise<Omit<Entry, 'group'>> {
    const pointer = await store.get(currentIncidents, key)
    const stored = pointer && (await store.get(alertGroups, pointer.value.id))
    return { key, pointer: pointer?.version ?? 'absent', stored, moved: false, fresh: false }
  }

  async function opened(key: string, notice: Notice, route: Route): Promise<AlertGroup> {
    const { channel, escalate } = route
    return openIncident(notice, { id: await freeId(key), channel, escalate }, at).group
  }

  async function hear(notice: Notice, route: Route): Promise<void> {
    const key = keyOf(notice.source, notice.groupKey)
    const known = entries.get(key)
    const found = known ?? (await find(key))
    const before = known?.group ?? found.stored?.value
    const advanced = before && advance(before, notice, { at, escalate: route.escalate })
    const next = advanced === undefined || advanced === 'next'
    const group = named(next ? await opened(key, notice, route) : advanced.group)
    entries.set(key, {
      ...found,
      ...(next ? { stored: undefined, fresh: true } : {}),
      group,
      moved: found.moved || next || advanced.news === 'moved',
    })
  }

  /** Where labels name the workload they win; what was looked up stays while they name none. */
  function named(group: AlertGroup): AlertGroup {
    const found = workloadOf(group, clusters)
    if (found === 'unnamed') return group
    const { workload: _, ...rest } = group
    return found === 'several' ? rest : { ...rest, workload: found }
  }

  function written({ key, pointer, stored, group, moved, fresh }: Entry): readonly Change[] {
    if (!moved && stored && at - stored.value.heardAt < hearsayMs) return []
    const version = (stored?.version ?? 0) + 1
    const step = stepOf(stored?.value, group)
    return [
      put(alertGroups, { id: group.id, value: group, expect: stored?.version ?? 'absent' }),
      ...(fresh ? [put(currentIncidents, { id: key, value: { id: group.id }, expect: pointer })] : []),
      ...(moved
        ? show(group, { version, ...(step === undefined ? { pace: 'thinned' } : { step, pace: 'soon' }) })
        : []),
      ...(step === undefined ? [] : listener.changes(step, group)),
    ]
  }

  return { hear, changes: () => [...entries.values()].flatMap(written) }
}

/** From what the store had to what it will have: what came and went in one batch is no step. */
export function stepOf(before: AlertGroup | undefined, after: AlertGroup): AlertStep | undefined {
  if (!before) return after.state === 'firing' ? 'opened' : 'resolved'
  if (before.state === after.state) return undefined
  return after.state === 'firing' ? 'reopened' : 'resolved'
}
