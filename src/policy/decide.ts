import type { Decision, PolicyRequest, Refusal, Requirement, Rule } from './decision.ts'
import type { Grant, Guard, Limit, Policy, Question, Role } from './policy.ts'
import { activeFreezes, reachingGuards, unguarded } from './restrictions.ts'
import { heldRoles, rolesThatMay } from './holders.ts'
import { passes, permits, unknownLimits } from './limits.ts'
import { mergeRequirements } from './requirements.ts'

/** The policy's answer. Pure: the same policy, request and moment give the same answer. Default deny. */
export function decide(policy: Policy, request: PolicyRequest): Decision {
  const decision = decideFor(policy, heldRoles(policy, request.actor), request)
  const unchecked = request.actor.unchecked ?? nothing
  if (unchecked.length === 0 || decision.verdict !== 'deny' || decision.refusal.code !== 'policy_no_grant')
    return decision
  const groups = unchecked.filter((group) => bestGrant(policy.heldByGroup.get(group) ?? [], request) !== undefined)
  return groups.length === 0 ? decision : deny({ code: 'policy_unchecked', rule: policy.otherwise, groups })
}

/** The answer for somebody who holds exactly these roles. */
export function decideFor(policy: Policy, roles: readonly Role[], question: Question): Decision {
  const grant = bestGrant(roles, question)
  if (grant === undefined) return deny(noGrant(policy, roles, question))

  const frozen = activeFreezes(policy.freezes, question)
  const isFrozen = frozen.freezes.length > 0
  const glass = isFrozen ? breakGlass(roles, question) : undefined
  const own = reachingGuards(policy.guards.get(question.action), question)
  const more = glass === undefined ? unguarded : reachingGuards(policy.guards.get('break-glass'), glass.question)
  const guards = more.guards.length === 0 ? own.guards : [...own.guards, ...more.guards]

  for (const { rule, effect } of guards) {
    if (effect.kind === 'deny') return deny({ code: 'policy_guard', rule, text: effect.text })
  }
  if (isFrozen && glass === undefined) return deny(frozenRefusal(policy, frozen.freezes, question))

  const assumed =
    question.question === true
      ? [...unknownLimits(grant.limits, question), ...own.assumed, ...more.assumed, ...frozen.assumed]
      : nothing
  return permit({ grant, glass, guards, assumed, expiresMs: policy.breakGlass.expiresMs })
}

const nothing: readonly never[] = []

interface Glass {
  readonly grant: Grant
  readonly question: Question
}

function permit(found: {
  readonly grant: Grant
  readonly glass: Glass | undefined
  readonly guards: readonly Guard[]
  readonly assumed: readonly string[]
  /** Of approvals under break-glass. */
  readonly expiresMs: number
}): Decision {
  const { grant, glass, guards, assumed, expiresMs } = found
  const { rule } = grant
  const demands: Requirement[] = []
  if (grant.requirement !== undefined) demands.push(grant.requirement)
  if (glass?.grant.requirement !== undefined) demands.push(glass.grant.requirement)
  for (const { effect } of guards) if (effect.kind === 'approval') demands.push(effect.requirement)

  const [first, ...others] = demands
  if (first === undefined)
    return glass === undefined
      ? { verdict: 'allow', rule, assumed }
      : { verdict: 'allow', rule, assumed, breakGlass: true }
  const requirement = mergeRequirements([first, ...others])
  const named = guards.map((guard) => guard.rule)
  if (glass === undefined) return { verdict: 'approval', rule, guards: named, requirement, assumed }
  const sooner = { ...requirement, expiresMs: Math.min(requirement.expiresMs, expiresMs) }
  return { verdict: 'approval', rule, guards: named, requirement: sooner, assumed, breakGlass: true }
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
function breakGlass(roles: readonly Role[], question: Question): Glass | undefined {
  if (question.breakGlass === undefined || question.breakGlass.trim() === '') return undefined
  const lifting: Question = { ...question, action: 'break-glass' }
  const grant = bestGrant(roles, lifting)
  return grant === undefined ? undefined : { grant, question: lifting }
}

function deny(refusal: Refusal): Decision {
  return { verdict: 'deny', refusal }
}

/** What only people read is worked out when it is read: it costs several times the decision. */
function noGrant(policy: Policy, roles: readonly Role[], question: Question): Refusal {
  return {
    code: 'policy_no_grant',
    rule: policy.otherwise,
    get roles() {
      return [...new Set(roles)].map(({ name }) => name)
    },
    get nearest() {
      return nearest(roles, question)
    },
    get rolesThatMay() {
      return rolesThatMay(policy, question)
    },
  }
}

const nearestShown = 3

/** The grants of these roles that come nearest: fewest limits failed, then the order of the file. */
function nearest(
  roles: readonly Role[],
  question: Question,
): readonly { readonly rule: Rule; readonly failed: string }[] {
  const failing: { readonly grant: Grant; readonly failed: readonly Limit[] }[] = []
  for (const role of new Set(roles)) {
    for (const grant of role.grants.get(question.action) ?? []) {
      failing.push({ grant, failed: grant.limits.filter((limit) => !passes(limit, question)) })
    }
  }
  failing.sort((a, b) => a.failed.length - b.failed.length || a.grant.order - b.grant.order)
  return failing
    .slice(0, nearestShown)
    .map(({ grant, failed }) => ({ rule: grant.rule, failed: failed.map(({ text }) => text).join(', ') }))
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
