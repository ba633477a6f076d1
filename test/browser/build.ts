import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The browser looks at what people get: the built files. */
export default function build(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))], {
    stdio: 'inherit',
  })
}
