import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { AuditHead } from './audit.ts'
import { emptyHead, headOf } from './chain.ts'
import { linesBackwards, readAt } from './file-tail.ts'
import { AuditError } from './problems.ts'

/** A flush is at most this long, give or take one record: only so much can be unfinished. */
const lastFlush = 2 * 1024 * 1024
const newline = 10

/**
 * Cuts a torn end off the trail and tells the head that is left. Torn is what a crash leaves: bytes after the last
 * newline, and lines with zero bytes, which are blocks that never reached the disk. A line that is whole but wrong was
 * altered by somebody: it is never cut, `audit_broken` is thrown.
 */
export async function mendTail(path: string): Promise<{ readonly head: AuditHead; readonly cut: Buffer }> {
  const handle = await open(path, 'r+')
  let keep: number
  let cut: Buffer
  try {
    const { size } = await handle.stat()
    const from = Math.max(0, size - lastFlush)
    const tail = await readAt(handle, from, size - from)
    const zero = tail.indexOf(0)
    const end = zero === -1 ? tail.lastIndexOf(newline) + 1 : zero === 0 ? 0 : tail.lastIndexOf(newline, zero - 1) + 1
    if (end === 0 && from > 0)
      throw new AuditError({ code: 'audit_broken', where: basename(path), why: 'not-a-record' })
    keep = from + end
    cut = Buffer.from(tail.subarray(end))
    if (cut.length > 0) {
      await handle.truncate(keep)
      await handle.sync()
    }
  } finally {
    await handle.close()
  }
  for await (const [last] of linesBackwards(path, keep)) {
    if (last === undefined) break
    const head = headOf(last)
    if (typeof head === 'string') throw new AuditError({ code: 'audit_broken', where: basename(path), why: head })
    return { head, cut }
  }
  return { head: emptyHead, cut }
}
