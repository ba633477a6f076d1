import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lockFolder } from '../../../src/store/embedded/folder-lock.ts'
import { isAlive, thisProcess } from '../../../src/store/embedded/process-identity.ts'
import type { ProcessIdentity } from '../../../src/store/embedded/process-identity.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const self = thisProcess()
/** A pid that runs (ours), but as an earlier process of that number. */
const earlier: ProcessIdentity = { ...self, started: `${self.started}0` }
const elsewhere: ProcessIdentity = { ...self, pid: 1, host: 'another machine' }

function begin(folder = temporaryFolder()) {
  const clock = createManualClock()
  let lost = 0
  const take = (as: ProcessIdentity) => lockFolder({ folder, clock, self: as, onLost: () => (lost += 1) })
  return { folder, clock, take, lost: () => lost }
}

/** As a process leaves it that was killed. */
function abandon(folder: string, by: ProcessIdentity, beatAt: number): void {
  const file = join(folder, 'lock.4')
  writeFileSync(file, `${JSON.stringify({ readback: 'lock', ...by, released: false })}\n`)
  utimesSync(file, beatAt / 1000, beatAt / 1000)
}

describe('the lock of a data folder', () => {
  test('is refused while its process lives, naming it, and free after its release', () => {
    const { take, folder, clock } = begin()
    const lock = take(self)
    expect(() => take(self)).toThrow(
      expect.objectContaining({ problem: { code: 'store_locked', folder, pid: process.pid } }),
    )
    lock.release()
    expect(clock.pending()).toBe(0)
    const again = take(self)
    expect(again.takenOverFrom).toBeUndefined()
    again.release()
  })

  test('of a process that was killed is taken over at once, even when its number runs again as another process', () => {
    expect(isAlive(self)).toBe(true)
    expect(isAlive(earlier)).toBe(false)
    expect(isAlive({ ...self, pid: 2 ** 22 + 1 })).toBe(false)
    const { take, folder, clock } = begin()
    abandon(folder, earlier, clock.now())
    expect(take(self).takenOverFrom).toBe(process.pid)
    expect(readdirSync(folder)).toEqual(['lock.5'])
  })

  test('of another machine or container counts as long as it beats', () => {
    const { take, folder, clock } = begin()
    abandon(folder, elsewhere, clock.now() - 20_000)
    expect(() => take(self)).toThrow(
      expect.objectContaining({ problem: { code: 'store_locked', folder, pid: 1, host: 'another machine' } }),
    )
    abandon(folder, elsewhere, clock.now() - 60_000)
    expect(take(self).takenOverFrom).toBe(1)
  })

  test('beats while it is held', async () => {
    const { take, folder, clock } = begin()
    const lock = take(elsewhere)
    await clock.advance(5 * 60_000)
    expect(() => take(self)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'store_locked' }) }),
    )
    lock.release()
    expect(JSON.parse(readFileSync(join(folder, 'lock.1'), 'utf8'))).toMatchObject({ released: true })
  })

  test('that somebody else took meanwhile is noticed, and not released for them', async () => {
    const { take, folder, clock, lost } = begin()
    const lock = take(elsewhere)
    utimesSync(join(folder, 'lock.1'), 1, 1)
    const other = take(self)
    await clock.advance(10_000)
    expect(lost()).toBe(1)
    lock.release()
    expect(() => take(self)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'store_locked' }) }),
    )
    other.release()
  })

  test('just being written counts as held, one of somebody else is refused', () => {
    const { take, folder, clock } = begin()
    writeFileSync(join(folder, 'lock.1'), '')
    utimesSync(join(folder, 'lock.1'), clock.now() / 1000, clock.now() / 1000)
    expect(() => take(self)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'store_locked' }) }),
    )
    writeFileSync(join(folder, 'lock.1'), '{"pid":1}\n')
    expect(() => take(self)).toThrow(expect.objectContaining({ problem: { code: 'store_alien', file: 'lock.1' } }))
  })
})
