import { executionFault } from './fault.ts'
import { withoutName } from './labels.ts'
import type { Labels } from './labels.ts'
import { keepsName, quantileOverTime, rangeFunctions } from './range-functions.ts'
import type { CallNode, Node } from './syntax.ts'
import type { Sample, Value } from './values.ts'
import { histogramQuantile, labelJoin, labelReplace, scalarFunctions } from './vector-functions.ts'

interface Situation {
  readonly given: readonly Value[]
  /** Epoch ms. */
  readonly moment: number
}

const vector = (samples: readonly Sample[]): Value => ({ kind: 'vector', samples })
const scalar = (value: number): Value => ({ kind: 'scalar', value })

/** A function's answer; what it takes has been checked when the query was read. */
export function call(node: CallNode, { given, moment }: Situation): Value {
  const scalars = given.flatMap((value) => (value.kind === 'scalar' ? [value.value] : []))
  const strings = given.flatMap((value) => (value.kind === 'string' ? [value.value] : []))
  const samples = given.flatMap((value) => (value.kind === 'vector' ? value.samples : []))
  const matrix = given.find((value) => value.kind === 'matrix')
  const [number = Number.NaN] = scalars

  const overRange = rangeFunctions.get(node.name)
  if (overRange !== undefined && matrix !== undefined)
    return vector(
      matrix.series.flatMap(({ labels, samples: inRange }) => {
        const value = overRange(inRange, matrix.stretch)
        return value === undefined ? [] : [{ labels: keepsName(node.name) ? labels : withoutName(labels), value }]
      }),
    )
  if (node.name === 'clamp' && number > (scalars[1] ?? Number.NaN)) return vector([])
  const each = scalarFunctions.get(node.name)
  if (each !== undefined)
    return vector(samples.map(({ labels, value }) => ({ labels: withoutName(labels), value: each(value, ...scalars) })))

  switch (node.name) {
    case 'quantile_over_time':
      return vector(
        (matrix?.series ?? []).map(({ labels, samples: inRange }) => ({
          labels: withoutName(labels),
          value: quantileOverTime(number, inRange),
        })),
      )
    case 'absent_over_time':
      return vector(matrix?.series.length === 0 ? [{ labels: labelsAsked(node.given[0]), value: 1 }] : [])
    case 'absent':
      return vector(samples.length === 0 ? [{ labels: labelsAsked(node.given[0]), value: 1 }] : [])
    case 'histogram_quantile':
      return vector(histogramQuantile(number, samples))
    case 'label_replace':
      return vector(labelReplace(samples, strings))
    case 'label_join':
      return vector(labelJoin(samples, strings))
    case 'sort':
    case 'sort_desc':
      return vector(sorted(samples, node.name))
    case 'timestamp':
      return vector(samples.map(({ labels }) => ({ labels: withoutName(labels), value: moment / 1000 })))
    case 'scalar':
      return scalar(samples.length === 1 ? (samples[0]?.value ?? Number.NaN) : Number.NaN)
    case 'vector':
      return vector([{ labels: new Map(), value: number }])
    case 'time':
      return scalar(moment / 1000)
    case 'pi':
      return scalar(Math.PI)
    default:
      throw executionFault(`function "${node.name}" is not simulated here`)
  }
}

function sorted(samples: readonly Sample[], by: 'sort' | 'sort_desc'): readonly Sample[] {
  const sign = by === 'sort' ? 1 : -1
  return [...samples].sort((one, other) => {
    if (Number.isNaN(one.value) || Number.isNaN(other.value))
      return Number(Number.isNaN(one.value)) - Number(Number.isNaN(other.value))
    return sign * (one.value - other.value)
  })
}

/** What is absent has the labels that were asked for with `=`, once each. */
function labelsAsked(node: Node | undefined): Labels {
  const selector = node?.kind === 'range' ? node.of : node
  if (selector?.kind !== 'selector') return new Map()
  const named = selector.matchers.filter(({ label }) => label !== '__name__')
  return new Map(
    named.flatMap(({ label, is, value }): readonly [string, string][] =>
      is === '=' && value !== '' && named.filter((other) => other.label === label).length === 1 ? [[label, value]] : [],
    ),
  )
}
