import type { Clock } from '../../time/clock.ts'
import type { ServerResponse } from 'node:http'

/** A response that stays open: a watch, a log that is followed. */
export interface OpenStream {
  /** False when the reader is slower than we: wait for `drained`. */
  write(chunk: string | Uint8Array): boolean
  drained(): Promise<void>
  end(): void
  readonly isClosed: () => boolean
  /** The returned function takes it back: who waits often must not leave all that behind. */
  onClose(task: () => void): () => void
}

export interface OpenStreams {
  open(response: ServerResponse): OpenStream
  /** Connections die as when a proxy drops them; `torn` leaves half a line behind first. */
  cut(how: 'clean' | 'torn'): void
  /** Nothing is sent any more, and nobody is told: a half-open connection. */
  freeze(): void
  thaw(): void
  /** Streams are cut after so many ms without data, as a proxy does; undefined never. */
  setIdleLimit(ms: number | undefined): void
  count(): number
}

/** More unsent bytes than this, and a reader that does not wait for `drained` is too slow: the server ends its stream. */
const maxUnsent = 16 * 1024 * 1024

export function createOpenStreams(clock: Clock): OpenStreams {
  const streams = new Map<ServerResponse, { touch: () => void }>()
  let frozen = false
  let idleLimit: number | undefined

  return {
    open: (response) => {
      const closers = new Set<() => void>()
      let cancelIdle: (() => void) | undefined
      const touch = () => {
        cancelIdle?.()
        cancelIdle = idleLimit === undefined ? undefined : clock.after(idleLimit, () => response.destroy())
      }
      response.on('close', () => {
        cancelIdle?.()
        streams.delete(response)
        for (const close of closers) close()
        closers.clear()
      })
      streams.set(response, { touch })
      touch()
      return {
        write: (chunk) => {
          if (frozen || response.destroyed) return true
          touch()
          if (response.writableLength > maxUnsent) {
            response.destroy()
            return true
          }
          return response.write(chunk)
        },
        drained: () =>
          new Promise((resolve) => {
            if (response.destroyed || !response.writableNeedDrain) return resolve()
            const done = () => {
              response.off('drain', done)
              response.off('close', done)
              resolve()
            }
            response.on('drain', done)
            response.on('close', done)
          }),
        end: () => {
          if (!frozen) response.end()
        },
        isClosed: () => response.destroyed || response.writableEnded,
        onClose: (task) => {
          closers.add(task)
          return () => {
            closers.delete(task)
          }
        },
      }
    },
    cut: (how) => {
      for (const response of streams.keys()) {
        if (how === 'torn') response.write('{"type":"MODIFIED","object":{"kind":"Dep')
        // The torn half must reach the wire before the connection dies.
        setImmediate(() => response.destroy())
      }
    },
    freeze: () => {
      frozen = true
    },
    thaw: () => {
      frozen = false
    },
    setIdleLimit: (ms) => {
      idleLimit = ms
      for (const { touch } of streams.values()) touch()
    },
    count: () => streams.size,
  }
}
