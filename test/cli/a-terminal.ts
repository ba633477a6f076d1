import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from '../../src/cli/run.ts'
import type { ExitCode } from '../../src/cli/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

export interface Ran {
  readonly code: ExitCode
  readonly out: string
  readonly error: string
}

/** An empty working folder in which `readback …` is typed, without the environment of the tests. */
export function aTerminal(
  options: { readonly environment?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
) {
  const cwd = options.cwd ?? temporaryFolder()
  return {
    cwd,
    write: (name: string, text: string): void => {
      mkdirSync(dirname(join(cwd, name)), { recursive: true })
      writeFileSync(join(cwd, name), text)
    },
    type: async (...words: readonly string[]): Promise<Ran> => {
      let out = ''
      let error = ''
      const code = await run(words, {
        environment: options.environment ?? {},
        cwd,
        home: cwd,
        now: () => Date.parse('2026-11-01T00:00Z'),
        out: (text) => (out += text),
        pour: async (text) => void (out += text),
        error: (text) => (error += text),
      })
      return { code, out, error }
    },
  }
}
