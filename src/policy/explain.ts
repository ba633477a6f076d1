import type { Decision, Requirement, Rule } from './decision.ts'
import type { Limit, LimitAnswer, Policy, Question, Role } from './policy.ts'
import { decideFor } from './decide.ts'
import { restricts } from './restrictions.ts'

/** One limit of a rule and how the question stands to it. */
export interface LimitTrace {
  readonly text: string
  readonly answer: LimitAnswer
}

export interface Explanation {
  readonly decision: Decision
  /** Roles held, in the order of the file. */
  readonly roles: readonly string[]
  /** Every grant of the action, those of roles not held too. */
  readonly grants: readonly {
    readonly rule: Rule
    readonly held: boolean
    readonly matches: boolean
    readonly approval: Requirement | undefined
    readonly limits: readonly LimitTrace[]
  }[]
  readonly guards: readonly {
    readonly rule: Rule
    readonly reaches: boolean
    readonly effect: 'deny' | 'approval'
    readonly limits: readonly LimitTrace[]
  }[]
  readonly freezes: readonly {
    readonly rule: Rule
    readonly reaches: boolean
    readonly active: boolean
    readonly until: number | undefined
    readonly except: readonly string[]
    readonly limits: readonly LimitTrace[]
  }[]
}

/** The decision with everything that was considered for it, in the order of the file. */
export function explain(policy: Policy, roles: readonly Role[], question: Question): Explanation {
  const trace = (limits: readonly Limit[]) =>
    limits.map((limit) => ({ text: limit.text, answer: limit.test(question) }))
  const matches = (limits: readonly LimitTrace[]) =>
    limits.every(({ answer }) => answer !== 'failed' && (answer !== 'unknown' || question.question === true))

  const grants = [...policy.roles.values()].flatMap((role) =>
    (role.grants.get(question.action) ?? []).map(({ rule, requirement, limits }) => {
      const traced = trace(limits)
      return { rule, held: roles.includes(role), matches: matches(traced), approval: requirement, limits: traced }
    }),
  )
  return {
    decision: decideFor(policy, roles, question),
    roles: [...policy.roles.values()].filter((role) => roles.includes(role)).map(({ name }) => name),
    grants,
    guards: (policy.guards.get(question.action) ?? []).map(({ rule, effect, limits }) => ({
      rule,
      effect: effect.kind,
      reaches: restricts(limits, question).reaches,
      limits: trace(limits),
    })),
    freezes: policy.freezes.map(({ rule, limits, except, active }) => {
      const window = active(question.at)
      const { reaches } = restricts(limits, question)
      return { rule, reaches, active: window !== undefined, until: window?.until, except, limits: trace(limits) }
    }),
  }
}
