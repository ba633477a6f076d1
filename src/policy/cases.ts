import type { Case } from './schema.ts'
import type { Decision } from './decision.ts'
import type { Policy, PolicyCase, Role } from './policy.ts'
import type { PolicyProblem } from './problems.ts'
import { decideFor } from './decide.ts'
import { heldRoles } from './holders.ts'
import { toQuestion } from './question.ts'

export interface CaseResult {
  readonly case: PolicyCase
  readonly decision: Decision
  readonly passed: boolean
}

/** Asks the policy its own questions. Without `at` a case stands outside time: no freeze counts. */
export function runCases(policy: Policy): readonly CaseResult[] {
  const timeless: Policy = { ...policy, freezes: [] }
  return policy.cases.map((each) => {
    const { text } = each
    const question = toQuestion(text, { clusters: policy.clusters, at: text.at ?? 0 })
    const decision = decideFor(text.at === undefined ? timeless : policy, rolesInCase(policy, text.who), question)
    return { case: each, decision, passed: fits(text.expect, decision) }
  })
}

/** What is wrong with a policy that does not pass its own cases. */
export function caseProblems(results: readonly CaseResult[]): readonly PolicyProblem[] {
  return results
    .filter(({ passed }) => !passed)
    .map(({ case: { number, place, text }, decision }) => ({
      code: 'policy_case_failed',
      ...place,
      number,
      who: describeWho(text.who),
      action: text.may,
      where: text.where,
      expected: describeExpectation(text.expect),
      got: decision,
    }))
}

export function rolesInCase(policy: Policy, who: Case['who']): readonly Role[] {
  if (who.user !== undefined) return heldRoles(policy, who)
  const holds = policy.roles.get(who.role)?.holds ?? []
  return holds.map((name) => policy.roles.get(name)).filter((role) => role !== undefined)
}

function fits(expected: Case['expect'], decision: Decision): boolean {
  if (expected === 'allow' || expected === 'deny') return decision.verdict === expected
  if (decision.verdict !== 'approval') return false
  const wanted = new Set(expected.approval)
  const { names } = decision.requirement
  return names.length === wanted.size && names.every((name) => wanted.has(name))
}

function describeWho(who: Case['who']): string {
  if (who.role !== undefined) return `{ role: ${who.role} }`
  return who.groups.length === 0 ? who.user : `{ user: ${who.user}, groups: [${who.groups.join(', ')}] }`
}

function describeExpectation(expected: Case['expect']): string {
  return typeof expected === 'string' ? expected : `approval: ${expected.approval.join(' + ')}`
}
