import { setFlagsFromString } from 'node:v8'

/**
 * While logs are followed nearly all that is allocated is of no use a second later, and V8 would rather grow than collect it: some 150 MiB for a
 * hundred pods instead of 60, at the same speed. The flags are read anew at each collection (V8's `flag-definitions.h`).
 */
export function thriftyHeap(): (following: number) => void {
  let thrifty = false
  return (following) => {
    if (following > 0 === thrifty) return
    thrifty = following > 0
    setFlagsFromString(`--heap-growing-percent=${thrifty ? 10 : 0}`)
    setFlagsFromString(`--semi-space-growth-factor=${thrifty ? 1 : 2}`)
  }
}
