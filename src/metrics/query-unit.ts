import type { PromQL } from './promql.ts'
import type { Unit } from './series.ts'

/**
 * What a query counts, as far as the names in it say so (https://prometheus.io/docs/practices/naming/#base-units): a metric's unit is its suffix,
 * `rate` makes it one for each second, a division of like by like makes a share. `plain` where nobody can know.
 */
export function unitOfQuery(query: PromQL): Unit {
  const text = withoutDetails(query)
  return text.length > longest ? 'plain' : unitOf(text)
}

/** Whoever writes more than that does not measure one plain thing. */
const longest = 1_000

/** Names, numbers, operators, commas and round brackets are left. */
function withoutDetails(query: PromQL): string {
  return query
    .replace(/#.*$/gm, '')
    .replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, '')
    .replace(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replace(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/gi, ' ')
    .replace(/\b(?:group_left|group_right|bool)\b/gi, ' ')
    .replace(/\boffset\s+-?\w+|@\s*(?:[\d.]+|\w+\(\))/gi, ' ')
}

/** From the loosest to the tightest; of several the last one is the outermost. */
const operators = [/\bor\b/gi, /\b(?:and|unless)\b/gi, /[=!]=|[<>]=?/g, /[+-]/g, /[*/%]/g, /\^/g]

function unitOf(expression: string): Unit {
  const text = unwrapped(expression)
  const depths = depthsOf(text)
  for (const operator of operators) {
    const found = [...text.matchAll(operator)].findLast(({ index }) => depths[index] === 0 && index > 0)
    if (found === undefined) continue
    const [sign] = found
    return joined(sign.toLowerCase(), text.slice(0, found.index), text.slice(found.index + sign.length))
  }
  const [, name = '', given] = /^\s*([a-z_:][\w:]*)\s*(?:\((.*)\))?\s*$/is.exec(text) ?? []
  return given === undefined ? unitOfMetric(name) : unitOfCall(name.toLowerCase(), given)
}

function joined(sign: string, left: string, right: string): Unit {
  const [one, other] = [unitOf(left), unitOf(right)]
  switch (sign) {
    case '/':
      return meanOf(left, right) ?? (one === other && one !== 'plain' ? 'ratio' : 'plain')
    case '+':
    case '-':
    case 'or':
      return one === other ? one : 'plain'
    case '*':
    case '%':
    case '^':
      return 'plain'
    default:
      // Comparisons and `and` keep what stands at their left.
      return one
  }
}

/** `rate(x_seconds_sum[5m]) / rate(x_seconds_count[5m])`. */
function meanOf(left: string, right: string): Unit | undefined {
  const [, name] = /\b([\w:]+)_sum\b/.exec(left) ?? []
  return name !== undefined && new RegExp(`\\b${name}_count\\b`).test(right) ? unitOfMetric(name) : undefined
}

const keeping = new Set(
  [
    ['sum', 'avg', 'min', 'max', 'quantile', 'topk', 'bottomk'],
    ['abs', 'ceil', 'floor', 'round', 'clamp', 'clamp_min', 'clamp_max', 'sort', 'sort_desc'],
    ['avg_over_time', 'min_over_time', 'max_over_time', 'last_over_time', 'quantile_over_time'],
    ['increase', 'delta', 'idelta', 'label_replace', 'label_join', 'vector', 'scalar'],
  ].flat(),
)

function unitOfCall(name: string, given: string): Unit {
  const inner = argumentsOf(given).find((one) => one.trim() !== '' && Number.isNaN(Number(one))) ?? ''
  if (keeping.has(name)) return unitOf(inner)
  if (name === 'rate' || name === 'irate') return unitOfRate(inner.trim())
  if (name === 'count') return 'count'
  if (name !== 'histogram_quantile') return 'plain'
  const [, base = ''] = /\b([\w:]+)_bucket\b/.exec(inner) ?? []
  return unitOfMetric(base)
}

function unitOfMetric(name: string): Unit {
  const base = name.replace(/_total$/, '')
  if (base.endsWith('_bytes')) return 'bytes'
  if (base.endsWith('_seconds')) return 'seconds'
  if (base.endsWith('_ratio')) return 'ratio'
  return base === name ? 'plain' : 'count'
}

function unitOfRate(name: string): Unit {
  if (name.endsWith('_bytes_total')) return 'bytes_per_second'
  if (name.endsWith('_seconds_total')) return name.includes('cpu') ? 'cores' : 'plain'
  return /_(?:total|count|bucket)$/.test(name) ? 'per_second' : 'plain'
}

/** Without brackets around all of it. */
function unwrapped(expression: string): string {
  let text = expression.trim()
  while (text.startsWith('(')) {
    const depths = depthsOf(text)
    const end = depths.findIndex((depth, index) => depth === 1 && text[index] === ')')
    if (end !== text.length - 1) break
    text = text.slice(1, -1).trim()
  }
  return text
}

function argumentsOf(given: string): readonly string[] {
  const depths = depthsOf(given)
  const commas = [...given.matchAll(/,/g)].filter(({ index }) => depths[index] === 0).map(({ index }) => index)
  return [...commas, given.length].map((end, at) => given.slice(at === 0 ? 0 : (commas[at - 1] ?? 0) + 1, end))
}

/** How many brackets are open before each letter. */
function depthsOf(text: string): readonly number[] {
  let depth = 0
  return text.split('').map((letter) => {
    const before = depth
    if (letter === '(') depth += 1
    else if (letter === ')') depth -= 1
    return before
  })
}
