import type { Approvability } from './fillable.ts'
import type { GrantText, PolicyFile } from './schema.ts'
import type { Policy } from './policy.ts'
import type { Rule } from './decision.ts'
import type { YamlPath, YamlPlaces } from '../documents/yaml-places.ts'
import type { Reach } from './cover.ts'
import { approvability } from './fillable.ts'
import { covers, reachedClusters } from './cover.ts'
import { expandActions } from './actions.ts'
import { seatsIn } from './requirements.ts'

/** What is allowed in a policy file and hardly meant. */
export type LintFinding = { readonly rule: Rule } & (
  | { readonly code: 'lint_role_unheld' }
  /** Its environments and clusters have no cluster in common. */
  | { readonly code: 'lint_never_matches' }
  /** A limit that none of the rule's actions has a value for. */
  | { readonly code: 'lint_limit_without_effect'; readonly limit: 'images' | 'replicas' }
  /** Whoever holds this grant also holds `by`, which gives the same for no more approvals. */
  | { readonly code: 'lint_shadowed'; readonly by: Rule }
  /** A guard denies all that this grant allows. */
  | { readonly code: 'lint_always_denied'; readonly by: Rule }
  /** A normalised repository always has a `/`, which `*` never matches. */
  | { readonly code: 'lint_image_never_matches'; readonly pattern: string }
  | { readonly code: 'lint_freeze_over' }
  | { readonly code: 'lint_approval_unused' }
  | { readonly code: 'lint_approval_unfillable'; readonly seats: number; readonly people: number }
  /** Enough people, but not when one of them asks: the requester never counts. */
  | { readonly code: 'lint_approval_needs_all'; readonly seats: number; readonly people: number }
  /** Whoever has it lifts freezes without anybody's approval. */
  | { readonly code: 'lint_break_glass_alone' }
  | { readonly code: 'lint_no_cases' }
)

export interface LintSource {
  readonly file: PolicyFile
  readonly policy: Policy
  readonly places: YamlPlaces
  /** Epoch ms; freezes that ended before are over. */
  readonly at: number
}

/** Everything found, in the order of the file. */
export function lint(source: LintSource): readonly LintFinding[] {
  const found = [
    ...lintRoles(source),
    ...lintGrants(source),
    ...lintGuards(source),
    ...lintFreezes(source),
    ...lintApprovals(source),
  ]
  if (source.file.cases.length === 0)
    found.push({ code: 'lint_no_cases', rule: { name: 'cases', file: source.places.file, line: 1 } })
  return found.sort((a, b) => a.rule.line - b.rule.line)
}

interface PlacedGrant {
  readonly role: string
  readonly rule: Rule
  readonly order: number
  readonly text: GrantText
  readonly people: number
}

function placedGrants({ file, policy, places }: LintSource): readonly PlacedGrant[] {
  return Object.entries(file.roles)
    .flatMap(([role, { allow }]) =>
      allow.map((text, index) => ({ role, text, rule: ruleAt(places, role, ['roles', role, 'allow', index]) })),
    )
    .map((grant, order) => {
      const requirement = grant.text.approval === undefined ? undefined : policy.approvals.get(grant.text.approval)
      return { ...grant, order, people: requirement === undefined ? 0 : seatsIn(requirement) }
    })
}

function ruleAt(places: YamlPlaces, name: string, path: YamlPath): Rule {
  return { name, file: places.file, line: places.of(path).line }
}

function lintRoles({ policy }: LintSource): LintFinding[] {
  const held = new Set([...policy.heldByUser.values(), ...policy.heldByGroup.values()].flat())
  return [...policy.roles.values()]
    .filter((role) => !held.has(role))
    .map(({ rule }) => ({ code: 'lint_role_unheld', rule }))
}

