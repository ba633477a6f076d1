import type { Clock } from '../../time/clock.ts'
import { readFile } from 'node:fs/promises'

/** A small file that somebody else replaces (service account tokens and CAs rotate hourly). */
export interface FreshFile {
  /** Text at most a minute old. A file that cannot be read any more counts as unchanged; one that never could throws. */
  get(): Promise<string>
  /** The next `get` reads. */
  invalidate(): void
}

const freshMs = 60_000

export function createFreshFile(path: string, clock: Clock): FreshFile {
  let text: string | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<string> | undefined

  const read = async (): Promise<string> => {
    try {
      text = await readFile(path, 'utf8')
    } catch (error) {
      if (text === undefined) throw error
    } finally {
      reading = undefined
    }
    readAt = clock.now()
    return text
  }
  return {
    get: async () => {
      if (text !== undefined && clock.now() - readAt < freshMs) return text
      reading ??= read()
      return await reading
    },
    invalidate: () => {
      readAt = Number.NEGATIVE_INFINITY
    },
  }
}
