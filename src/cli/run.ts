import about from '../../package.json' with { type: 'json' }
import { en } from '../cards/texts/en.ts'
import { sayStart } from '../cards/start-problem.ts'
import { ReadbackError } from '../errors.ts'
import { CliError, QuestionError } from './problems.ts'
import type { Terminal } from './terminal.ts'
import { processTerminal, shortened } from './terminal.ts'
import { commandNames, usage } from './usage.ts'
import { readVerb } from './words.ts'

/** Exit code: 0 good, 1 found wrong, 2 cannot run; undefined while the process lives on. */
export type ExitCode = 0 | 1 | 2 | undefined

/** `readback …` from the words after it. Parts are loaded when their command is the one, so that `audit verify` does not start a chat. */
export async function run(words: readonly string[], terminal: Terminal = processTerminal()): Promise<ExitCode> {
  try {
    return await dispatch(words, terminal)
  } catch (error) {
    if (!(error instanceof ReadbackError)) throw error
    terminal.error(`${shortened(sayStart(error.problem, en), terminal.cwd)}\n`)
    if (error instanceof CliError || error instanceof QuestionError)
      terminal.error(`\n${hint(error.problem.code, words[0])}`)
    return 2
  }
}

/** Somebody who does not know the words sees them all. */
function hint(code: string, first: string | undefined): string {
  const known = commandNames.find((name) => name === first)
  if (known === undefined || code === 'cli_missing_word' || code === 'cli_unknown_word') return usage(first)
  return `${en.start.usage(`readback ${known}`)}\n`
}

async function dispatch(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first, ...more] = words
  if (first === 'help' || words.includes('--help') || words.includes('-h')) {
    terminal.out(usage(first === 'help' ? more[0] : first))
    return 0
  }
  if (first === '--version') {
    terminal.out(`${about.version}\n`)
    return 0
  }
  if (first === 'npm-start') {
    const { start } = await import('./start.ts')
    return start(more, { entrance: 'npm-start', terminal })
  }
  const { verb, rest } = readVerb(words, { command: 'readback', known: commandNames })
  switch (verb) {
    case 'start': {
      const { start } = await import('./start.ts')
      return start(rest, { entrance: 'start', terminal })
    }
    case 'policy': {
      const { policy } = await import('./policy.ts')
      return policy(rest, terminal)
    }
    case 'audit': {
      const { audit } = await import('./audit.ts')
      return audit(rest, terminal)
    }
    case 'slack': {
      const { slack } = await import('./slack.ts')
      return slack(rest, terminal)
    }
    case 'doctor': {
      const { doctor } = await import('./doctor.ts')
      return doctor(rest, terminal)
    }
  }
}
