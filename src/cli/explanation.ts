import type { Texts } from '../cards/texts/en.ts'
import type { Explanation, LimitTrace } from '../policy/explain.ts'

/** The decision first, then every rule that was considered, in the order of the file. */
export function explanationLines(explanation: Explanation, { terminal }: Texts): readonly string[] {
  const { decision, roles, grants, guards, freezes } = explanation
  const { explain } = terminal
  const limits = (found: readonly LimitTrace[]) =>
    found.map(({ text, answer }) => `      ${explain.limit[answer]} ${text}`)
  return [
    explain.decision(decision),
    explain.roles(roles),
    ...(grants.length === 0 ? [] : ['', explain.grants]),
    ...grants.flatMap((grant) => [`  ${explain.grant(grant)}`, ...limits(grant.limits)]),
    ...(guards.length === 0 ? [] : ['', explain.guards]),
    ...guards.flatMap((guard) => [`  ${explain.guard(guard)}`, ...limits(guard.limits)]),
    ...(freezes.length === 0 ? [] : ['', explain.freezes]),
    ...freezes.flatMap((freeze) => [`  ${explain.freeze(freeze)}`, ...limits(freeze.limits)]),
  ]
}
