/** What an alert measures and what it holds that against. */
export interface AlertExpression {
  /** PromQL without the comparison, so that the numbers are there before the alert and after it too. */
  readonly measured: string
  /** Absent where it compares with no plain number. */
  readonly threshold?: number
}

const longest = 5_000

/** As Prometheus, Thanos and VictoriaMetrics link to it (`/graph?g0.expr=…`). The link is read, never called. */
export function expressionIn(generatorUrl: string | undefined): string | undefined {
  if (generatorUrl === undefined || !URL.canParse(generatorUrl)) return undefined
  const { searchParams } = new URL(generatorUrl)
  const found = searchParams.get('g0.expr') ?? searchParams.get('expr')
  return found === null || found.trim() === '' || found.length > longest ? undefined : found.trim()
}

const comparison = /^(?:>=|<=|==|!=|>|<)/
const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i
const swapped = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(?:>=|<=|==|!=|>|<)\s*(?:bool\s+)?(.+)$/is

/** Parts an expression at the comparison that stands outside of all brackets; several, or other words beside it, leave it whole. */
export function comparisonIn(expression: string): AlertExpression {
  const places = comparisons(expression)
  const [place] = places
  if (place === undefined || places.length > 1) return { measured: expression }
  const right = expression
    .slice(place.end)
    .replace(/^\s*bool\b/, '')
    .trim()
  const left = expression.slice(0, place.start).trim()
  if (number.test(right) && left !== '') return { measured: left, threshold: Number(right) }
  const [, value, measured] = swapped.exec(expression) ?? []
  if (value !== undefined && measured !== undefined) return { measured: measured.trim(), threshold: Number(value) }
  return { measured: expression }
}

/** Comparisons and set operators at depth 0; strings and brackets are passed over. */
function comparisons(expression: string): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = []
  let depth = 0
  let quote = ''
  for (let index = 0; index < expression.length; index += 1) {
    const letter = expression[index] ?? ''
    if (quote !== '') {
      if (letter === '\\' && quote !== '`') index += 1
      else if (letter === quote) quote = ''
      continue
    }
    if ('"\'`'.includes(letter)) quote = letter
    else if ('([{'.includes(letter)) depth += 1
    else if (')]}'.includes(letter)) depth -= 1
    else if (depth === 0) {
      const rest = expression.slice(index)
      const length = (comparison.exec(rest) ?? setOperator(expression, index))?.[0].length
      if (length === undefined) continue
      found.push({ start: index, end: index + length })
      index += length - 1
    }
  }
  return found
}

/** `and`, `or` and `unless` join conditions: what they make has no one threshold. */
function setOperator(expression: string, index: number): RegExpExecArray | undefined {
  const before = expression[index - 1] ?? ' '
  return /\w/.test(before) ? undefined : (/^(?:and|or|unless)\b/i.exec(expression.slice(index)) ?? undefined)
}
