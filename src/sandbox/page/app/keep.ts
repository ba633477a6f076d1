import { useState } from 'preact/hooks'

/** Small things that a browser remembers; a browser that refuses is fine, too. */
export function recall(name: string): string | undefined {
  try {
    return window.localStorage.getItem(`readback.${name}`) ?? undefined
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
