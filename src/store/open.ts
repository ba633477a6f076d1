import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { Log } from '../log.ts'
import { openEmbeddedStore } from './embedded/embedded-store.ts'
import type { Store } from './store.ts'

/** The store that the configuration asks for. Throws `StoreError`. */
export async function openStore(
  config: Pick<Config, 'dataFolder'>,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<Store> {
  const { store, findings } = await openEmbeddedStore({
    folder: config.dataFolder,
    clock,
    report: (finding) => log.warn({ finding }, 'store'),
  })
  for (const finding of findings) log.warn({ finding }, 'store')
  return store
}
