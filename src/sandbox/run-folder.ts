import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface RunFolder {
  readonly path: string
  /** Writes a file that only its owner reads, and answers its path. */
  write(name: string, text: string): string
  remove(): void
}

const name = /^run-(\d+)$/

/** A folder of this process alone, inside `parent`. What runs that ended without goodbye left there is cleared away. */
export function createRunFolder(parent: string): RunFolder {
  mkdirSync(parent, { recursive: true })
  for (const entry of readdirSync(parent)) {
    const pid = Number(name.exec(entry)?.[1] ?? 0)
    if (pid > 0 && (pid === process.pid || !isAlive(pid))) rmSync(join(parent, entry), { recursive: true, force: true })
  }
  const path = join(parent, `run-${process.pid}`)
  mkdirSync(path, { mode: 0o700 })
  return {
    path,
    write: (file, text) => {
      const at = join(path, file)
      writeFileSync(at, text, { mode: 0o600 })
      return at
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
