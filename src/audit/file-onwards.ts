import { open } from 'node:fs/promises'
import { readAt } from './file-tail.ts'

const chunkSize = 256 * 1024
const newline = 10

/**
 * Complete lines between two bytes of a file, in their order and without their newline, and the byte after the last of them: at most `most`,
 * and of more than a chunk only what is needed for one line.
 */
export async function linesOnwards(
  path: string,
  { from, to, most }: { readonly from: number; readonly to: number; readonly most: number },
): Promise<{ readonly lines: readonly Buffer[]; readonly byte: number }> {
  const handle = await open(path, 'r')
  try {
    for (let size = chunkSize; ; size *= 2) {
      const chunk = await readAt(handle, from, Math.min(size, to - from))
      const lines: Buffer[] = []
      let start = 0
      for (let end = chunk.indexOf(newline); end !== -1 && lines.length < most; end = chunk.indexOf(newline, start)) {
        lines.push(chunk.subarray(start, end))
        start = end + 1
      }
      if (lines.length > 0 || chunk.length < size) return { lines, byte: from + start }
    }
  } finally {
    await handle.close()
  }
}
