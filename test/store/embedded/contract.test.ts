import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../../src/time/clock.ts'
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts'
import { storeContract } from '../../contract/store.ts'

function beginWith(compactAt: number) {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'readback-'))
    let { store } = await openEmbeddedStore({ folder, clock: systemClock, compactAt })
    return {
      store,
      other: store,
      reopen: async () => {
        await store.close()
        store = (await openEmbeddedStore({ folder, clock: systemClock, compactAt })).store
        return store
      },
      end: async () => {
        await store.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }
}

storeContract('embedded', beginWith(4 * 1024 * 1024))
storeContract('embedded, compacting all the time', beginWith(1))
