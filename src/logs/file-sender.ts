import type { Clock } from '../time/clock.ts'
import { fileOf } from './file-text.ts'
import type { FileLosses, FileWords, LogFile } from './file-text.ts'
import type { Follow } from './follow-record.ts'
import type { Spool } from './spool.ts'

/** Puts what a follow has kept into its thread. A file that does not arrive is reported and never keeps anybody waiting for long. */
export interface FileSender {
  /** All of it, or what came from `since` on (epoch ms); gives up after `patienceMs`. */
  send(wish: { readonly since?: number; readonly patienceMs: number }): Promise<void>
  /** What became of the last one. */
  state(): FileState
}

export type FileState = 'none' | 'sent' | 'failed'

export interface FileSenderParts {
  readonly clock: Clock
  readonly spool: Spool
  readonly words: FileWords
  /** The follow with the filter that it has now. */
  readonly follow: () => Follow
  /** Lines left out so far, and entries out of order. */
  readonly losses: () => FileLosses
  readonly upload: (file: LogFile) => Promise<void>
  readonly report: (error: unknown, about: string) => void
}

export function createFileSender({ clock, spool, words, follow, losses, upload, report }: FileSenderParts): FileSender {
  let state: FileState = 'none'
  return {
    send: async ({ since, patienceMs }) => {
      let giveUp = (): void => {}
      const late = new Promise<never>((_, reject) => {
        giveUp = clock.after(patienceMs, () => reject(new Error('the file could not be uploaded in time')))
      })
      const bring = async (): Promise<void> => {
        const kept = await spool.read(since)
        await upload(fileOf(follow(), kept, { words, at: clock.now(), losses: losses() }))
      }
      try {
        await Promise.race([bring(), late])
        state = 'sent'
      } catch (error) {
        state = 'failed'
        report(error, follow().id)
      } finally {
        giveUp()
      }
    },
    state: () => state,
  }
}
