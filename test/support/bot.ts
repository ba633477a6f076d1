import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './temporary-folder.ts'

/** The bot as users run it: one file, a process of its own. */
export interface BotProcess {
  /** Resolves when it takes work; rejects with what it said when it ends before. */
  readonly ready: Promise<void>
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>
  /** SIGTERM. Answers the exit code. */
  stop(): Promise<number | null>
  /** Lines of its log that tell of a fault. */
  readonly faults: readonly string[]
}

const build = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))

/** Builds the bot of this source tree into a folder of its own; gone with the test. */
export async function builtBot(entry?: string): Promise<string> {
  const file = join(temporaryFolder(), 'readback.cjs')
  await promisify(execFile)(process.execPath, [build, file, ...(entry === undefined ? [] : [entry])])
  return file
}

const levelError = 50

export function startBot(
  bundle: string,
  at: { readonly environment: Readonly<Record<string, string>>; readonly folder: string },
): BotProcess {
  const child = spawn(process.execPath, [bundle, 'start'], {
    cwd: at.folder,
    env: { PATH: process.env['PATH'], ...at.environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = once(child, 'close')
  const faults: string[] = []
  const said: string[] = []
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line)
      if (line.includes('"msg":"ready"')) resolve()
      const level = /^\{"level":(\d+)/.exec(line)?.[1]
      if (level === undefined || Number(level) >= levelError) faults.push(line)
    })
    child.once('close', () => reject(new Error(`the bot ended:\n${said.slice(-20).join('\n')}`)))
  })
  ready.catch(() => undefined)
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await gone
    }
    return child.exitCode
  }
  onTestFinished(async () => void (await end('SIGKILL')))
  return { ready, faults, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') }
}
