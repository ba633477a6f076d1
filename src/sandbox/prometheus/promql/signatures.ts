import type { ValueType } from './syntax.ts'

export interface Signature {
  readonly takes: readonly ValueType[]
  /** Arguments at the end that may be left out. */
  readonly optional?: number
  /** The last argument may be repeated. */
  readonly variadic?: 'yes'
  readonly gives: 'scalar' | 'vector'
}

const ofRange: Signature = { takes: ['matrix'], gives: 'vector' }
const ofVector: Signature = { takes: ['vector'], gives: 'vector' }

/** The functions that are simulated. */
export const signatures: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ...['rate', 'irate', 'increase', 'delta', 'idelta', 'changes', 'resets', 'deriv'].map((name): [string, Signature] => [
    name,
    ofRange,
  ]),
  ...['avg', 'min', 'max', 'sum', 'count', 'last', 'present', 'stddev'].map((name): [string, Signature] => [
    `${name}_over_time`,
    ofRange,
  ]),
  ['quantile_over_time', { takes: ['scalar', 'matrix'], gives: 'vector' }],
  ['absent_over_time', ofRange],
  ...['abs', 'ceil', 'floor', 'sqrt', 'exp', 'ln', 'log2', 'log10', 'sgn', 'sort', 'sort_desc', 'timestamp'].map(
    (name): [string, Signature] => [name, ofVector],
  ),
  ['round', { takes: ['vector', 'scalar'], optional: 1, gives: 'vector' }],
  ['clamp', { takes: ['vector', 'scalar', 'scalar'], gives: 'vector' }],
  ['clamp_min', { takes: ['vector', 'scalar'], gives: 'vector' }],
  ['clamp_max', { takes: ['vector', 'scalar'], gives: 'vector' }],
  ['absent', ofVector],
  ['histogram_quantile', { takes: ['scalar', 'vector'], gives: 'vector' }],
  ['label_replace', { takes: ['vector', 'string', 'string', 'string', 'string'], gives: 'vector' }],
  ['label_join', { takes: ['vector', 'string', 'string', 'string'], variadic: 'yes', gives: 'vector' }],
  ['scalar', { takes: ['vector'], gives: 'scalar' }],
  ['vector', { takes: ['scalar'], gives: 'vector' }],
  ['time', { takes: [], gives: 'scalar' }],
  ['pi', { takes: [], gives: 'scalar' }],
])

/** What else Prometheus 3 has; refused by name rather than as a slip. */
export const notSimulated: ReadonlySet<string> = new Set(
  `acos acosh asin asinh atan atanh cos cosh day_of_month day_of_week day_of_year days_in_month deg double_exponential_smoothing
  histogram_avg histogram_count histogram_fraction histogram_stddev histogram_stdvar histogram_sum holt_winters hour info limitk limit_ratio mad_over_time
  minute month predict_linear rad sin sinh sort_by_label sort_by_label_desc stdvar_over_time tan tanh year count_values stdvar stddev`
    .split(/\s+/)
    .filter((name) => name !== ''),
)

/** Aggregations, and what their parameter is. */
export const aggregations: ReadonlyMap<string, 'none' | 'scalar'> = new Map([
  ...['sum', 'avg', 'min', 'max', 'count', 'group'].map((name): [string, 'none'] => [name, 'none']),
  ...['topk', 'bottomk', 'quantile'].map((name): [string, 'scalar'] => [name, 'scalar']),
])