function lintGrants(source: LintSource): LintFinding[] {
  const { policy, file, places } = source
  const grants = placedGrants(source)
  const denials = file.guards
    .map((text, index) => ({ text, rule: ruleAt(places, `guard ${String(index + 1)}`, ['guards', index]) }))
    .filter(({ text }) => text.deny !== undefined && text.when === undefined)
  const glassGuarded = file.guards.some(
    ({ actions, approval }) => actions.includes('break-glass') && approval !== undefined,
  )

  return grants.flatMap((grant): LintFinding[] => {
    const { rule, text, role, people } = grant
    const found = lintReach(rule, text, policy)
    if (found.some(({ code }) => code === 'lint_never_matches')) return found
    const shade = grants.find(
      (other) =>
        other !== grant && policy.roles.get(role)?.holds.includes(other.role) === true && shadows(other, grant, policy),
    )
    if (shade !== undefined) found.push({ code: 'lint_shadowed', rule, by: shade.rule })
    const denial = denials.find((guard) => covers(guard.text, text, policy.clusters))
    if (denial !== undefined) found.push({ code: 'lint_always_denied', rule, by: denial.rule })
    if (text.actions.includes('break-glass') && people === 0 && !glassGuarded)
      found.push({ code: 'lint_break_glass_alone', rule })
    return found
  })
}

function shadows(wide: PlacedGrant, narrow: PlacedGrant, { clusters }: Policy): boolean {
  if (wide.people > narrow.people || !covers(wide.text, narrow.text, clusters)) return false
  if (wide.people < narrow.people || wide.order < narrow.order) return true
  return wide.text.approval === narrow.text.approval && !covers(narrow.text, wide.text, clusters)
}

function lintReach(rule: Rule, text: Reach, { clusters }: Policy): LintFinding[] {
  const found: LintFinding[] = []
  const reached = expandActions(text.actions)
  if (reachedClusters(text, clusters).length === 0) found.push({ code: 'lint_never_matches', rule })
  if (text.images !== undefined && !reached.has('deploy') && !reached.has('rollback'))
    found.push({ code: 'lint_limit_without_effect', rule, limit: 'images' })
  if (text.replicas !== undefined && !reached.has('scale'))
    found.push({ code: 'lint_limit_without_effect', rule, limit: 'replicas' })
  for (const pattern of text.images ?? []) {
    if (/^\*(?!\*)[^/]*$/.test(pattern)) found.push({ code: 'lint_image_never_matches', rule, pattern })
  }
  return found
}

function lintGuards({ file, places, policy }: LintSource): LintFinding[] {
  return file.guards.flatMap((text, index) =>
    lintReach(ruleAt(places, `guard ${String(index + 1)}`, ['guards', index]), { ...text, ...text.when }, policy),
  )
}

function lintFreezes({ file, places, policy, at }: LintSource): LintFinding[] {
  return file.freezes.flatMap((text, index) => {
    const rule = ruleAt(places, `freeze ${text.name}`, ['freezes', index])
    const found = lintReach(rule, { ...text, actions: ['*'] }, policy)
    if (text.when.kind === 'fixed' && text.when.to <= at) found.push({ code: 'lint_freeze_over', rule })
    return found
  })
}

const approvalCodes = {
  never: 'lint_approval_unfillable',
  'needs-all': 'lint_approval_needs_all',
} as const satisfies Record<Exclude<Approvability['kind'], 'fine'>, string>

function lintApprovals({ file, places, policy }: LintSource): LintFinding[] {
  const used = new Set(
    [...Object.values(file.roles).flatMap(({ allow }) => allow), ...file.guards].map(({ approval }) => approval),
  )
  return [...policy.approvals].flatMap(([name, requirement]) => {
    const rule = { name, file: places.file, line: places.ofKey(['approvals', name]).line }
    const found: LintFinding[] = used.has(name) ? [] : [{ code: 'lint_approval_unused', rule }]
    const result = approvability(policy, requirement)
    if (result.kind !== 'fine')
      found.push({ code: approvalCodes[result.kind], rule, seats: result.seats, people: result.people })
    return found
  })
}
