import { compute } from './arithmetic.ts'
import { executionFault } from './fault.ts'
import { labelKey, metricName, only, withLabel, without, withoutName } from './labels.ts'
import type { Labels } from './labels.ts'
import type { BinaryNode, VectorMatching } from './syntax.ts'
import type { Sample, Value } from './values.ts'

const everywhere: VectorMatching = { labels: { of: 'ignoring', names: [] }, many: 'none', include: [] }

export function combine(node: BinaryNode, left: Value, right: Value): Value {
  if (left.kind === 'scalar' && right.kind === 'scalar')
    return { kind: 'scalar', value: Number(compute(node.operator, left.value, right.value)) }
  if (left.kind === 'vector' && right.kind === 'scalar')
    return vector(left.samples.flatMap((sample) => one(node, sample, [sample.value, right.value])))
  if (left.kind === 'scalar' && right.kind === 'vector')
    return vector(right.samples.flatMap((sample) => one(node, sample, [left.value, sample.value])))
  if (left.kind !== 'vector' || right.kind !== 'vector')
    throw executionFault('binary expression must contain only scalar and instant vector types')
  const { operator, matching = everywhere } = node
  if (operator === 'and' || operator === 'or' || operator === 'unless')
    return vector(sets(operator, { left: left.samples, right: right.samples }, keyOf(matching)))
  return vector(pairs(node, matching, { left: left.samples, right: right.samples }))
}

const vector = (samples: readonly Sample[]): Value => ({ kind: 'vector', samples })

interface Sides {
  readonly left: readonly Sample[]
  readonly right: readonly Sample[]
}

/** Against a number: a comparison keeps the series as it is, all else makes it a new one. */
function one(node: BinaryNode, { labels, value }: Sample, [left, right]: readonly [number, number]): Sample[] {
  const result = compute(node.operator, left, right)
  if (typeof result === 'number') return [{ labels: withoutName(labels), value: result }]
  if (node.answers === 'bool') return [{ labels: withoutName(labels), value: Number(result) }]
  return result === true ? [{ labels, value }] : []
}

function keyOf({ labels: { of, names } }: VectorMatching): (labels: Labels) => string {
  const known = new WeakMap<Labels, string>()
  return (labels) => {
    const found =
      known.get(labels) ?? labelKey(of === 'on' ? only(labels, names) : without(labels, [...names, metricName]))
    known.set(labels, found)
    return found
  }
}

function sets(
  operator: 'and' | 'or' | 'unless',
  { left, right }: Sides,
  key: (labels: Labels) => string,
): readonly Sample[] {
  const there = new Set((operator === 'or' ? left : right).map(({ labels }) => key(labels)))
  if (operator === 'or') return [...left, ...right.filter(({ labels }) => !there.has(key(labels)))]
  return left.filter(({ labels }) => there.has(key(labels)) === (operator === 'and'))
}

function pairs(node: BinaryNode, matching: VectorMatching, { left, right }: Sides): readonly Sample[] {
  const key = keyOf(matching)
  const oneIs = matching.many === 'right' ? 'left' : 'right'
  const [manySide, oneSide] = oneIs === 'right' ? [left, right] : [right, left]
  const single = new Map<string, Sample>()
  for (const sample of oneSide) {
    const group = key(sample.labels)
    const other = single.get(group)
    if (other !== undefined)
      throw executionFault(
        `found duplicate series for the match group ${group} on the ${oneIs} hand-side of the operation: [${shown(sample.labels)}, ${shown(other.labels)}];many-to-many matching not allowed: matching labels must be unique on one side`,
      )
    single.set(group, sample)
  }
  const seen = new Set<string>()
  return manySide.flatMap((many) => {
    const group = key(many.labels)
    const counterpart = single.get(group)
    if (counterpart === undefined) return []
    const [leftSample, rightSample] = oneIs === 'right' ? [many, counterpart] : [counterpart, many]
    const result = compute(node.operator, leftSample.value, rightSample.value)
    if (result === false && node.answers !== 'bool') return []
    const kept = typeof result === 'boolean' && node.answers !== 'bool'
    const labels = resultLabels(matching, {
      many: many.labels,
      one: counterpart.labels,
      name: kept ? 'kept' : 'dropped',
    })
    const identity = matching.many === 'none' ? group : labelKey(labels)
    if (seen.has(identity))
      throw executionFault(
        matching.many === 'none'
          ? 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)'
          : 'multiple matches for labels: grouping labels must ensure unique matches',
      )
    seen.add(identity)
    return [{ labels, value: kept ? leftSample.value : Number(result) }]
  })
}

function resultLabels(
  { labels: { of, names }, many: cardinality, include }: VectorMatching,
  { many, one: single, name }: { readonly many: Labels; readonly one: Labels; readonly name: 'kept' | 'dropped' },
): Labels {
  const base = name === 'kept' ? many : withoutName(many)
  if (cardinality === 'none') return of === 'on' ? only(base, names) : without(base, names)
  return include.reduce((labels, label) => withLabel(labels, label, single.get(label)), base)
}

const shown = (labels: Labels): string =>
  `{${[...labels].map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`
