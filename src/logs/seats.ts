import { z } from 'zod'
import type { Change, Collection, Store } from '../store/store.ts'
import { put, remove } from '../store/store.ts'
import type { Follow } from './follow-record.ts'

/** A place for one follow; whoever commits it first has it, so that no two who ask at once get the same. */
const Seat = z.object({ row: z.string(), follow: z.string() })
const seats: Collection<z.infer<typeof Seat>> = {
  name: 'log-follow-seats',
  parse: (raw) => Seat.parse(raw),
  keys: ({ row }) => [row],
}

/** Follows of a person, in a channel, and in all: each costs connections and memory. */
export const seatLimits = { person: 3, channel: 5, all: 30 }

export type Seating =
  | { readonly ok: true; readonly seats: readonly string[]; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly limit: number }

/** Free seats for a follow, as changes for the commit that begins it. A conflict of that commit means: ask again. */
export async function seatsFor(store: Store, { id, by, place }: Pick<Follow, 'id' | 'by' | 'place'>): Promise<Seating> {
  const rows = [
    { row: `by:${by.team}/${by.user}`, limit: seatLimits.person },
    { row: `in:${place.channel}`, limit: seatLimits.channel },
    { row: 'all', limit: seatLimits.all },
  ]
  const chosen: { readonly id: string; readonly row: string }[] = []
  for (const { row, limit } of rows) {
    const taken = new Set((await store.list(seats, { key: row, limit })).map((seat) => seat.id))
    const free = Array.from({ length: limit }, (_, at) => `${row}#${at + 1}`).find((seat) => !taken.has(seat))
    if (free === undefined) return { ok: false, limit }
    chosen.push({ id: free, row })
  }
  return {
    ok: true,
    seats: chosen.map((seat) => seat.id),
    changes: chosen.map((seat) => put(seats, { id: seat.id, value: { row: seat.row, follow: id }, expect: 'absent' })),
  }
}

export const leave = (taken: readonly string[]): readonly Change[] => taken.map((seat) => remove(seats, seat, 'any'))
