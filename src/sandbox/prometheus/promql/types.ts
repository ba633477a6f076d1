import { parseFault } from './fault.ts'
import { signatures } from './signatures.ts'
import type { Node, ValueType } from './syntax.ts'

const spoken: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  vector: 'instant vector',
  matrix: 'range vector',
  string: 'string',
}

export function typeOf(node: Node): ValueType {
  switch (node.kind) {
    case 'number':
      return 'scalar'
    case 'string':
      return 'string'
    case 'selector':
    case 'aggregation':
      return 'vector'
    case 'range':
    case 'subquery':
      return 'matrix'
    case 'negation':
      return typeOf(node.of)
    case 'call':
      return signatures.get(node.name)?.gives ?? 'vector'
    case 'binary':
      return typeOf(node.left) === 'scalar' && typeOf(node.right) === 'scalar' ? 'scalar' : 'vector'
  }
}

/** Throws a parse error, in Prometheus' words, where something stands that cannot be computed with. */
export function check(source: string, node: Node): void {
  const fail = (at: number, message: string): never => {
    throw parseFault(source, at, message)
  }
  const expect = (part: Node, wanted: ValueType, where: string): void => {
    const found = typeOf(part)
    if (found !== wanted) fail(part.at, `expected type ${spoken[wanted]} in ${where}, got ${spoken[found]}`)
  }
  switch (node.kind) {
    case 'number':
    case 'string':
    case 'selector':
    case 'range':
      return
    case 'subquery':
      check(source, node.of)
      if (typeOf(node.of) !== 'vector')
        fail(node.at, `subquery is only allowed on instant vector, got ${spoken[typeOf(node.of)]} instead`)
      return
    case 'negation':
      check(source, node.of)
      if (!computable(node.of))
        fail(
          node.at,
          `unary expression only allowed on expressions of type scalar or instant vector, got "${spoken[typeOf(node.of)]}"`,
        )
      return
    case 'aggregation':
      for (const part of [node.of, ...(node.parameter ? [node.parameter] : [])]) check(source, part)
      expect(node.of, 'vector', 'aggregation expression')
      if (node.parameter) expect(node.parameter, 'scalar', 'aggregation parameter')
      return
    case 'call': {
      const { takes = [], optional = 0, variadic } = signatures.get(node.name) ?? {}
      const { length } = node.given
      if (length < takes.length - optional)
        fail(
          node.at,
          `expected ${optional > 0 ? 'at least ' : ''}${takes.length - optional} argument(s) in call to "${node.name}", got ${length}`,
        )
      if (length > takes.length && variadic === undefined)
        fail(
          node.at,
          `expected ${optional > 0 ? 'at most ' : ''}${takes.length} argument(s) in call to "${node.name}", got ${length}`,
        )
      for (const [index, given] of node.given.entries()) {
        check(source, given)
        const wanted = takes[index] ?? takes.at(-1)
        if (wanted !== undefined) expect(given, wanted, `call to function "${node.name}"`)
      }
      return
    }
    case 'binary': {
      const { left, right, operator, answers, matching } = node
      check(source, left)
      check(source, right)
      for (const side of [left, right])
        if (!computable(side)) fail(side.at, 'binary expression must contain only scalar and instant vector types')
      const scalars = [left, right].filter((side) => typeOf(side) === 'scalar').length
      const isSet = operator === 'and' || operator === 'or' || operator === 'unless'
      if (isSet && scalars > 0) fail(node.at, `set operator "${operator}" not allowed in binary scalar expression`)
      const compares = /^(?:==|!=|[<>]=?)$/.test(operator)
      if (compares && scalars === 2 && answers !== 'bool')
        fail(node.at, 'comparisons between scalars must use BOOL modifier')
      if (matching && scalars > 0) fail(node.at, 'vector matching only allowed between instant vectors')
      if (matching && isSet && matching.many !== 'none')
        fail(node.at, `no grouping allowed for "${operator}" operation`)
    }
  }
}

const computable = (node: Node): boolean => typeOf(node) === 'scalar' || typeOf(node) === 'vector'
