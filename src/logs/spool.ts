import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'

/** The text of a follow, for the file at its end: deflated in memory, so that nothing of it is left on a disk by a crash. */
export interface Spool {
  /** A line of text, complete; `lines` of the log. */
  write(text: string, lines?: number): void
  /** The text from `since` on (epoch ms of arrival; chunks are whole, so a little more), or all of it. */
  read(since?: number): Promise<Spooled>
}

export interface Spooled {
  readonly pieces: readonly Uint8Array[]
  readonly lines: number
  /** What was left out, and behind which piece it is missing. */
  readonly gap: { readonly behind: number; readonly lines: number; readonly bytes: number } | undefined
}

export interface SpoolSettings {
  /** Bytes of text kept in all, UTF-8. */
  readonly most: number
  /** Of these the first ones, so that the file begins with the beginning. */
  readonly head: number
  readonly chunk: number
}

const mebibyte = 1_048_576
export const usualSpool: SpoolSettings = { most: 16 * mebibyte, head: mebibyte, chunk: 128 * 1_024 }

interface Chunk {
  readonly bytes: number
  readonly lines: number
  readonly from: number
  readonly to: number
  /** As it was written, until it is deflated. */
  raw: Buffer | undefined
  small: Buffer | undefined
}

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)

export function createSpool(
  { now, report }: { readonly now: () => number; readonly report: (error: unknown) => void },
  { most, head, chunk: chunkBytes }: SpoolSettings = usualSpool,
): Spool {
  const first: Chunk[] = []
  const rest: Chunk[] = []
  let firstBytes = 0
  let restBytes = 0
  let left = { lines: 0, bytes: 0 }
  let open: string[] = []
  let openBytes = 0
  let openLines = 0
  let openedAt = now()

  async function shrink(chunk: Chunk): Promise<void> {
    if (chunk.raw === undefined) return
    chunk.small = await deflate(chunk.raw, { level: 1 })
    chunk.raw = undefined
  }

  const put = (): void => {
    if (open.length === 0) return
    const raw = Buffer.from(open.join(''))
    const chunk: Chunk = { bytes: raw.length, lines: openLines, from: openedAt, to: now(), raw, small: undefined }
    open = []
    openBytes = 0
    openLines = 0
    if (firstBytes + chunk.bytes <= head && rest.length === 0) {
      first.push(chunk)
      firstBytes += chunk.bytes
    } else {
      rest.push(chunk)
      restBytes += chunk.bytes
    }
    while (firstBytes + restBytes > most && rest.length > 1) {
      const gone = rest.shift()
      if (gone === undefined) break
      restBytes -= gone.bytes
      left = { lines: left.lines + gone.lines, bytes: left.bytes + gone.bytes }
    }
    shrink(chunk).catch(report)
  }

  return {
    write: (text, lines = 1) => {
      if (open.length === 0) openedAt = now()
      open.push(text, '\n')
      openBytes += text.length + 1
      openLines += lines
      if (openBytes >= chunkBytes) put()
    },
    read: async (since = 0) => {
      put()
      const recent = ({ to }: Chunk): boolean => to >= since
      const [begin, end] = [first.filter(recent), rest.filter(recent)]
      const whole = left.bytes > 0 && begin.length === first.length
      const reaches = left.bytes > 0 && end.length === rest.length && (rest[0]?.from ?? 0) > since
      const gap = whole || reaches ? { behind: begin.length, ...left } : undefined
      const chunks = [...begin, ...end]
      const lines = chunks.reduce((sum, chunk) => sum + chunk.lines, 0)
      const pieces: Uint8Array[] = []
      for (const { raw, small } of chunks)
        pieces.push(raw ?? (small === undefined ? Buffer.alloc(0) : await inflate(small)))
      return { pieces, lines, gap }
    },
  }
}
