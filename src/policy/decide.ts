import type { Decision, PolicyRequest, Refusal, Requirement, Rule } from './decision.ts'
import type { Grant, Policy, Question, Role } from './policy.ts'
import { activeFreezes, reachingGuards } from './restrictions.ts'
import { heldRoles, rolesThatMay } from './holders.ts'
import { permits, unknownLimits } from './limits.ts'
import { mergeRequirements } from './requirements.ts'

/** The policy's answer. Pure: the same policy, request and moment give the same answer. Default deny. */
export function decide(policy: Policy, request: PolicyRequest): Decision {
  return decideFor(policy, heldRoles(policy, request.actor), request)
}

/** The answer for somebody who holds exactly these roles. */
export function decideFor(policy: Policy, roles: readonly Role[], question: Question): Decision {
  const grant = bestGrant(roles, question)
  if (grant === undefined) return deny(noGrant(policy, roles, question))

  const frozen = activeFreezes(policy.freezes, question)
  const glass = frozen.freezes.length > 0 ? breakGlass(roles, question) : undefined
  const own = reachingGuards(policy.guards.get(question.action) ?? [], question)
  const more = glass === undefined ? nothing : reachingGuards(policy.guards.get('break-glass') ?? [], glass.question)
  const guards = more.guards.length === 0 ? own.guards : [...own.guards, ...more.guards]

  for (const { rule, effect } of guards) {
    if (effect.kind === 'deny') return deny({ code: 'policy_guard', rule, text: effect.text })
  }
  if (frozen.freezes.length > 0 && glass === undefined) return deny(frozenRefusal(policy, frozen.freezes, question))

  const demands = [
    grant.requirement,
    glass?.grant.requirement,
    ...guards.map(({ effect }) => (effect.kind === 'approval' ? effect.requirement : undefined)),
  ]
  const assumed =
    question.question === true
      ? [...unknownLimits(grant.limits, question), ...own.assumed, ...more.assumed, ...frozen.assumed]
      : []
  return permit({
    rule: grant.rule,
    demands: demands.filter((demand) => demand !== undefined),
    guards: guards.map(({ rule }) => rule),
    assumed,
    glass: glass === undefined ? undefined : policy.breakGlass.expiresMs,
  })
}

const nothing = { guards: [], assumed: [] } as const

function permit(found: {
  readonly rule: Rule
  readonly demands: readonly Requirement[]
  readonly guards: readonly Rule[]
  readonly assumed: readonly string[]
  /** Expiry of approvals under break-glass, when it is used. */
  readonly glass: number | undefined
}): Decision {
  const { rule, demands, guards, assumed, glass } = found
  const broken = glass === undefined ? {} : ({ breakGlass: true } as const)
  const [first, ...others] = demands
  if (first === undefined) return { verdict: 'allow', rule, assumed, ...broken }
  const merged = mergeRequirements([first, ...others])
  const requirement = glass === undefined ? merged : { ...merged, expiresMs: Math.min(merged.expiresMs, glass) }
  return { verdict: 'approval', rule, guards, requirement, assumed, ...broken }
}

/** One without approval beats any, else the fewest people in total, else the first in the file. */
function bestGrant(roles: readonly Role[], question: Question): Grant | undefined {
  let best: Grant | undefined
  for (const role of roles) {
    const grants = role.grants.get(question.action)
    if (grants === undefined) continue
    for (const grant of grants) {
      if (best !== undefined && !isBetter(grant, best)) continue
      if (permits(grant.limits, question)) best = grant
    }
  }
  return best
}

function isBetter(a: Grant, b: Grant): boolean {
  return a.people < b.people || (a.people === b.people && a.order < b.order)
}

/** The grant that lets these roles lift freezes here, if they gave a reason. */
function breakGlass(
  roles: readonly Role[],
  question: Question,
): { readonly grant: Grant; readonly question: Question } | undefined {
  if (question.breakGlass === undefined || question.breakGlass.trim() === '') return undefined
  const lifting: Question = { ...question, action: 'break-glass' }
  const grant = bestGrant(roles, lifting)
  return grant === undefined ? undefined : { grant, question: lifting }
}

function deny(refusal: Refusal): Decision {
  return { verdict: 'deny', refusal }
}

const nearestShown = 3

function noGrant(policy: Policy, roles: readonly Role[], question: Question): Refusal {
  const failing: { readonly rule: Rule; readonly order: number; readonly failed: readonly string[] }[] = []
  for (const role of roles) {
    for (const { rule, order, limits } of role.grants.get(question.action) ?? []) {
      const failed = limits.filter((limit) => !permits([limit], question)).map(({ text }) => text)
      failing.push({ rule, order, failed })
    }
  }
  failing.sort((a, b) => a.failed.length - b.failed.length || a.order - b.order)
  return {
    code: 'policy_no_grant',
    rule: policy.otherwise,
    roles: roles.map(({ name }) => name),
    nearest: failing.slice(0, nearestShown).map(({ rule, failed }) => ({ rule, failed: failed.join(', ') })),
    rolesThatMay: rolesThatMay(policy, question),
  }
}

function frozenRefusal(
  policy: Policy,
  freezes: ReturnType<typeof activeFreezes>['freezes'],
  question: Question,
): Refusal {
  const [longest] = freezes
  const shared = longest?.freeze.except.filter((word) => freezes.every(({ freeze }) => freeze.except.includes(word)))
  return {
    code: 'policy_frozen',
    rule: longest?.freeze.rule ?? policy.otherwise,
    freeze: longest?.freeze.name ?? '',
    until: longest?.until,
    allowed: shared ?? [],
    rolesThatMay: rolesThatMay(policy, { ...question, action: 'break-glass' }),
  }
}
