import type { Disk } from '../../src/durable-file.ts'
import { realDisk } from '../../src/durable-file.ts'

/** Full before the first byte, full in the middle, or failing to flush what was written. */
export type Fault = 'write' | 'part' | 'sync'

export interface FaultyDisk extends Disk {
  breakWith(fault: Fault): void
  mend(): void
  /** Flushes that succeeded. */
  flushes(): number
  /** Holds the next flush until the returned function is called. */
  hold(): () => void
  /** Resolves when a held flush was reached. */
  reached(): Promise<void>
}

/** The real disk, until told otherwise. */
export function createFaultyDisk(): FaultyDisk {
  let fault: Fault | undefined
  let flushes = 0
  let held: Promise<void> | undefined
  let arrived: () => void = () => undefined
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const full = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  return {
    write: async (fd, bytes, position) => {
      if (fault === 'write') throw full()
      if (fault === 'part') {
        await realDisk.write(fd, bytes.subarray(0, bytes.byteLength >> 1), position)
        throw full()
      }
      return realDisk.write(fd, bytes, position)
    },
    sync: async (fd) => {
      arrived()
      await held
      if (fault === 'sync') throw Object.assign(new Error('input/output error'), { code: 'EIO' })
      await realDisk.sync(fd)
      flushes += 1
    },
    breakWith: (next) => {
      fault = next
    },
    mend: () => {
      fault = undefined
    },
    flushes: () => flushes,
    hold: () => {
      let release: () => void = () => undefined
      held = new Promise((resolve) => {
        release = resolve
      })
      return release
    },
    reached: () => arrival,
  }
}
