import { linesOf, wholeText } from './entry.ts'
import type { Entry } from './entry.ts'
import type { FilterWish } from './filter.ts'
import type { Follow } from './follow-record.ts'
import type { Spool, Spooled } from './spool.ts'

/** What a file says besides the lines, in the language of the place. */
export interface FileWords {
  head(
    about: Pick<Follow, 'what' | 'cluster' | 'filter'> & { readonly lines: number; readonly losses: FileLosses },
  ): string
  skipped(lines: number): string
  leftOut(gap: { readonly lines: number; readonly bytes: number }): string
  filtered(filter: FilterWish): string
  missed(pod: string, runs: number): string
}

/** Of the whole follow: lines that were left out, and entries that stand out of order. */
export interface FileLosses {
  readonly skipped: number
  readonly late: number
}

export interface LogFile {
  readonly name: string
  readonly content: Uint8Array
}

/** An entry as it stands in the file: the stamp whole, so that the file can be compared with others. */
export function spoolEntry(spool: Spool, entry: Entry): void {
  const marks = `${entry.late ? ' ^' : ''}${entry.aside ? ' -' : ''}`
  spool.write(`${entry.stamp} ${entry.pod} ${entry.container}${marks} ${wholeText(entry)}`, linesOf(entry))
}

/** A remark between the lines. */
export const spoolRemark = (spool: Spool, remark: string): void => spool.write(`# ${remark}`, 0)

/** What was read, as the beginning of a file's name. */
export const fileNameOf = (what: string): string => what.replace(/[^\w.-]+/g, '-').slice(0, 60)

export function fileOf(
  follow: Pick<Follow, 'what' | 'cluster' | 'filter'>,
  { pieces, lines, gap }: Spooled,
  { words, at, losses }: { readonly words: FileWords; readonly at: number; readonly losses: FileLosses },
): LogFile {
  const remark = (text: string): Uint8Array => Buffer.from(text.replace(/^/gm, '# ') + '\n')
  const parts = [
    remark(words.head({ ...follow, lines, losses })),
    ...pieces.slice(0, gap?.behind ?? 0),
    ...(gap === undefined ? [] : [remark(words.leftOut(gap))]),
    ...pieces.slice(gap?.behind ?? 0),
  ]
  const moment = new Date(at).toISOString().slice(0, 19).replaceAll(':', '')
  return { name: `${fileNameOf(follow.what)}-${moment}Z.log`, content: Buffer.concat(parts) }
}
