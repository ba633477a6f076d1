import type { Freeze, Guard, Limit, Question } from './policy.ts'
import { directionsOf, isChange } from './actions.ts'

/**
 * Does a guard or freeze reach this? `assumed` lists what a question leaves open: it then counts as not reaching.
 * An order with a value missing is reached (fail closed), and so is what means the whole; reads and the like that merely name no target
 * are not.
 */
export function restricts(
  limits: readonly Limit[],
  question: Question,
): { readonly reaches: boolean; readonly assumed: readonly string[] } {
  let assumed: string[] | undefined
  for (const limit of limits) {
    const result = limit.test(question)
    if (result === 'failed' || result === 'moot') return beyond
    if (result !== 'unknown') continue
    if (question.question === true) (assumed ??= []).push(`not ${limit.text}`)
    else if (!isChange(question.action) && question.whole !== true) return beyond
  }
  return assumed === undefined ? reached : { reaches: false, assumed }
}

const beyond = { reaches: false, assumed: [] } as const
const reached = { reaches: true, assumed: [] } as const

export interface Guarding {
  readonly guards: readonly Guard[]
  readonly assumed: readonly string[]
}

/** Guards of the question's action that reach it, in the order of the file. */
export function reachingGuards(guards: readonly Guard[] | undefined, question: Question): Guarding {
  if (guards === undefined) return unguarded
  let found: Guard[] | undefined
  let assumed: string[] | undefined
  for (const guard of guards) {
    const result = restricts(guard.limits, question)
    if (result.reaches) (found ??= []).push(guard)
    else if (result.assumed.length > 0) {
      ;(assumed ??= []).push(...result.assumed.map((text) => `${text} (${guard.rule.name})`))
    }
  }
  if (found === undefined && assumed === undefined) return unguarded
  return { guards: found ?? [], assumed: assumed ?? [] }
}

export const unguarded: Guarding = { guards: [], assumed: [] }

export interface ActiveFreeze {
  readonly freeze: Freeze
  readonly until: number | undefined
}

/** Freezes that forbid this now, the one that lasts longest first. */
export function activeFreezes(
  freezes: readonly Freeze[],
  question: Question,
): { readonly freezes: readonly ActiveFreeze[]; readonly assumed: readonly string[] } {
  if (freezes.length === 0 || !isChange(question.action)) return none
  const found: ActiveFreeze[] = []
  const assumed: string[] = []
  for (const freeze of freezes) {
    const result = restricts(freeze.limits, question)
    if (!result.reaches && result.assumed.length === 0) continue
    const window = freeze.active(question.at)
    if (window === undefined) continue
    const escape = exception(freeze, question)
    if (escape === 'excepted') continue
    if (!result.reaches) assumed.push(...result.assumed.map((text) => `${text} (${freeze.rule.name})`))
    else if (escape === undefined) found.push({ freeze, until: window.until })
    else assumed.push(`${escape} (${freeze.rule.name})`)
  }
  found.sort((a, b) => (b.until ?? Number.POSITIVE_INFINITY) - (a.until ?? Number.POSITIVE_INFINITY))
  return { freezes: found, assumed }
}

const none = { freezes: [], assumed: [] } as const

/** `excepted`, or the direction of scale that a question would have to take to be, or undefined. */
function exception({ except }: Freeze, question: Question): string | undefined {
  if (except.includes('*') || except.includes(question.action)) return 'excepted'
  if (question.action !== 'scale') return undefined
  const directions = except.filter((word) => word === 'scale-up' || word === 'scale-down')
  if (directions.length === 0) return undefined
  const taken = directionsOf(question)
  if (taken === undefined) return question.question === true ? directions.join(', ') : undefined
  return taken.some((direction) => directions.includes(direction)) ? 'excepted' : undefined
}
