import type { CommandFacts } from './command.ts'

/** The README's table of commands, as Markdown. */
export function commandTable(commands: readonly CommandFacts[]): string {
  const rows = commands.map(({ name, summary, action, examples }) => {
    const typed = examples.map((example) => `\`${escape(example)}\``).join('<br>')
    return `| \`${name}\` | ${escape(summary)} | ${action === 'none' ? '–' : `\`${action}\``} | ${typed} |`
  })
  return ['| command | what it does | action in the policy | for example |', '|---|---|---|---|', ...rows, ''].join(
    '\n',
  )
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|')
}
