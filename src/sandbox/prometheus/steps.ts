/** A value that stays until it changes. */
export interface Steps {
  record(at: number, value: number): void
  /** Undefined before the first. */
  at(moment: number): number | undefined
}

const most = 1_000

export function createSteps(): Steps {
  let changes: { readonly at: number; readonly value: number }[] = []
  return {
    record: (at, value) => {
      if (changes.at(-1)?.value === value) return
      changes.push({ at, value })
      if (changes.length > most) changes = changes.slice(-most / 2)
    },
    at: (moment) => changes.findLast(({ at }) => at <= moment)?.value,
  }
}
