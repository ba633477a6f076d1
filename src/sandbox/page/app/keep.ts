import { useState } from 'preact/hooks'

/** Small things that a browser remembers; a browser that refuses is fine, too. */
export function recall(name: string): string | undefined {
  try {
    return window.localStorage.getItem(`readback.${name}`) ?? undefined
  } catch {
    return undefined
  }
}

/** A value that was kept as JSON; undefined where there is none, or something else was kept under that name. */
export function recallJson(name: string): unknown {
  try {
    return JSON.parse(recall(name) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

export function keep(name: string, value: string): void {
  try {
    window.localStorage.setItem(`readback.${name}`, value)
  } catch {
    // Private windows may have no storage.
  }
}

export function useKept(name: string, otherwise: string): readonly [string, (value: string) => void] {
  const [value, setValue] = useState(() => recall(name) ?? otherwise)
  return [
    value,
    (next) => {
      keep(name, next)
      setValue(next)
    },
  ]
}
