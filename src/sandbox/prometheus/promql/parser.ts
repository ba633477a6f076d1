import { parseFault } from './fault.ts'
import { createReader } from './reader.ts'
import type { Reader } from './reader.ts'
import { parseSelector, parseSuffixes } from './selectors.ts'
import { aggregations, notSimulated, signatures } from './signatures.ts'
import type { BinaryOperator, Grouping, Node, Selector, VectorMatching } from './syntax.ts'
import { check, typeOf } from './types.ts'

const levels: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and', 'unless'],
  ['==', '!=', '<=', '<', '>=', '>'],
  ['+', '-'],
  ['*', '/', '%', 'atan2'],
]
const deepest = 100

/** The tree of a query; throws `PromqlFault`s in Prometheus' manner. */
export function parsePromql(source: string): Node {
  const reader = createReader(source)
  if (reader.peek().kind === 'end') throw parseFault(source, 0, 'no expression found in input')
  const node = parseExpression(reader, { level: 0, depth: 0 })
  const rest = reader.peek()
  if (rest.kind !== 'end') throw reader.unexpected(rest, '')
  check(source, node)
  return node
}

/** For `match[]`: a selector and nothing else. */
export function parseMatch(source: string): Selector {
  const node = parsePromql(source)
  if (node.kind !== 'selector' || node.offsetMs !== 0 || node.fixedAt !== undefined)
    throw parseFault(source, 0, 'expected a vector selector')
  return node
}

interface Place {
  readonly level: number
  readonly depth: number
}

function parseExpression(reader: Reader, { level, depth }: Place): Node {
  if (depth > deepest) throw parseFault(reader.source, reader.peek().at, 'expression is nested too deeply')
  const operators = levels[level]
  if (operators === undefined) return parseUnary(reader, depth)
  let left = parseExpression(reader, { level: level + 1, depth })
  for (;;) {
    const operator = operators.find((one) => reader.take(one))
    if (operator === undefined) return left
    left = {
      ...parseRight(reader, operator, () => parseExpression(reader, { level: level + 1, depth })),
      at: left.at,
      left,
    }
  }
}

function parseRight(reader: Reader, operator: BinaryOperator, parse: () => Node) {
  const answers = reader.take('bool') ? ('bool' as const) : ('values' as const)
  if (answers === 'bool' && !/^(?:==|!=|[<>]=?)$/.test(operator))
    throw parseFault(reader.source, reader.peek().at, 'bool modifier can only be used on comparison operators')
  const matching = parseMatching(reader)
  return { kind: 'binary' as const, operator, answers, right: parse(), ...(matching ? { matching } : {}) }
}

function parseMatching(reader: Reader): VectorMatching | undefined {
  const of = reader.take('on') ? ('on' as const) : reader.take('ignoring') ? ('ignoring' as const) : undefined
  if (of === undefined) return undefined
  const labels = { of, names: parseNames(reader, 'grouping opts') }
  const many = reader.take('group_left')
    ? ('left' as const)
    : reader.take('group_right')
      ? ('right' as const)
      : undefined
  if (many === undefined) return { labels, many: 'none', include: [] }
  const include = reader.peek().text === '(' ? parseNames(reader, 'grouping opts') : []
  const twice = of === 'on' ? include.find((name) => labels.names.includes(name)) : undefined
  if (twice !== undefined)
    throw parseFault(reader.source, reader.peek().at, `label "${twice}" must not occur in ON and GROUP clause at once`)
  return { labels, many, include }
}

function parseNames(reader: Reader, where: string): readonly string[] {
  const names: string[] = []
  reader.expect('(', where)
  while (!reader.take(')')) {
    const token = reader.next()
    if (token.kind !== 'name' || token.text.includes(':')) throw reader.unexpected(token, `${where}, expected label`)
    names.push(token.text)
    if (reader.peek().text !== ')') reader.expect(',', where)
  }
  return names
}

