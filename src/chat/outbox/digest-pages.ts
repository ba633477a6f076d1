import type { DigestRoom, Folded } from './digest.ts'

/** What a message of the digest is to show: the head (page 0), or a page in its thread. */
export interface DigestPage {
  readonly page: number
  readonly lines: readonly string[]
}

/**
 * Which message of a digest shows whom. A message takes lines until it is posted and is left alone then: new lines go into a new message, for a
 * channel takes many more posts than the whole workspace edits.
 */
export interface DigestPages {
  /** The message that still takes lines; undefined: the next line begins a new one. */
  open(): number | undefined
  /** That message was posted as it stood at `revision`; what was added later needs another one. */
  posted(page: number, revision: number): void
  /** Places who waits and stands nowhere yet, and answers the messages that change by it. */
  turn(waiting: readonly Folded[], at: { readonly now: number; readonly revision: number }): readonly DigestPage[]
  /** Who stands on the head. */
  onHead(): ReadonlySet<string>
  /** Pages so far, without the head. */
  count(): number
}

interface Sheet {
  readonly page: number
  readonly room: DigestRoom
  readonly lines: Map<string, { readonly line: string; readonly revision: number }>
  characters: number
}

/** A page is not begun for few lines, but none waits longer for one. */
const enoughLines = 25
const longestMs = 3_000

/** `known`: how many pages an earlier process has begun, without the head; undefined: not even that. */
export function createDigestPages(
  rooms: { readonly head: DigestRoom; readonly page: DigestRoom },
  known: number | undefined,
): DigestPages {
  let pages = known ?? -1
  let sheet: Sheet | undefined
  let since: number | undefined
  const placed = new Set<string>()
  const head = new Set<string>()

  const hasRoom = ({ room, lines, characters }: Sheet, line: string): boolean =>
    lines.size < room.lines && characters + line.length <= room.characters

  function begin(): Sheet {
    pages += 1
    return { page: pages, room: pages === 0 ? rooms.head : rooms.page, lines: new Map(), characters: 0 }
  }

  function place(folded: readonly Folded[], revision: number): readonly Sheet[] {
    const written = new Set<Sheet>()
    for (const { id, line } of folded) {
      const into = sheet && hasRoom(sheet, line) ? sheet : begin()
      into.lines.set(id, { line, revision })
      into.characters += line.length
      placed.add(id)
      if (into.page === 0) head.add(id)
      written.add(into)
      sheet = into
    }
    return [...written]
  }

  return {
    open: () => sheet?.page,
    posted: (page, revision) => {
      if (sheet?.page !== page) return
      for (const [id, line] of sheet.lines) {
        if (line.revision <= revision) continue
        placed.delete(id)
        head.delete(id)
      }
      sheet = undefined
    },
    turn: (waiting, { now, revision }) => {
      const ids = new Set(waiting.map(({ id }) => id))
      for (const id of placed) if (!ids.has(id)) placed.delete(id)
      const unplaced = waiting.filter(({ id }) => !placed.has(id))
      if (unplaced.length === 0) {
        since = undefined
        return []
      }
      since ??= now
      if (pages >= 0 && !sheet && unplaced.length < enoughLines && now - since < longestMs) return []
      since = undefined
      return place(unplaced, revision).map(({ page, lines }) => ({
        page,
        lines: [...lines.values()].map(({ line }) => line),
      }))
    },
    onHead: () => head,
    count: () => Math.max(0, pages),
  }
}
