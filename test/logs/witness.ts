import type { Entry } from '../../src/logs/entry.ts'

/** What a follow is measured by: each pod of a lab numbers its lines (`seq=17`, or `"seq":17`), so that holes and repeats show. */
export interface Witness {
  see(entry: Entry): void
  readonly seen: number
  /** Entries that stand behind newer ones. */
  readonly disordered: number
  /** Of these, how many are not marked so. */
  readonly unmarked: number
  /** Lines that stand behind a later one of their own pod. */
  readonly swapped: number
  /** Lines that were seen more than once. */
  readonly repeated: number
  /** Numbers missing between the first and the last line seen of a pod. */
  missing(): number
  /** The highest number seen of each pod, and the lowest. */
  readonly pods: ReadonlyMap<string, { readonly first: number; readonly last: number }>
}

export const numberOf = (text: string): number => Number(/seq(?:=|":)(\d+)/.exec(text)?.[1] ?? -1)

export function aWitness(): Witness {
  const pods = new Map<string, { first: number; last: number; count: number; readonly gone: Set<number> }>()
  let seen = 0
  let disordered = 0
  let unmarked = 0
  let swapped = 0
  let repeated = 0
  let newest = ''
  return {
    see: ({ pod, stamp, text, late }) => {
      seen += 1
      if (stamp < newest) {
        disordered += 1
        if (!late) unmarked += 1
      } else newest = stamp
      const number = numberOf(text)
      const known = pods.get(pod) ?? { first: number, last: number - 1, count: 0, gone: new Set<number>() }
      pods.set(pod, known)
      known.count += 1
      if (number > known.last) {
        for (let at = known.last + 1; at < number; at += 1) known.gone.add(at)
        known.last = number
      } else if (known.gone.delete(number)) swapped += 1
      else repeated += 1
    },
    get seen() {
      return seen
    },
    get disordered() {
      return disordered
    },
    get unmarked() {
      return unmarked
    },
    get swapped() {
      return swapped
    },
    get repeated() {
      return repeated
    },
    missing: () => [...pods.values()].reduce((sum, { gone }) => sum + gone.size, 0),
    pods,
  }
}
