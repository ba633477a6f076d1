import type { FileProblem } from './file-problems.ts'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { fileFailure } from './file-failure.ts'

/** Larger files are refused: the parser takes about 2.5 ms for each KiB, and the bot answers nobody meanwhile. */
export const sizeLimit = 256 * 1024

export type TextRead =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: FileProblem }

/** Reads a file that a user writes, at most `sizeLimit` bytes of UTF-8; `file` is how problems call it. */
export async function readText(path: string, file: string): Promise<TextRead> {
  try {
    // Opening a pipe would wait for somebody to write into it.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stat = await handle.stat()
      return checkShape(stat, file) ?? decode(await handle.readFile(), file)
    } finally {
      await handle.close()
    }
  } catch (error) {
    return { ok: false, problem: fileFailure(error, file) }
  }
}

function checkShape(stat: { isFile(): boolean; readonly size: number }, file: string): TextRead | undefined {
  if (!stat.isFile()) return { ok: false, problem: { code: 'file_not_a_file', file } }
  if (stat.size <= sizeLimit) return undefined
  return { ok: false, problem: { code: 'file_too_large', file, bytes: stat.size, limit: sizeLimit } }
}

function decode(bytes: Uint8Array, file: string): TextRead {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? { ok: false, problem: { code: 'file_not_text', file } } : { ok: true, text }
  } catch {
    return { ok: false, problem: { code: 'file_not_text', file } }
  }
}
