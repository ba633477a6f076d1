import {
  close,
  closeSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  statSync,
  write,
  writeSync,
} from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

/** A file that only grows. What `append` has resolved for survives a power cut. */
export interface DurableFile {
  /** Bytes known to be on disk. */
  size(): number
  /**
   * Writes at the end and syncs. One call at a time. When it throws, nothing counts as written: the next call first
   * cuts off what may have got there, so it may succeed once the disk is well again.
   */
  append(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** The two calls that a broken disk answers; tests pass a disk that breaks when told. */
export interface Disk {
  write(fd: number, bytes: Uint8Array, position: number): Promise<number>
  sync(fd: number): Promise<void>
}

const smallWrite = 64 * 1024
const writeLater = promisify(write)
const syncLater = promisify(fdatasync)
const closeLater = promisify(close)

export const realDisk: Disk = {
  // A small write only reaches the page cache: done at once it saves a trip to the thread pool. The flush never blocks.
  write: async (fd, bytes, position) =>
    bytes.byteLength <= smallWrite
      ? writeSync(fd, bytes, 0, bytes.byteLength, position)
      : (await writeLater(fd, bytes, 0, bytes.byteLength, position)).bytesWritten,
  sync: (fd) => syncLater(fd),
}

/** Opens a file that exists, to append after its present end. */
export function openDurableFile(path: string, disk: Disk = realDisk): DurableFile {
  const opened = openSync(path, 'r+')
  const identity = fstatSync(opened)
  let fd: number | undefined = opened
  let size = identity.size
  /** An append failed half way: bytes after `size` are ours to cut off. */
  let torn = false
  let closed = false

  const reopen = (): number => {
    const again = openSync(path, 'r+')
    const found = fstatSync(again)
    if (found.ino === identity.ino && found.dev === identity.dev) return again
    closeSync(again)
    throw new Error(`${path} was replaced by another file`)
  }

  const ready = (): number => {
    if (closed) throw new Error(`${path} is closed`)
    const current = fd ?? reopen()
    fd = current
    const stat = fstatSync(current)
    // A deleted file can be written for hours without an error.
    if (stat.nlink === 0) throw new Error(`${path} was deleted`)
    if (torn && stat.size > size) {
      ftruncateSync(current, size)
      fsyncSync(current)
    } else if (stat.size !== size) {
      throw new Error(`${path} was changed by somebody else: ${stat.size} bytes instead of ${size}`)
    }
    torn = false
    return current
  }

  return {
    size: () => size,
    append: async (bytes) => {
      const current = ready()
      try {
        let written = 0
        while (written < bytes.byteLength) written += await disk.write(current, bytes.subarray(written), size + written)
        await disk.sync(current)
        size += bytes.byteLength
      } catch (error) {
        torn = true
        fd = undefined
        // After a failed fsync the kernel may call the pages clean: start again from a fresh descriptor.
        await closeLater(current).catch(() => undefined)
        throw error
      }
    },
    close: async () => {
      closed = true
      if (fd !== undefined) await closeLater(fd)
      fd = undefined
    },
  }
}

/** Replaces `path` by `pieces` in one step: whoever looks finds the old content or the new, also after a power cut. */
export async function replaceFile(
  path: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const temporary = `${path}.tmp`
  try {
    const handle = await open(temporary, 'w', 0o600)
    try {
      for await (const piece of pieces) await handle.writeFile(piece)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Makes creations, renames and deletions in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`)
  // Windows cannot open folders, and has no need of this.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
