import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Collection, Store } from '../../src/store/store.ts'

/** One implementation, set up for one test. */
export interface StoreHarness {
  readonly store: Store
  /** Another handle on the same data: another replica where there can be one, else the same store. */
  readonly other: Store
  /** Closes everything and opens the same data again. */
  reopen(): Promise<Store>
  /** Closes and forgets. */
  end(): Promise<void>
}

export const Note = z.strictObject({
  text: z.string(),
  keys: z.array(z.string()).optional(),
  due: z.number().optional(),
})
export type Note = z.infer<typeof Note>

export function notes(name = `notes-${randomUUID()}`): Collection<Note> {
  return { name, parse: (raw) => Note.parse(raw), keys: (note) => note.keys ?? [], due: (note) => note.due }
}

export const conflict = (collection: { readonly name: string }, id: string) => ({
  ok: false,
  reason: 'conflict',
  collection: collection.name,
  id,
})
