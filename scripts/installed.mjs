// Makes sure that what package-lock.json lists is there. Plain Node, because nothing else may be installed yet.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

export function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(`Readback needs Node 20.19 or newer; this is ${process.version}.`)
  process.exit(2)
}

export function ensureInstalled() {
  ensureNode()
  const installed = `${root}node_modules/.package-lock.json`
  const fresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs
  if (fresh) return
  console.error('Installing what package-lock.json lists (once) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (result.status !== 0) {
    console.error('npm ci did not finish; its message is above. Readback was not started.')
    process.exit(2)
  }
}
