import type { Node, Selector } from './syntax.ts'

/** Epoch ms. */
export interface Reach {
  readonly from: number
  readonly to: number
}

interface Reached {
  readonly selector: Selector
  readonly reach: Reach
}

/** Which selectors a query has, and the stretch of time that each of them looks at. */
export function resolve(node: Node, asked: Reach, lookbackMs: number): readonly Reached[] {
  const moved = ({ offsetMs, fixedAt }: Selector | Extract<Node, { kind: 'subquery' }>, backMs: number): Reach => ({
    from: (fixedAt ?? asked.from) - offsetMs - backMs,
    to: (fixedAt ?? asked.to) - offsetMs,
  })
  switch (node.kind) {
    case 'number':
    case 'string':
      return []
    case 'selector':
      return [{ selector: node, reach: moved(node, lookbackMs) }]
    case 'range':
      return [{ selector: node.of, reach: moved(node.of, node.rangeMs) }]
    case 'subquery':
      return resolve(node.of, moved(node, node.rangeMs), lookbackMs)
    case 'negation':
      return resolve(node.of, asked, lookbackMs)
    case 'call':
      return node.given.flatMap((part) => resolve(part, asked, lookbackMs))
    case 'aggregation':
      return [node.of, ...(node.parameter ? [node.parameter] : [])].flatMap((part) => resolve(part, asked, lookbackMs))
    case 'binary':
      return [node.left, node.right].flatMap((part) => resolve(part, asked, lookbackMs))
  }
}
