/** A seat that only holders of `role` may fill. */
export interface Seat<Person> {
  readonly role: string
  readonly taken: Person | undefined
}

/** `count` seats for each role. */
export interface SeatCount {
  readonly role: string
  readonly count: number
}

/**
 * Seats as many people as possible, each on one seat of a role that they hold; earlier people keep a seat once they
 * have one, though perhaps another. (Maximum bipartite matching by augmenting paths.)
 */
export function seatPeople<Person>(
  seats: readonly SeatCount[],
  people: readonly { readonly person: Person; readonly roles: readonly string[] }[],
): readonly Seat<Person>[] {
  const roles = seats.flatMap(({ role, count }) => Array.from({ length: count }, () => role))
  const sitting: (number | undefined)[] = roles.map(() => undefined)

  const place = (index: number, tried: Set<number>): boolean => {
    const held = people[index]?.roles ?? []
    for (const [seat, role] of roles.entries()) {
      if (tried.has(seat) || !held.includes(role)) continue
      tried.add(seat)
      const sitter = sitting[seat]
      if (sitter !== undefined && !place(sitter, tried)) continue
      sitting[seat] = index
      return true
    }
    return false
  }
  for (const index of people.keys()) place(index, new Set())

  return roles.map((role, seat) => {
    const sitter = sitting[seat]
    return { role, taken: sitter === undefined ? undefined : people[sitter]?.person }
  })
}
