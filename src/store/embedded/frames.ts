import type { Document } from './document.ts'
import type { Effect } from './tables.ts'
import { crc32 } from 'node:zlib'
import { z } from 'zod'

/** The layout of journal and snapshot. A file with a higher one is refused. */
export const layout = 1

/** One line of the journal: a checksum, a space, JSON. Everything that one flush wrote stands in one frame: it counts whole or not at all. */
export function encodeFrame(json: string): Buffer {
  const text = `${json}\n`
  return Buffer.from(`${checksum(Buffer.from(json))} ${text}`)
}

/** The frame's JSON, or undefined where the checksum does not fit. */
export function decodeFrame(line: Buffer): unknown {
  const json = line.subarray(9)
  if (line.length < 11 || line[8] !== 0x20 || line.toString('latin1', 0, 8) !== checksum(json)) return undefined
  const parsed: unknown = JSON.parse(json.toString('utf8'))
  return parsed
}

export function checksum(bytes: Uint8Array, before = 0): string {
  return crc32(bytes, before).toString(16).padStart(8, '0')
}

/** First line of a journal: frames start after number `after`. */
export const JournalHeader = z.strictObject({
  readback: z.literal('journal'),
  version: z.literal(layout),
  generation: z.int().nonnegative(),
  after: z.int().nonnegative(),
})
export type JournalHeader = z.infer<typeof JournalHeader>

/** `[collection, id, version, keys, due, value]` */
export const StoredDocument = z.tuple([
  z.string(),
  z.string(),
  z.int().positive(),
  z.array(z.string()),
  z.number().nullable(),
  z.unknown(),
])

const Frame = z.strictObject({
  frame: z.int().positive(),
  put: z.array(StoredDocument),
  remove: z.array(z.tuple([z.string(), z.string()])),
})

/** A frame's number and what it did. Throws on any other JSON. */
export function readFrame(raw: unknown): { readonly frame: number; readonly effects: readonly Effect[] } {
  const { frame, put, remove } = Frame.parse(raw)
  return {
    frame,
    effects: [...remove.map(([collection, id]) => ({ collection, id, document: undefined })), ...put.map(readDocument)],
  }
}

export function readDocument([collection, id, version, keys, due, value]: z.infer<typeof StoredDocument>): Effect & {
  readonly document: Document
} {
  return { collection, id, document: { id, version, json: JSON.stringify(value), keys, due: due ?? undefined } }
}

/** A document as journal and snapshot write it. */
export function documentText(collection: string, { id, version, keys, due, json }: Document): string {
  return `[${JSON.stringify(collection)},${JSON.stringify(id)},${version},${JSON.stringify(keys)},${due ?? 'null'},${json}]`
}

/** The frame's JSON. Of several effects on one document only the last is given. */
export function frameText(frame: number, effects: Iterable<Effect>): string {
  const put: string[] = []
  const remove: string[] = []
  for (const { collection, id, document } of effects) {
    if (document === undefined) remove.push(JSON.stringify([collection, id]))
    else put.push(documentText(collection, document))
  }
  return `{"frame":${frame},"put":[${put.join(',')}],"remove":[${remove.join(',')}]}`
}
