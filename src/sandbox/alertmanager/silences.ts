import { z } from 'zod'
import { createMatcher } from '../prometheus/promql/matching.ts'
import type { Matcher as Test } from '../prometheus/promql/matching.ts'
import type { Labels } from './notice.ts'

interface Condition {
  readonly name: string
  readonly value: string
  readonly isRegex: boolean
  readonly isEqual: boolean
}

const Matcher = z
  .object({
    name: z.string().min(1),
    value: z.string(),
    isRegex: z.boolean(),
    isEqual: z.boolean().default(true),
  })
  .refine((matcher) => isReadable(matcher), 'invalid matcher: error parsing regexp')

const Moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

/** As `POST /api/v2/silences` takes it. */
export const SilenceOrder = z
  .object({
    id: z.string().optional(),
    matchers: z.array(Matcher).min(1),
    startsAt: Moment,
    endsAt: Moment,
    createdBy: z.string().min(1),
    comment: z.string().min(1),
  })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, 'start time must be before end time')
export type SilenceOrder = z.output<typeof SilenceOrder>

export interface Silence extends Omit<SilenceOrder, 'id'> {
  readonly id: string
  readonly updatedAt: number
}

export interface SilenceBook {
  /** Answers the id: of a new silence, or of the one that was changed; undefined where that one is not there. */
  put(order: SilenceOrder): string | undefined
  expire(id: string): 'expired' | 'unknown' | 'over'
  find(id: string): Silence | undefined
  all(): readonly Silence[]
  silences(labels: Labels, at: number): boolean
}

const mostKept = 200

export const stateOf = ({ startsAt, endsAt }: Silence, at: number): 'pending' | 'active' | 'expired' =>
  endsAt <= at ? 'expired' : startsAt > at ? 'pending' : 'active'

export function createSilenceBook(now: () => number, nextId: () => string): SilenceBook {
  const kept = new Map<string, Silence>()
  const keep = (silence: Silence): string => {
    kept.set(silence.id, silence)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return silence.id
  }
  return {
    put: ({ id, ...order }) => {
      const known = id === undefined ? undefined : kept.get(id)
      if (id !== undefined && !known) return undefined
      // Who comes after the end makes another one, and so does who changes what is silenced.
      const same = known && stateOf(known, now()) !== 'expired' && sameMatchers(known, order)
      if (known && !same && stateOf(known, now()) !== 'expired') keep({ ...known, endsAt: now(), updatedAt: now() })
      return keep({ ...order, id: same ? known.id : nextId(), updatedAt: now() })
    },
    expire: (id) => {
      const known = kept.get(id)
      if (!known) return 'unknown'
      if (stateOf(known, now()) === 'expired') return 'over'
      keep({ ...known, endsAt: now(), updatedAt: now() })
      return 'expired'
    },
    find: (id) => kept.get(id),
    all: () => [...kept.values()],
    silences: (labels, at) =>
      [...kept.values()].some((silence) => stateOf(silence, at) === 'active' && matchesAll(silence.matchers, labels)),
  }
}

const sameMatchers = (one: Pick<SilenceOrder, 'matchers'>, other: Pick<SilenceOrder, 'matchers'>): boolean =>
  JSON.stringify(one.matchers) === JSON.stringify(other.matchers)

/** As Alertmanager and Prometheus read both: RE2, anchored at both ends. Throws where the pattern is none. */
const testOf = ({ name, value, isRegex, isEqual }: Condition): Test =>
  createMatcher({ label: name, value, is: isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=' })

function isReadable(matcher: Condition): boolean {
  try {
    return testOf(matcher).label !== ''
  } catch {
    return false
  }
}

const matchesAll = (matchers: readonly Condition[], labels: Labels): boolean =>
  matchers.map(testOf).every(({ label, holds }) => holds(labels[label] ?? ''))
