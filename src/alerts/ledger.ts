import type { Change, Store, Stored } from '../store/store.ts'
import { put } from '../store/store.ts'
import type { Turn } from '../store/turn.ts'
import { conflict, untilWritten } from '../store/until-written.ts'
import { alertGroups, openKey } from './group.ts'
import type { AlertGroup, AlertGroupId } from './group.ts'
import type { AlertStep } from './lifecycle.ts'

/**
 * What the chat shows of a group, for the commit that writes `version` of it and takes it one step on. `soon`: somebody waits for it, or it begins
 * or ends; other edits are thinned out.
 */
export type ShowGroup = (
  group: AlertGroup,
  at: { readonly version: number; readonly step?: AlertStep; readonly pace: 'soon' | 'thinned' },
) => readonly Change[]

/** What an amendment comes to: the group as it is to be, with what has to become true together with it; undefined: leave it as it is. */
export type Amendment = { readonly next: AlertGroup; readonly with?: readonly Change[] } | undefined

/** The record of alert groups. Each step is one conditional commit together with what the card shows then. */
export interface AlertLedger {
  get(id: AlertGroupId): Promise<Stored<AlertGroup> | undefined>
  /** Groups that fire, by id, after `after`, at most `limit`. */
  open(limit: number, after?: string): Promise<readonly Stored<AlertGroup>[]>
  /**
   * Reads the group, asks what it is to become, and writes that with its card; asked again where somebody else wrote meanwhile.
   * Answers what is stored then; undefined where there is no such group (any more). Throws `store_contended`.
   */
  amend(id: AlertGroupId, change: (group: AlertGroup) => Amendment): Promise<Stored<AlertGroup> | undefined>
}

/** With a `turn`, it writes only while this process has it. */
export function createAlertLedger({
  store,
  show,
  turn,
}: {
  readonly store: Store
  readonly show: ShowGroup
  readonly turn?: Turn
}): AlertLedger {
  const get: AlertLedger['get'] = (id) => store.get(alertGroups, id)
  return {
    get,
    open: (limit, after) => store.list(alertGroups, { key: openKey, limit, ...(after === undefined ? {} : { after }) }),
    amend: (id, change) =>
      untilWritten(alertGroups, async () => {
        const found = await get(id)
        if (!found) return undefined
        const amendment = change(found.value)
        if (!amendment || turn?.mine() === false) return found
        const { next } = amendment
        const version = found.version + 1
        const { ok } = await store.commit([
          put(alertGroups, { id, value: next, expect: found.version }),
          ...show(next, { version, pace: 'soon' }),
          ...(amendment.with ?? []),
          ...(turn?.guard() ?? []),
        ])
        return ok ? { id, version, value: next } : conflict
      }),
  }
}
