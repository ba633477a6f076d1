/** The value below which that share of the samples lies. NaN without samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5)

/** Milliseconds that the work took. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** Each round runs every side once, in turn, so that whatever else the machine does meets all of them alike. */
export async function rounds<Sample>(
  count: number,
  sides: readonly (() => Promise<Sample>)[],
): Promise<readonly (readonly Sample[])[]> {
  const found = sides.map((): Sample[] => [])
  for (let round = 0; round < count; round += 1) {
    // Whoever is first in one round is last in the next.
    const order = sides.map((_, at) => (round % 2 === 0 ? at : sides.length - 1 - at))
    for (const at of order) {
      const sample = await sides[at]?.()
      if (sample !== undefined) found[at]?.push(sample)
    }
  }
  return found
}

/** The middle of the ratios of each round: what slows a whole round down falls out of it. */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.flatMap((value, at) => (theirs[at] ? [value / theirs[at]] : [])))
}
