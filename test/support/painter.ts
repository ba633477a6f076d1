import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { temporaryFolder } from './temporary-folder.ts'

const build = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))

/** The painter of charts from these sources, with its wasm and font beside it; gone with the test. */
export const builtPainter = (): Promise<URL> => painterIn(temporaryFolder())

/** The same in a folder of the caller's. */
export async function painterIn(folder: string): Promise<URL> {
  const file = join(folder, 'painter.cjs')
  await promisify(execFile)(process.execPath, [build, file])
  return pathToFileURL(file)
}
