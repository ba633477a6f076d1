import type { Matcher } from './matching.ts'

export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string'
export type Arithmetic = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2'
export type Comparison = '==' | '!=' | '>' | '<' | '>=' | '<='
export type SetOperator = 'and' | 'or' | 'unless'
export type BinaryOperator = Arithmetic | Comparison | SetOperator

/** Which labels two sides must share, and which side may have several series for one of the other. */
export interface VectorMatching {
  readonly labels: { readonly of: 'on' | 'ignoring'; readonly names: readonly string[] }
  readonly many: 'none' | 'left' | 'right'
  /** Copied from the side that has one. */
  readonly include: readonly string[]
}

export interface Grouping {
  readonly of: 'by' | 'without'
  readonly names: readonly string[]
}

/** When a selector looks; ms. */
export interface Moment {
  readonly offsetMs: number
  /** `@ 1609746000`, epoch ms. */
  readonly fixedAt?: number
}

export interface Selector extends Moment {
  readonly kind: 'selector'
  readonly matchers: readonly Matcher[]
}

/** Where in the query it begins. */
type Placed = { readonly at: number }

export type Node = Placed &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'string'; readonly value: string }
    | Selector
    | { readonly kind: 'range'; readonly of: Selector; readonly rangeMs: number }
    | ({ readonly kind: 'subquery'; readonly of: Node; readonly rangeMs: number; readonly stepMs?: number } & Moment)
    | { readonly kind: 'negation'; readonly of: Node }
    | { readonly kind: 'call'; readonly name: string; readonly given: readonly Node[] }
    | {
        readonly kind: 'aggregation'
        readonly name: string
        readonly of: Node
        readonly parameter?: Node
        readonly grouping: Grouping
      }
    | {
        readonly kind: 'binary'
        readonly operator: BinaryOperator
        readonly left: Node
        readonly right: Node
        /** With `bool` a comparison answers 0 or 1 instead of keeping what holds. */
        readonly answers: 'values' | 'bool'
        readonly matching?: VectorMatching
      }
  )

export type CallNode = Extract<Node, { kind: 'call' }>
export type AggregationNode = Extract<Node, { kind: 'aggregation' }>
export type BinaryNode = Extract<Node, { kind: 'binary' }>
