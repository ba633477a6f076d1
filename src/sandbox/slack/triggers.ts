import type { Clock } from '../../time/clock.ts'

/** Permission to open one form: single use, dead after 3 s. */
export interface Triggers {
  /** `view`: where the person did something, if it was inside of one. */
  readonly issue: (user: string, view?: string) => string
  /** Uses it up. */
  readonly redeem: (
    trigger: string,
  ) =>
    | { readonly user: string; readonly view: string | undefined }
    | 'expired_trigger_id'
    | 'exchanged_trigger_id'
    | 'invalid_trigger_id'
}

const lifetime = 3_000
const remembered = 1_000

export function createTriggers(clock: Clock, nextId: (prefix: string) => string): Triggers {
  const issued = new Map<string, { user: string; view: string | undefined; at: number; used: boolean }>()
  return {
    issue: (user, view) => {
      const trigger = `${clock.now()}.${nextId('').toLowerCase()}.${user.toLowerCase()}`
      issued.set(trigger, { user, view, at: clock.now(), used: false })
      for (const oldest of issued.keys()) {
        if (issued.size <= remembered) break
        issued.delete(oldest)
      }
      return trigger
    },
    redeem: (trigger) => {
      const found = issued.get(trigger)
      if (found === undefined) return 'invalid_trigger_id'
      if (found.used) return 'exchanged_trigger_id'
      if (clock.now() - found.at > lifetime) return 'expired_trigger_id'
      found.used = true
      return { user: found.user, view: found.view }
    },
  }
}
