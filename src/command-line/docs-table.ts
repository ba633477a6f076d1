import type { CommandFacts } from './command.ts'

export interface TableWords {
  readonly headings: readonly [command: string, what: string, action: string, example: string]
  readonly summaryOf: (command: CommandFacts) => string
}

const english: TableWords = {
  headings: ['command', 'what it does', 'action in the policy', 'for example'],
  summaryOf: ({ summary }) => summary,
}

/** The README's table of commands, as Markdown. */
export function commandTable(commands: readonly CommandFacts[], { headings, summaryOf } = english): string {
  const rows = commands.map((command) => {
    const { name, action, examples } = command
    const typed = examples.map((example) => `\`${escape(example)}\``).join('<br>')
    return `| \`${name}\` | ${escape(summaryOf(command))} | ${action === 'none' ? '–' : `\`${action}\``} | ${typed} |`
  })
  return [`| ${headings.join(' | ')} |`, '|---|---|---|---|', ...rows, ''].join('\n')
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|')
}
