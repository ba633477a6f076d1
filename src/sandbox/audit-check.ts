import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

interface AuditCheckParts {
  /** The program behind Node's own name that knows `audit verify`. */
  readonly program: string
  /** The bot's data folder. */
  readonly data: string
  readonly environment: Readonly<Record<string, string>>
}

export type Checked = 'trail' | 'forgery'

/** Lets the offline check walk the bot's own trail, or a copy in which one word is another. Answers what it printed. */
export function createAuditCheck({ program, data, environment }: AuditCheckParts) {
  return async (of: Checked): Promise<string> => {
    const trail = join(data, 'audit.jsonl')
    const file = of === 'trail' ? 'audit.jsonl' : 'forged.jsonl'
    if (of === 'forgery') await writeFile(join(data, file), forged(await readFile(trail, 'utf8')), { mode: 0o600 })
    return new Promise((resolve, reject) => {
      const words = [program, 'audit', 'verify', file]
      execFile(process.execPath, words, { cwd: data, env: environment, timeout: 20_000 }, (error, stdout, stderr) => {
        const printed = `${stdout}${stderr}`.trim()
        // A broken chain ends it with a code of its own, and with words.
        if (printed === '' && error !== null) reject(error)
        else resolve(printed)
      })
    })
  }
}

/** The second line where somebody did something is said to be somebody else's. */
export function forged(trail: string): string {
  const lines = trail.split('\n')
  const found = lines.map((line, index) => ({ line, index })).filter(({ line }) => line.includes('U0'))
  const victim = found[1] ?? found[0]
  if (victim === undefined) return trail
  const other = victim.line.includes('U0BO') ? ['U0BO', 'U0ANN'] : [/U0[A-Z]+/.exec(victim.line)?.[0] ?? '', 'U0BO']
  return lines
    .map((line, index) => (index === victim.index ? line.replaceAll(other[0] ?? '', other[1] ?? '') : line))
    .join('\n')
}
