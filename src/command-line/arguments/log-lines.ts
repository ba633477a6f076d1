import { option } from '../argument.ts'
import { duration } from './moments.ts'
import { regex } from './regex.ts'
import { choice, container, count, text } from './values.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
const longestFollow = 7_200_000

/** Which lines of a log are wanted. */
export const lines = {
  grep: option(regex('only lines that match this (RE2 syntax)')),
  exclude: option(regex('no lines that match this (RE2 syntax)')),
  level: option(choice(levels, 'only lines of this level, and worse', 'LEVEL')),
  context: option(count({ min: 1, max: 20, about: 'lines around each match' }), { short: 'C' }),
}

/** Whose logs are wanted. */
export const pods = {
  selector: option(text('pods by their labels: app=web,tier!=db'), { short: 'l' }),
  container: option(container('which container, or all'), { short: 'c' }),
}

/** How long a follow lasts. */
export const lasting = option(duration('end by itself after this long: 30m; usually 10m', longestFollow))
