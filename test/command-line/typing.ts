import { commands } from '../../commands/index.ts'
import { createCommandLine } from '../../src/command-line/command-line.ts'
import type { TypedCommand } from '../../src/command-line/command.ts'
import type { CommandProblem } from '../../src/command-line/problems.ts'
import { recordingContext, type Call } from './recording-context.ts'

export const commandLine = createCommandLine({
  commands,
  slash: {
    main: '/ops',
    short: { '/deploy': 'deploy', '/scale': 'scale', '/rollback': 'rollback', '/logs': 'logs', '/metrics': 'metrics' },
  },
})

/** As Slack sends what somebody typed. */
export function asSent(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The command in a line such as `/deploy web 1.5.0`, or without a slash in a mention. Throws where it is none. */
export function typed(line: string): TypedCommand {
  const reading = read(line)
  if (!reading.ok) throw new Error(`“${line}” is no command: ${JSON.stringify(reading.problem)}`)
  return reading.command
}

/** Why a line is no command. Throws where it is one. */
export function refused(line: string): CommandProblem {
  const reading = read(line)
  if (reading.ok) throw new Error(`“${line}” was read as ${reading.command.canonical}`)
  return reading.problem
}

/** What a line makes of the ports. */
export async function ordered(line: string): Promise<Call> {
  return typed(line).run(recordingContext())
}

function read(line: string) {
  const [, slash, text = ''] = /^(\/\w+) ?(.*)$/s.exec(line) ?? []
  return commandLine.read(slash === undefined ? { text: line } : { slash, text })
}

/** The part of the line that a problem points at. */
export function underlined(problem: CommandProblem): string | undefined {
  return 'line' in problem ? problem.line.slice(problem.at, problem.at + problem.length) : undefined
}
