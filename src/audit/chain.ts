import { hash } from 'node:crypto'
import type { Flaw } from './problems.ts'
import type { AuditEntry, AuditHead } from './audit.ts'

/** The head of a trail without records. */
export const emptyHead: AuditHead = { count: 0, hash: '0'.repeat(64) }

/** `,"prev":"<64 hex>","hash":"<64 hex>"}` */
const hashMember = ',"hash":"'
const prevMember = ',"prev":"'
const hashLength = hashMember.length + 64 + 2
const prevLength = prevMember.length + 64 + 1

type EntryParts = { readonly [Key in keyof AuditEntry]: AuditEntry[Key] | undefined }

/** The part of a record's line that is its entry: everything between time and `prev`. */
export function entryText({ what, who, cluster, action, target, operation, channel, details }: EntryParts): string {
  return JSON.stringify({ what, who, cluster, action, target, operation, channel, details }).slice(1, -1)
}

/**
 * One record as its line, without the newline: number and time first, `prev` and `hash` last. The hash is the SHA-256
 * of the line's bytes before `,"hash"`, so any language checks it with a line splitter.
 */
export function link(head: AuditHead, entry: string, at: number): { readonly line: string; readonly head: AuditHead } {
  const count = head.count + 1
  const body = `{"seq":${count},"time":"${new Date(at).toISOString()}",${entry}${prevMember}${head.hash}"`
  const digest = hash('sha256', body, 'hex')
  return { line: `${body}${hashMember}${digest}"}`, head: { count, hash: digest } }
}

/** The head after a line, if it follows `head`; else what is wrong with it. Looks at bytes only. */
export function follow(head: AuditHead, line: Buffer): AuditHead | Flaw {
  const read = readEnd(line)
  if (read === undefined) return 'not-a-record'
  const count = head.count + 1
  const number = `{"seq":${count},`
  if (line.toString('latin1', 0, number.length) !== number) return line[0] === 0x7b ? 'sequence' : 'not-a-record'
  if (read.prev !== head.hash) return 'prev'
  if (hash('sha256', line.subarray(0, line.length - hashLength), 'hex') !== read.hash) return 'hash'
  return { count, hash: read.hash }
}

/** `prev` and `hash` from their places at the line's end. */
export function readEnd(line: Buffer): { readonly prev: string; readonly hash: string } | undefined {
  const hashAt = line.length - hashLength
  const prevAt = hashAt - prevLength
  if (prevAt < 0) return undefined
  const end = line.toString('latin1', prevAt)
  const shaped = end.startsWith(prevMember) && end.startsWith(`"${hashMember}`, prevLength - 1) && end.endsWith('"}')
  if (!shaped) return undefined
  const found = { prev: end.slice(prevMember.length, prevMember.length + 64), hash: end.slice(-66, -2) }
  return found
}

const sequence = /^\{"seq":(\d{1,15}),/

/** The head that a single line states, if its own bytes bear it out. */
export function headOf(line: Buffer): AuditHead | Flaw {
  const read = readEnd(line)
  const digits = sequence.exec(line.toString('latin1', 0, 32))?.[1]
  if (read === undefined || digits === undefined) return 'not-a-record'
  return follow({ count: Number(digits) - 1, hash: read.prev }, line)
}

/** `COUNT:HASH`, as it is posted and as the command line takes it. */
export function headText({ count, hash }: AuditHead): string {
  return `${count}:${hash}`
}

/** Undefined for text of another shape. */
export function parseHead(text: string): AuditHead | undefined {
  const found = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim())
  const [, count, hash] = found ?? []
  return count === undefined || hash === undefined ? undefined : { count: Number(count), hash: hash.toLowerCase() }
}
