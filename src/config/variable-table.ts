import { variables } from './variables.ts'
import type { Variable } from './variables.ts'

/** Every variable that the bot reads, as a Markdown table. */
export function variableTable(): string {
  const rows = Object.entries<Variable>(variables).map(
    ([name, { about, fallback, secret }]) =>
      `| \`${name}\` | ${about.replaceAll('|', '\\|')} | ${fallback === undefined ? '–' : `\`${fallback}\``} | ${secret === true ? 'yes' : ''} |`,
  )
  return ['| variable | what it is | without it | secret |', '|---|---|---|---|', ...rows, ''].join('\n')
}
