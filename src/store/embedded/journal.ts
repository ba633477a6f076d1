import { open, stat, truncate } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readChunks, splitLines } from '../../disk/byte-lines.ts'
import { replaceFile } from '../../disk/durable-file.ts'
import type { StoreFinding } from '../problems.ts'
import { StoreError } from '../problems.ts'
import { decodeFrame, encodeFrame, JournalHeader, layout, readFrame } from './frames.ts'
import type { Effect } from './tables.ts'

const name = /^journal-(\d{1,12})\.jsonl$/
const start = /^[0-9a-f]{8} \{"readback":"journal","version":(\d{1,9})[,}]/

/** `journal-12.jsonl`: a generation begins with each snapshot. */
export function journalPath(folder: string, generation: number): string {
  return join(folder, `journal-${generation}.jsonl`)
}

/** The generation in a journal's file name; undefined for other files. */
export function journalGeneration(file: string): number | undefined {
  const digits = name.exec(file)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** A new journal with nothing but its header, in its place and synced. */
export async function createJournal(
  folder: string,
  header: { readonly generation: number; readonly after: number },
): Promise<string> {
  const path = journalPath(folder, header.generation)
  const text = { readback: 'journal', version: layout, ...header } satisfies JournalHeader
  await replaceFile(path, [encodeFrame(JSON.stringify(text))])
  return path
}

export interface Replay {
  readonly path: string
  /** Number of the last frame before this journal. */
  readonly after: number
  /** The only journal that a crash may have left with half a frame at its end. */
  readonly last: boolean
  readonly apply: (effect: Effect) => void
}

export interface Replayed {
  /** Number of the last frame. */
  readonly frame: number
  readonly finding: StoreFinding | undefined
  /** Created by a compaction that went no further; later frames are in the journal before. */
  readonly abandoned: boolean
}

/** Applies a journal's frames in order. Throws `StoreError` on damage that a crash cannot explain; cuts off a torn end. */
export async function replayJournal({ path, after, last, apply }: Replay): Promise<Replayed> {
  const file = basename(path)
  let number = 0
  let offset = 0
  let frame = after
  let abandoned = false
  let bad: { readonly at: number; readonly line: number; readonly unwritten: boolean } | undefined

  const corrupt = (where: string) => new StoreError({ code: 'store_corrupt', file, where })

  for await (const { lines, torn } of splitLines(readChunks(path))) {
    for (const line of torn === undefined ? lines : [torn]) {
      number += 1
      if (bad !== undefined) throw corrupt(`line ${bad.line}`)
      if (number === 1) {
        const header = readHeader(line, file, torn === undefined)
        abandoned = last && header.after < after
        if (header.after !== after && !abandoned)
          throw corrupt(`line 1: follows frame ${header.after} instead of ${after}`)
      } else {
        const raw = torn === undefined ? decode(line) : undefined
        if (raw === undefined) bad = { at: offset, line: number, unwritten: torn !== undefined || line.includes(0) }
        else {
          const read = parse(raw, corrupt, number)
          if (read.frame !== frame + 1 || abandoned) throw corrupt(`line ${number}: frame ${read.frame} after ${frame}`)
          frame = read.frame
          for (const effect of read.effects) apply(effect)
        }
      }
      offset += line.length + 1
    }
  }
  if (number === 0) throw corrupt('empty')
  if (bad === undefined) return { frame, finding: undefined, abandoned }
  // Whole but wrong is no crash: blocks that never reached the disk read as zeros, half a write has no newline.
  if (!last || !bad.unwritten) throw corrupt(`line ${bad.line}`)
  const { size } = await stat(path)
  await cut(path, bad.at)
  return { frame, finding: { code: 'store_torn_tail', file, at: bad.at, bytes: size - bad.at }, abandoned }
}

function readHeader(line: Buffer, file: string, whole: boolean): JournalHeader {
  const found = start.exec(line.toString('latin1', 0, 80))?.[1]
  if (found === undefined) throw new StoreError({ code: 'store_alien', file })
  if (Number(found) > layout) throw new StoreError({ code: 'store_newer', file, found: Number(found), known: layout })
  const header = JournalHeader.safeParse(whole ? decode(line) : undefined)
  if (!header.success) throw new StoreError({ code: 'store_corrupt', file, where: 'line 1' })
  return header.data
}

function decode(line: Buffer): unknown {
  try {
    return decodeFrame(line)
  } catch {
    return undefined
  }
}

function parse(raw: unknown, corrupt: (where: string) => StoreError, line: number): ReturnType<typeof readFrame> {
  try {
    return readFrame(raw)
  } catch (error) {
    throw Object.assign(corrupt(`line ${line}`), { cause: error })
  }
}

async function cut(path: string, size: number): Promise<void> {
  await truncate(path, size)
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
