import { splitLines } from '../disk/byte-lines.ts'
import type { AuditHead } from './audit.ts'
import { emptyHead, follow } from './chain.ts'
import type { Flaw } from './problems.ts'

export type Verification =
  | { readonly ok: true; readonly head: AuditHead }
  /** `line` counts from 1 and is the first that does not follow from those before it. */
  | { readonly ok: false; readonly why: Flaw; readonly line: number; readonly before: AuditHead }
  /** The chain holds in itself, but ends before the head that was written down elsewhere, or passes it with another hash. */
  | {
      readonly ok: false
      readonly why: 'head-short' | 'head-differs'
      readonly expected: AuditHead
      readonly found: AuditHead
    }

/** Walks the whole chain in bounded memory. A longer trail than `expected` is good if it had that hash at that count. */
export async function verifyChain(chunks: AsyncIterable<Buffer>, expected?: AuditHead): Promise<Verification> {
  let head = emptyHead
  let atExpected = expected?.count === 0 ? head : undefined
  for await (const { lines, torn } of splitLines(chunks)) {
    for (const line of lines) {
      const next = follow(head, line)
      if (typeof next === 'string') return { ok: false, why: next, line: head.count + 1, before: head }
      head = next
      if (head.count === expected?.count) atExpected = head
    }
    if (torn !== undefined) return { ok: false, why: 'torn', line: head.count + 1, before: head }
  }
  if (expected === undefined) return { ok: true, head }
  if (atExpected === undefined) return { ok: false, why: 'head-short', expected, found: head }
  if (atExpected.hash !== expected.hash) return { ok: false, why: 'head-differs', expected, found: atExpected }
  return { ok: true, head }
}
