/** What just became different; enough for a page to redraw only that. */
export type Change =
  | { readonly kind: 'message'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'ephemeral'; readonly user: string; readonly channel: string; readonly ts: string }
  | { readonly kind: 'view'; readonly user: string; readonly view: string }
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'person'; readonly user: string }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'app' }
  | { readonly kind: 'sockets'; readonly open: number }
  | { readonly kind: 'traffic' }
  | { readonly kind: 'finding' }
  | { readonly kind: 'imported' }

export interface Changes {
  readonly tell: (change: Change) => void
  readonly onChange: (listener: (change: Change) => void) => () => void
  /** Resolves with the first value of `look` that is neither undefined nor false, looking now and after each change. Rejects on stop. */
  readonly waitFor: <Found>(look: () => Found | undefined | false) => Promise<Found>
  readonly stop: () => void
}

export function createChanges(): Changes {
  const listeners = new Set<(change: Change) => void>()
  const waiting = new Set<(reason: Error) => void>()
  const onChange: Changes['onChange'] = (listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    tell: (change) => {
      for (const listener of listeners) listener(change)
    },
    onChange,
    waitFor: (look) =>
      new Promise((resolve, reject) => {
        const done = () => {
          off()
          waiting.delete(give)
        }
        const give = (reason: Error) => {
          done()
          reject(reason)
        }
        const check = () => {
          try {
            const found = look()
            if (found === undefined || found === false) return
            done()
            resolve(found)
          } catch (cause) {
            give(new Error('waitFor: the predicate threw', { cause }))
          }
        }
        const off = onChange(check)
        waiting.add(give)
        check()
      }),
    stop: () => {
      for (const give of waiting) give(new Error('waitFor: the Slack server stopped first'))
      listeners.clear()
    },
  }
}
