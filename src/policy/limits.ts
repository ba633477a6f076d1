import type { Action } from './decision.ts'
import type { Direction } from './actions.ts'
import type { Limit, LimitAnswer, Question } from './policy.ts'
import type { Range } from './schema.ts'
import { compileImagePattern, splitImage } from './images.ts'
import { compilePatterns } from './patterns.ts'
import { directionsOf } from './actions.ts'

const list = (patterns: readonly string[]) => `[${patterns.join(', ')}]`
const answer = (holds: boolean): LimitAnswer => (holds ? 'met' : 'failed')

/** Known names that the patterns reach. */
export function reachedNames(patterns: readonly string[], known: Iterable<string>): ReadonlySet<string> {
  const matches = compilePatterns(patterns)
  return new Set([...known].filter(matches))
}

/** An empty text stands for a question about no cluster in particular. */
export function clusterLimit(patterns: readonly string[], known: Iterable<string>): Limit {
  const reached = reachedNames(patterns, known)
  return {
    text: `clusters: ${list(patterns)}`,
    test: ({ cluster }) => (cluster === '' ? 'unknown' : answer(reached.has(cluster))),
  }
}

export function environmentLimit(patterns: readonly string[], known: Iterable<string>): Limit {
  const reached = reachedNames(patterns, known)
  return {
    text: `environments: ${list(patterns)}`,
    test: ({ environment }) => (environment === '' ? 'unknown' : answer(reached.has(environment))),
  }
}

export function namespaceLimit(patterns: readonly string[]): Limit {
  const matches = compilePatterns(patterns)
  return {
    text: `namespaces: ${list(patterns)}`,
    test: ({ namespace }) => (namespace === undefined ? 'unknown' : answer(matches(namespace))),
  }
}

export function nameLimit(patterns: readonly string[]): Limit {
  const matches = compilePatterns(patterns)
  return {
    text: `names: ${list(patterns)}`,
    test: ({ name }) => (name === undefined ? 'unknown' : answer(matches(name))),
  }
}

const carriesImages: ReadonlySet<Action> = new Set(['deploy', 'rollback'])

/** `every`: all changed images must fit, as a grant wants; `some`: one that fits is enough to be guarded. */
export function imageLimit(patterns: readonly string[], quantity: 'every' | 'some'): Limit {
  const compiled = patterns.map(compileImagePattern)
  const fits = (reference: string) => {
    const image = splitImage(reference)
    return compiled.some((matches) => matches(image))
  }
  return {
    text: `images: ${list(patterns)}`,
    test: ({ action, images }) => {
      if (images === undefined) return carriesImages.has(action) ? 'unknown' : 'moot'
      if (images.length === 0) return 'moot'
      return answer(quantity === 'every' ? images.every(fits) : images.some(fits))
    },
  }
}

const describeRange = ({ min, max }: Range) => {
  if (min !== undefined && min === max) return `replicas: ${String(min)}`
  const parts = [min === undefined ? '' : `min: ${String(min)}`, max === undefined ? '' : `max: ${String(max)}`]
  return `replicas: { ${parts.filter(Boolean).join(', ')} }`
}

/** `within`: no result may leave the range, as a grant wants; `touching`: one possible result in it is enough to be guarded. */
export function replicaLimit(range: Range, quantity: 'within' | 'touching'): Limit {
  const min = range.min ?? 0
  const max = range.max ?? Number.POSITIVE_INFINITY
  return {
    text: describeRange(range),
    test: ({ action, replicas }) => {
      if (replicas === undefined) return action === 'scale' ? 'unknown' : 'moot'
      const { after } = replicas
      return answer(quantity === 'within' ? after.min >= min && after.max <= max : after.max >= min && after.min <= max)
    },
  }
}

export function directionLimit(directions: readonly Direction[]): Limit {
  return {
    text: `actions: ${list(directions)}`,
    test: (question) => {
      const taken = directionsOf(question)
      return taken === undefined ? 'unknown' : answer(taken.some((direction) => directions.includes(direction)))
    },
  }
}

/** A question's unknown values count as met; an order's do not. */
export function passes(limit: Limit, question: Question): boolean {
  const result = limit.test(question)
  return result !== 'failed' && (result !== 'unknown' || question.question === true)
}

/** May a grant with these limits be used? */
export function permits(limits: readonly Limit[], question: Question): boolean {
  for (const limit of limits) if (!passes(limit, question)) return false
  return true
}

/** Limits whose value the question leaves out. */
export function unknownLimits(limits: readonly Limit[], question: Question): readonly string[] {
  return limits.filter((limit) => limit.test(question) === 'unknown').map(({ text }) => text)
}
