/** So much more of a refused body is read and thrown away: a sender that is cut off while it sends never hears why. */
const patienceBytes = 8 * 1024 * 1024

/** A request's body; undefined where it is longer than `limit` bytes. Holds no more than `limit` at a time. */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Uint8Array | undefined> {
  if (body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop early cancels the stream.
  for await (const chunk of body) {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else chunks.length = 0
    if (size > limit + patienceBytes) break
  }
  return size > limit ? undefined : Buffer.concat(chunks)
}
