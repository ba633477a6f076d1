import type { Clock } from '../time/clock.ts'
import type { KnownClusters, Policy } from './policy.ts'
import type { PolicyProblem } from './problems.ts'
import type { PolicyRead } from './load.ts'
import type { WatchFolder } from './watch-folder.ts'
import { dirname } from 'node:path'
import { PolicyError } from './problems.ts'
import { loadPolicy } from './load.ts'
import { readText } from '../documents/yaml-text.ts'
import { watchFolder } from './watch-folder.ts'

export type PolicyState =
  /** The file as it stands is in force. */
  | { readonly kind: 'good'; readonly since: number }
  /** The file cannot be used; the policy read before `since` (epoch ms) stays in force. */
  | { readonly kind: 'stale'; readonly since: number; readonly problems: readonly PolicyProblem[] }

export type PolicyChange =
  | { readonly kind: 'replaced'; readonly policy: Policy; readonly before: string }
  | { readonly kind: 'kept'; readonly policy: Policy; readonly problems: readonly PolicyProblem[] }
  /** The file is again what is in force. */
  | { readonly kind: 'restored'; readonly policy: Policy }

export interface PolicySource {
  current(): Policy
  state(): PolicyState
  /** Reads the file now, whatever the watcher says. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface PolicySourceOptions {
  readonly path: string
  /** How rules and problems call the file; the path when absent. */
  readonly file?: string
  readonly clock: Clock
  readonly clusters: KnownClusters
  /** Told of each change of policy or state, in order. Must not throw. */
  readonly onChange: (change: PolicyChange) => void
  readonly watch?: WatchFolder
}

/** Editors and ConfigMap swaps touch a folder several times for one change. */
const settleMs = 200
/** Folders on NFS and some overlays tell nothing, so the file is looked at anyway. */
const lookMs = 10_000

/** Reads the policy file or throws `PolicyError`; then follows it. A file that cannot be used never replaces one that can. */
export async function createPolicySource(options: PolicySourceOptions): Promise<PolicySource> {
  const { path, clock, clusters, onChange } = options
  const file = options.file ?? path

  const read = async (): Promise<PolicyRead> => {
    try {
      const text = await readText(path, file)
      return text.ok ? loadPolicy({ text: text.text, file, clusters }) : { ok: false, problems: [text.problem] }
    } catch (error) {
      // Whatever a file can do to us, the last good policy outlives it.
      return { ok: false, problems: [{ code: 'file_unreadable', file, detail: String(error) }] }
    }
  }

  const first = await read()
  if (!first.ok) throw new PolicyError({ code: 'policy_unusable', file, problems: first.problems })
  let policy = first.policy
  let state: PolicyState = { kind: 'good', since: clock.now() }
  let reading: Promise<void> | undefined
  let again = false
  let closed = false
  let cancelSettle: (() => void) | undefined
  let cancelLook: (() => void) | undefined

  const apply = (next: PolicyRead) => {
    if (!next.ok) {
      const same = state.kind === 'stale' && JSON.stringify(state.problems) === JSON.stringify(next.problems)
      if (same) return
      state = { kind: 'stale', since: state.kind === 'stale' ? state.since : clock.now(), problems: next.problems }
      onChange({ kind: 'kept', policy, problems: next.problems })
    } else if (next.policy.digest !== policy.digest) {
      const before = policy.digest
      policy = next.policy
      state = { kind: 'good', since: clock.now() }
      onChange({ kind: 'replaced', policy, before })
    } else if (state.kind === 'stale') {
      state = { kind: 'good', since: clock.now() }
      onChange({ kind: 'restored', policy })
    }
  }

  const readUntilStill = async (): Promise<void> => {
    again = false
    const next = await read()
    if (closed) return
    apply(next)
    if (again) await readUntilStill()
  }

  const check = (): Promise<void> => {
    again = true
    reading ??= readUntilStill().finally(() => {
      reading = undefined
    })
    return reading
  }

  const soon = () => {
    cancelSettle?.()
    cancelSettle = clock.after(settleMs, () => void check())
  }
  const look = () => {
    cancelLook = clock.after(lookMs, () => {
      void check()
      look()
    })
  }
  const stopWatching = (options.watch ?? watchFolder)(dirname(path), soon)
  look()

  return {
    current: () => policy,
    state: () => state,
    check,
    close: async () => {
      closed = true
      cancelSettle?.()
      cancelLook?.()
      stopWatching()
      await reading
    },
  }
}
