import { EventEmitter, once } from 'node:events'
import type { Disk } from '../../src/disk/durable-file.ts'
import { realDisk } from '../../src/disk/durable-file.ts'

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

function full(): Error {
  return Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
}

/** The real disk, until told otherwise. */
export function createFaultyDisk(): FaultyDisk {
  let fault: Fault | undefined
  let flushes = 0
  let held: Promise<unknown> | undefined
  const events = new EventEmitter()
  const arrival = once(events, 'sync')
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
      events.emit('sync')
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
      held = once(events, 'release')
      return () => {
        events.emit('release')
      }
    },
    reached: async () => {
      await arrival
    },
  }
}