/** `-2^2` is `-(2^2)`, and `2^-1` and `2^3^2` read from the right. */
function parseUnary(reader: Reader, depth: number): Node {
  const sign = reader.take('-') ?? reader.take('+')
  if (sign !== undefined) {
    if (depth > deepest) throw parseFault(reader.source, sign.at, 'expression is nested too deeply')
    const of = parseUnary(reader, depth + 1)
    if (sign.text === '+') return of
    return of.kind === 'number' ? { ...of, at: sign.at, value: -of.value } : { kind: 'negation', at: sign.at, of }
  }
  const base = parseSuffixes(reader, parsePrimary(reader, depth + 1))
  if (!reader.take('^')) return base
  return {
    ...parseRight(reader, '^', () => parseUnary(reader, depth + 1)),
    at: base.at,
    left: base,
  }
}

function parsePrimary(reader: Reader, depth: number): Node {
  const token = reader.peek()
  switch (token.kind) {
    case 'number':
      reader.next()
      return { kind: 'number', at: token.at, value: token.value }
    case 'duration':
      reader.next()
      return { kind: 'number', at: token.at, value: token.ms / 1000 }
    case 'text':
      reader.next()
      return { kind: 'string', at: token.at, value: token.text }
    case 'operator':
      if (token.text === '{') return parseSelector(reader)
      if (!reader.take('(')) throw reader.unexpected(token, '')
      return enclosed(reader, parseExpression(reader, { level: 0, depth }))
    case 'name':
      return parseNamed(reader, depth)
    case 'end':
      throw reader.unexpected(token, '')
  }
}

function enclosed(reader: Reader, node: Node): Node {
  reader.expect(')', 'paren expression')
  return node
}

function parseNamed(reader: Reader, depth: number): Node {
  const token = reader.peek()
  const follows = reader.peek(1).text.toLowerCase()
  const lower = token.text.toLowerCase()
  if (/^[+]?(?:inf|nan)$/.test(lower) && follows !== '{') {
    reader.next()
    return { kind: 'number', at: token.at, value: lower === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY }
  }
  const groups = follows === '(' || follows === 'by' || follows === 'without'
  if (groups && aggregations.has(lower)) return parseAggregation(reader, depth)
  if (follows !== '(') return parseSelector(reader)
  if (notSimulated.has(lower))
    throw parseFault(reader.source, token.at, `function "${token.text}" is not simulated here`)
  if (!signatures.has(token.text))
    throw parseFault(reader.source, token.at, `unknown function with name "${token.text}"`)
  reader.next()
  return { kind: 'call', at: token.at, name: token.text, given: parseGiven(reader, { level: 0, depth }) }
}

function parseGiven(reader: Reader, place: Place): readonly Node[] {
  const given: Node[] = []
  reader.expect('(', 'call')
  if (reader.take(')')) return given
  do given.push(parseExpression(reader, place))
  while (reader.take(','))
  reader.expect(')', 'call')
  return given
}

function parseAggregation(reader: Reader, depth: number): Node {
  const { text, at } = reader.next()
  const name = text.toLowerCase()
  const before = parseGrouping(reader)
  const given = parseGiven(reader, { level: 0, depth })
  const grouping = before ?? parseGrouping(reader) ?? { of: 'by', names: [] }
  const wanted = aggregations.get(name) === 'scalar' ? 2 : 1
  const [first, second] = given
  if (first === undefined || given.length !== wanted)
    throw parseFault(
      reader.source,
      at,
      `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${given.length}`,
    )
  if (second === undefined) return { kind: 'aggregation', at, name, of: first, grouping }
  if (typeOf(first) === 'string')
    throw parseFault(reader.source, first.at, 'expected type scalar in aggregation parameter, got string')
  return { kind: 'aggregation', at, name, of: second, parameter: first, grouping }
}

function parseGrouping(reader: Reader): Grouping | undefined {
  const of = reader.take('by') ? ('by' as const) : reader.take('without') ? ('without' as const) : undefined
  return of === undefined ? undefined : { of, names: parseNames(reader, 'grouping opts') }
}
