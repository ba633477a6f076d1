/** Of values in any order, between neighbours in proportion (promql/quantile.go). */
export function quantile(share: number, values: readonly number[]): number {
  if (values.length === 0 || Number.isNaN(share)) return Number.NaN
  if (share < 0) return Number.NEGATIVE_INFINITY
  if (share > 1) return Number.POSITIVE_INFINITY
  const sorted = [...values].sort((one, other) => one - other)
  const rank = share * (sorted.length - 1)
  const below = Math.max(0, Math.floor(rank))
  const above = Math.min(sorted.length - 1, below + 1)
  const weight = rank - Math.floor(rank)
  return (sorted[below] ?? Number.NaN) * (1 - weight) + (sorted[above] ?? Number.NaN) * weight
}

export interface Bucket {
  readonly upTo: number
  readonly count: number
}

/** Of a classic histogram's cumulative buckets, in proportion inside a bucket; NaN without an infinite one or without observations. */
export function bucketQuantile(share: number, unsorted: readonly Bucket[]): number {
  if (Number.isNaN(share)) return Number.NaN
  if (share < 0) return Number.NEGATIVE_INFINITY
  if (share > 1) return Number.POSITIVE_INFINITY
  const buckets = monotonic([...unsorted].sort((one, other) => one.upTo - other.upTo))
  const last = buckets.at(-1)
  if (last?.upTo !== Number.POSITIVE_INFINITY || buckets.length < 2 || !(last.count > 0)) return Number.NaN
  const rank = share * last.count
  const index = buckets.findIndex(({ count }) => count >= rank)
  const found = buckets[index]
  if (found === undefined || index === buckets.length - 1) return buckets.at(-2)?.upTo ?? Number.NaN
  if (index === 0 && found.upTo <= 0) return found.upTo
  const before = index === 0 ? { upTo: 0, count: 0 } : (buckets[index - 1] ?? { upTo: 0, count: 0 })
  return before.upTo + ((found.upTo - before.upTo) * (rank - before.count)) / (found.count - before.count)
}

/** Buckets are scraped one after the other and may step back a little; equal bounds are one bucket. */
function monotonic(sorted: readonly Bucket[]): readonly Bucket[] {
  const kept: Bucket[] = []
  for (const { upTo, count } of sorted) {
    const before = kept.at(-1)
    if (before?.upTo === upTo) kept[kept.length - 1] = { upTo, count: before.count + count }
    else kept.push({ upTo, count })
  }
  let most = 0
  return kept.map(({ upTo, count }) => {
    most = Math.max(most, count)
    return { upTo, count: most }
  })
}
