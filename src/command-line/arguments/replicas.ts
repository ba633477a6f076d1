import type { ReplicaChange } from '../../plans/plan.ts'
import type { Argument } from '../argument.ts'
import { plainArgument } from '../argument.ts'
import type { Fault } from '../problems.ts'

/** As many pods as one Kubernetes cluster is built for (kubernetes.io/docs/setup/best-practices/cluster-large). */
const limit = 150_000

const numbers: ReadonlyMap<string, string> = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, n) => [word, String(n)]),
)

/** `5`, `+2` and `-1` more or fewer, `4..12` (or `4–12`) as an autoscaler's bounds. A sign always means a difference. */
export function replicas(about = '5, or +2, or -1; 4..12 sets an autoscaler’s bounds'): Argument<ReplicaChange> {
  return plainArgument<ReplicaChange>({
    kind: 'replicas',
    label: 'REPLICAS',
    about,
    words: ['to'],
    fits: (text) => /^[-+]?\d/.test(text),
    read(text) {
      const bounds = /^(\d{1,12})(?:\.\.|–)(\d{1,12})$/.exec(text)
      if (bounds !== null) return readBounds(Number(bounds[1]), Number(bounds[2]))
      const [, sign, digits] = /^([-+]?)(\d{1,12})$/.exec(text) ?? []
      if (sign === undefined || digits === undefined) return wrong(shapeFault(text), suggestion(text))
      const count = Number(digits)
      if (count > limit) return wrong('too-many')
      if (sign === '') return { value: { to: count }, canonical: String(count) }
      if (count === 0) return wrong('no-change')
      return { value: { by: sign === '-' ? -count : count }, canonical: `${sign}${String(count)}` }
    },
  })
}

function readBounds(min: number, max: number): { value: ReplicaChange; canonical: string } | Fault {
  if (max > limit || min > limit) return wrong('too-many')
  if (min > max) return wrong('order', `${String(max)}..${String(min)}`)
  return { value: { bounds: { min, max } }, canonical: `${String(min)}..${String(max)}` }
}

function shapeFault(text: string): 'fraction' | 'too-many' | 'not-a-number' {
  if (/^[-+]?\d+[.,]\d+$/.test(text)) return 'fraction'
  return /^[-+]?\d+(?:e\+?\d+)?$/i.test(text) ? 'too-many' : 'not-a-number'
}

function suggestion(text: string): string | undefined {
  const bounds = /^(\d{1,6})(?:-|…|\.\.\.)(\d{1,6})$/.exec(text)
  return bounds === null ? numbers.get(text.toLowerCase()) : `${bounds[1] ?? ''}..${bounds[2] ?? ''}`
}

function wrong(why: Extract<Fault, { kind: 'replicas' }>['why'], like?: string): Fault {
  return { kind: 'replicas', why, limit, like }
}
