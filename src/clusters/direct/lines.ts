/** Cuts a byte stream at its newlines without copying or decoding what is whole. */
export interface LineCutter {
  push(chunk: Buffer): void
  /** The last line may lack its newline. */
  end(): void
}

/** The line stands in `buffer` from `start` to `end`; `cut` bytes of it were left off. */
export type OnLine = (
  buffer: Buffer,
  range: { readonly start: number; readonly end: number; readonly cut: number },
) => void

const newline = 10

export function createLineCutter({
  maxBytes,
  onLine,
}: {
  readonly maxBytes: number
  readonly onLine: OnLine
}): LineCutter {
  let held: Buffer[] = []
  let heldBytes = 0
  let cut = 0

  const hold = (piece: Buffer): void => {
    const room = Math.min(piece.length, maxBytes - heldBytes)
    // A copy: a few bytes must not keep the whole chunk that they came in.
    if (room > 0) held.push(Buffer.from(piece.subarray(0, room)))
    heldBytes += room
    cut += piece.length - room
  }
  const give = (): void => {
    const line = Buffer.concat(held)
    onLine(line, { start: 0, end: line.length, cut })
    held = []
    heldBytes = 0
    cut = 0
  }

  return {
    push: (chunk) => {
      let start = 0
      let stop = chunk.indexOf(newline)
      if (stop !== -1 && (heldBytes > 0 || cut > 0)) {
        hold(chunk.subarray(0, stop))
        give()
        start = stop + 1
        stop = chunk.indexOf(newline, start)
      }
      while (stop !== -1) {
        const end = Math.min(stop, start + maxBytes)
        onLine(chunk, { start, end, cut: stop - end })
        start = stop + 1
        stop = chunk.indexOf(newline, start)
      }
      if (start < chunk.length) hold(chunk.subarray(start))
    },
    end: () => {
      if (heldBytes > 0 || cut > 0) give()
    },
  }
}
