import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { Low } from 'lowdb'
import { z } from 'zod'
import { readChunks, splitLines } from '../../disk/byte-lines.ts'
import { replaceFile } from '../../disk/durable-file.ts'
import { StoreError } from '../problems.ts'
import { documentText, layout, readDocument, StoredDocument } from './frames.ts'
import type { Document } from './document.ts'
import type { Tables } from './tables.ts'

/** Everything there was when journal `generation` began, after frame `frame`. */
export interface Snapshot {
  readonly generation: number
  readonly frame: number
  readonly collections: ReturnType<Tables['capture']>
}

const start = /^\{"readback":"snapshot","version":(\d{1,9}),/
const Header = z.strictObject({
  readback: z.literal('snapshot'),
  version: z.literal(layout),
  generation: z.int().nonnegative(),
  frame: z.int().nonnegative(),
})
const Footer = z.strictObject({ count: z.int().nonnegative(), crc: z.string() })
const pieceSize = 256 * 1024

/**
 * The snapshot as a lowdb database, with an adapter that syncs what lowdb's own does not: file and folder.
 * The file is one JSON object, a document a line, so that reading and writing never hold its text as a whole.
 */
export function snapshotDatabase(path: string): Low<{ snapshot: Snapshot | undefined }> {
  const nothing: { snapshot: Snapshot | undefined } = { snapshot: undefined }
  return new Low(
    {
      read: async () => ({ snapshot: await readSnapshot(path) }),
      write: async ({ snapshot }) => {
        if (snapshot !== undefined) await replaceFile(path, snapshotPieces(snapshot))
      },
    },
    nothing,
  )
}

function* snapshotPieces({ generation, frame, collections }: Snapshot): Generator<Buffer> {
  const header = { readback: 'snapshot', version: layout, generation, frame } satisfies z.infer<typeof Header>
  let text = `${JSON.stringify(header).slice(0, -1)},"documents":[\n`
  let crc = 0
  let count = 0
  const piece = () => {
    const bytes = Buffer.from(text)
    crc = crc32(bytes, crc)
    text = ''
    return bytes
  }
  for (const { collection, documents } of collections) {
    for (const document of documents) {
      text += `${count === 0 ? '' : ','}${documentText(collection, document)}\n`
      count += 1
      if (text.length >= pieceSize) yield piece()
    }
  }
  yield piece()
  yield Buffer.from(`],${JSON.stringify({ count, crc: crc.toString(16).padStart(8, '0') }).slice(1)}\n`)
}

/** Undefined where there is no file; throws `StoreError` for one that is damaged, newer or somebody else's. */
async function readSnapshot(path: string): Promise<Snapshot | undefined> {
  const file = basename(path)
  const corrupt = (where: string) => new StoreError({ code: 'store_corrupt', file, where })
  const collections = new Map<string, Document[]>()
  let header: z.infer<typeof Header> | undefined
  let last: Buffer | undefined
  let crc = 0
  let count = 0

  const take = (line: Buffer) => {
    crc = crc32(newline, crc32(line, crc))
    if (header === undefined) {
      header = readHeader(line, file)
      return
    }
    const text = line.toString('utf8')
    const stored = parseLine(StoredDocument, text.startsWith(',') ? text.slice(1) : text)
    count += 1
    if (stored === undefined) throw corrupt(`line ${count + 1}`)
    const { collection, document } = readDocument(stored)
    const documents = collections.get(collection) ?? []
    collections.set(collection, documents)
    documents.push(document)
  }

  try {
    for await (const { lines, torn } of splitLines(readChunks(path))) {
      if (torn !== undefined) {
        if (header === undefined) take(torn)
        throw corrupt('end')
      }
      for (const line of lines) {
        if (last !== undefined) take(last)
        last = line
      }
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  if (last === undefined) throw corrupt('empty')
  if (header === undefined) header = readHeader(last, file)
  const footer = parseLine(Footer, `{${last.toString('utf8').replace(/^\],/, '')}`)
  if (footer === undefined) throw corrupt('end')
  if (footer.count !== count || footer.crc !== crc.toString(16).padStart(8, '0')) throw corrupt('checksum')
  return {
    generation: header.generation,
    frame: header.frame,
    collections: [...collections].map(([collection, documents]) => ({ collection, documents })),
  }
}

const newline = Buffer.from('\n')

function readHeader(line: Buffer, file: string): z.infer<typeof Header> {
  const text = line.toString('utf8')
  const found = start.exec(text)?.[1]
  if (found === undefined) throw new StoreError({ code: 'store_alien', file })
  if (Number(found) > layout) throw new StoreError({ code: 'store_newer', file, found: Number(found), known: layout })
  const header = parseLine(Header, `${text.replace(/,"documents":\[$/, '')}}`)
  if (header === undefined) throw new StoreError({ code: 'store_corrupt', file, where: 'line 1' })
  return header
}

function parseLine<Shape extends z.ZodType>(shape: Shape, text: string): z.infer<Shape> | undefined {
  try {
    const raw: unknown = JSON.parse(text)
    return shape.safeParse(raw).data
  } catch {
    return undefined
  }
}
