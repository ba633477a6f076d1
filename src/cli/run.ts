import { ReadbackError } from '../errors.ts'
import { en } from '../cards/texts/en.ts'
import { sayStart } from '../cards/start-problem.ts'

/** Exit code: 0 good, 1 found wrong, 2 cannot run; undefined while the process lives on. */
export type ExitCode = 0 | 1 | 2 | undefined

/** `readback …` from the words after it. Parts are loaded when their command is the one, so that `audit verify` does not start a chat. */
export async function run(words: readonly string[]): Promise<ExitCode> {
  try {
    return await dispatch(words)
  } catch (error) {
    if (!(error instanceof ReadbackError)) throw error
    console.error(sayStart(error.problem, en))
    return 2
  }
}

async function dispatch(words: readonly string[]): Promise<ExitCode> {
  const [command, ...rest] = words
  switch (command) {
    case 'npm-start':
    case 'start': {
      const { start } = await import('./start.ts')
      return start(rest, command)
    }
    case 'policy': {
      const { policy } = await import('./policy.ts')
      return policy(rest)
    }
    case 'audit': {
      const { audit } = await import('./audit.ts')
      return audit(rest)
    }
    case 'slack': {
      const { slack } = await import('./slack.ts')
      return slack(rest)
    }
    case 'doctor': {
      const { doctor } = await import('./doctor.ts')
      return doctor(rest)
    }
    default: {
      const { usage } = await import('./usage.ts')
      console.error(usage)
      return command === 'help' || command === '--help' ? 0 : 2
    }
  }
}
