import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'

const blockSize = 64 * 1024
const newline = 10

/**
 * A file's complete lines from its end to its start, a block's worth at a time, newest first, without their newline.
 * What follows the last newline is not given: somebody may be writing it. `size` bounds where reading starts.
 */
export async function* linesBackwards(path: string, size: number): AsyncGenerator<readonly Buffer[]> {
  const handle = await open(path, 'r')
  try {
    let end = size
    /** Start of a line whose beginning lies in an earlier block; undefined until the last newline is found. */
    let rest: Buffer | undefined
    while (end > 0) {
      const start = Math.max(0, end - blockSize)
      const block = await readAt(handle, start, end - start)
      end = start
      let stop = block.length
      const lines: Buffer[] = []
      for (let at = block.lastIndexOf(newline); at !== -1; at = at === 0 ? -1 : block.lastIndexOf(newline, at - 1)) {
        const piece = block.subarray(at + 1, stop)
        if (rest !== undefined) lines.push(Buffer.concat([piece, rest]))
        rest = Buffer.alloc(0)
        stop = at
      }
      if (rest !== undefined) rest = Buffer.concat([block.subarray(0, stop), rest])
      if (lines.length > 0) yield lines
    }
    if (rest !== undefined && size > 0) yield [rest]
  } finally {
    await handle.close()
  }
}

export async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length)
  let read = 0
  while (read < length) {
    const { bytesRead } = await handle.read(buffer, read, length - read, position + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return buffer.subarray(0, read)
}
