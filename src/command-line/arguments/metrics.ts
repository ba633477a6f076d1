import type { PresetName } from '../../metrics/presets.ts'
import { option } from '../argument.ts'
import { duration } from './moments.ts'
import { choice } from './values.ts'

/** Every preset; a test compares. */
export const presetNames = [
  'cpu',
  'memory',
  'restarts',
  'requests',
  'errors',
  'latency',
  'replicas',
  'network',
  'throttling',
  'disk',
  'volumes',
] as const satisfies readonly PresetName[]

/** Which numbers are wanted. */
export const preset = choice(presetNames, 'which numbers; without one an overview', 'PRESET')

const labels = ['pod', 'container', 'node', 'instance', 'code', 'method', 'path', 'handler'] as const

/** One line for each value of a label. */
export const splitting = choice(labels, 'one line for each of these', 'LABEL')

/** When, how fine, and beside what. */
export const span = {
  range: option(duration('how far back: 2h, 7d; usually 1h')),
  step: option(duration('from point to point: 30s; usually what fits'), { words: [] }),
  compare: option(duration('the same so long ago as a shadow: 1d, 1w'), { words: [] }),
}
