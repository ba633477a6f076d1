import type { Clock } from '../../time/clock.ts'
import type { Response } from './exchange.ts'

/** A stream said nothing for so long that its connection is taken for dead. */
class SilenceError extends Error {
  override readonly name = 'SilenceError'
}

/**
 * A body's chunks as they come. Throws `SilenceError` when nothing comes for `idleMs` while somebody waits for it: a slow
 * reader is not a dead connection. The body is destroyed however this ends.
 */
export async function* chunksOf(
  body: Response['body'],
  { clock, idleMs }: { readonly clock: Clock; readonly idleMs: number },
): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<unknown> = body[Symbol.asyncIterator]()
  try {
    for (;;) {
      const cancel = clock.after(idleMs, () => body.destroy(new SilenceError(`nothing came for ${idleMs} ms`)))
      const next = await chunks.next().finally(cancel)
      if (next.done) return
      if (Buffer.isBuffer(next.value)) yield next.value
    }
  } finally {
    body.destroy()
  }
}
