import { parseFault } from './fault.ts'
import { metricName } from './labels.ts'
import { createMatcher } from './matching.ts'
import type { Matcher } from './matching.ts'
import type { Reader } from './reader.ts'
import type { Moment, Node, Selector } from './syntax.ts'
import { typeOf } from './types.ts'

/** `name{label="value", …}`; the name may be missing. */
export function parseSelector(reader: Reader): Selector & { readonly at: number } {
  const start = reader.peek()
  const named = start.kind === 'name' ? reader.next() : undefined
  const matchers: Matcher[] =
    named === undefined ? [] : [createMatcher({ label: metricName, is: '=', value: named.text })]
  if (reader.take('{')) {
    while (!reader.take('}')) {
      matchers.push(parseMatcher(reader))
      if (reader.take(',') === undefined && !(reader.peek().kind === 'operator' && reader.peek().text === '}'))
        throw reader.unexpected(reader.peek(), 'label matching, expected "," or "}"')
    }
  }
  if (named !== undefined && matchers.slice(1).some(({ label }) => label === metricName))
    throw parseFault(reader.source, start.at, `metric name must not be set twice: "${named.text}"`)
  if (matchers.every(({ holds }) => holds('')))
    throw parseFault(reader.source, start.at, 'vector selector must contain at least one non-empty matcher')
  return { kind: 'selector', at: start.at, matchers, offsetMs: 0 }
}

function parseMatcher(reader: Reader): Matcher {
  const label = reader.next()
  // A name in quotes alone is the metric's (UTF-8 names).
  if (label.kind === 'text' && !/^(?:=|!=|=~|!~)$/.test(reader.peek().text))
    return createMatcher({ label: metricName, is: '=', value: label.text })
  if ((label.kind !== 'name' && label.kind !== 'text') || label.text.includes(':'))
    throw reader.unexpected(label, 'label matching, expected identifier or "}"')
  const { text: is, ...sign } = reader.next()
  if (is !== '=' && is !== '!=' && is !== '=~' && is !== '!~')
    throw parseFault(reader.source, sign.at, `unexpected "${is}" in label matching, expected label matching operator`)
  const value = reader.next()
  if (value.kind !== 'text') throw reader.unexpected(value, 'label matching, expected string')
  try {
    return createMatcher({ label: label.text, is, value: value.text })
  } catch (error) {
    throw parseFault(reader.source, value.at, error instanceof Error ? error.message : 'error parsing regexp')
  }
}

/** What may follow an expression: `[5m]`, `[1h:1m]`, `offset 1w`, `@ 1609746000`. */
export function parseSuffixes(reader: Reader, node: Node): Node {
  for (let whole = node; ;) {
    if (reader.take('[')) whole = parseRange(reader, whole)
    else if (reader.take('offset')) whole = moved(reader, whole, { offsetMs: parseOffset(reader) })
    else if (reader.take('@')) whole = moved(reader, whole, { fixedAt: parseMoment(reader) })
    else return whole
  }
}

function parseRange(reader: Reader, node: Node): Node {
  const rangeMs = parseLength(reader)
  if (reader.take(':')) {
    const stepMs = reader.peek().text === ']' ? undefined : parseLength(reader)
    reader.expect(']', 'subquery')
    return {
      kind: 'subquery',
      at: node.at,
      of: node,
      rangeMs,
      offsetMs: 0,
      ...(stepMs === undefined ? {} : { stepMs }),
    }
  }
  reader.expect(']', 'range')
  if (node.kind !== 'selector') throw parseFault(reader.source, node.at, 'ranges only allowed for vector selectors')
  if (node.offsetMs !== 0 || node.fixedAt !== undefined)
    throw parseFault(reader.source, node.at, 'no offset or @ modifiers allowed before range')
  return { kind: 'range', at: node.at, of: node, rangeMs }
}

function parseLength(reader: Reader): number {
  const token = reader.next()
  const ms = token.kind === 'duration' ? token.ms : token.kind === 'number' ? token.value * 1000 : undefined
  if (ms === undefined) throw reader.unexpected(token, 'range, expected duration')
  if (!(ms > 0) || ms > longestMs) throw parseFault(reader.source, token.at, 'duration must be greater than 0')
  return ms
}

const longestMs = 100 * 31_536_000_000

function parseOffset(reader: Reader): number {
  const sign = reader.take('-') ? -1 : 1
  if (sign === 1) reader.take('+')
  const token = reader.next()
  if (token.kind === 'duration') return sign * token.ms
  if (token.kind === 'number') return sign * token.value * 1000
  throw reader.unexpected(token, 'offset, expected duration')
}

function parseMoment(reader: Reader): number {
  const sign = reader.take('-') ? -1 : 1
  const token = reader.next()
  if (token.kind === 'number') return sign * token.value * 1000
  if (token.kind === 'name') throw parseFault(reader.source, token.at, `"@ ${token.text}()" is not simulated here`)
  throw reader.unexpected(token, '@, expected timestamp')
}

function moved(reader: Reader, node: Node, moment: Partial<Moment>): Node {
  if (node.kind === 'range') return { ...node, of: { ...node.of, ...moment } }
  if (node.kind === 'selector' || node.kind === 'subquery') return { ...node, ...moment }
  throw parseFault(
    reader.source,
    node.at,
    `modifier must be preceded by an instant vector selector or range vector selector or a subquery, not by a ${typeOf(node)}`,
  )
}
