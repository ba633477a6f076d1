import type { Environment } from '../config/environment.ts'
import { once } from 'node:events'
import { homedir } from 'node:os'
import { relative } from 'node:path'
import { readEnvironment } from '../config/environment.ts'

/** What a command of the command line gets from the process that it runs in. */
export interface Terminal {
  readonly environment: Environment
  readonly cwd: string
  readonly home: string
  /** Epoch ms. */
  now(): number
  /** Answers. Each text ends in a newline. */
  out(text: string): void
  /** The same for long answers: resolves once the reader keeps up, so that memory stays bounded. */
  pour(text: string): Promise<void>
  /** Everything that is no answer. */
  error(text: string): void
}

export function processTerminal(): Terminal {
  const cwd = process.cwd()
  return {
    environment: readEnvironment(cwd),
    cwd,
    home: homedir(),
    now: Date.now,
    out: (text) => process.stdout.write(text),
    pour: async (text) => {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain')
    },
    error: (text) => process.stderr.write(text),
  }
}

/** With a newline at its end, so that files and pipes end well. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

/** A file as messages call it: from the working folder on, or whole where it stands elsewhere. */
export function fileName(path: string, cwd: string): string {
  const name = relative(cwd, path)
  return name === '' || name.startsWith('..') ? path : name
}

/** Paths as somebody in the working folder would write them. */
export function shortened(text: string, cwd: string): string {
  return text.replaceAll(cwd.endsWith('/') ? cwd : `${cwd}/`, '')
}
