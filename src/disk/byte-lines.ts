import { open } from 'node:fs/promises'

/** Complete lines, without their newline. `torn` is what follows the last newline; only the last portion can have it. */
export interface Lines {
  readonly lines: readonly Buffer[]
  readonly torn: Buffer | undefined
}

const newline = 10
const longestLine = 64 * 1024 * 1024

/** Cuts a stream into lines, a chunk's worth at a time. A line over 64 MiB ends the reading as torn. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Lines> {
  let rest: Buffer[] = []
  let restLength = 0
  for await (const chunk of chunks) {
    let start = 0
    const lines: Buffer[] = []
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const piece = chunk.subarray(start, end)
      lines.push(restLength === 0 ? piece : Buffer.concat([...rest, piece]))
      rest = []
      restLength = 0
      start = end + 1
    }
    if (start < chunk.length) {
      rest.push(chunk.subarray(start))
      restLength += chunk.length - start
    }
    if (lines.length > 0) yield { lines, torn: undefined }
    if (restLength > longestLine) break
  }
  if (restLength > 0) yield { lines: [], torn: Buffer.concat(rest) }
}

/** A file's bytes from its start to the size it had when reading began. */
export async function* readChunks(path: string, chunkSize = 1024 * 1024): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    for (let at = 0; at < size;) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(Math.min(chunkSize, size - at)), {
        position: at,
      })
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}
