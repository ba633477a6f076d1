import type { Requirement } from './decision.ts'

/** For each role the higher count, different roles joined by *and*, the shortest expiry. */
export function mergeRequirements(requirements: readonly [Requirement, ...Requirement[]]): Requirement {
  if (requirements.length === 1) return requirements[0]
  const counts = new Map<string, number>()
  for (const { seats } of requirements) {
    for (const { role, count } of seats) counts.set(role, Math.max(counts.get(role) ?? 0, count))
  }
  return {
    names: [...new Set(requirements.flatMap(({ names }) => names))],
    seats: [...counts].map(([role, count]) => ({ role, count })),
    expiresMs: Math.min(...requirements.map(({ expiresMs }) => expiresMs)),
  }
}

export function seatsIn({ seats }: Requirement): number {
  return seats.reduce((sum, { count }) => sum + count, 0)
}
