import type { LintFinding } from '../../../../policy/lint.ts'
import { placed } from '../start/files.ts'

/** What is allowed in a policy file and hardly meant. */
export function lintSaid(finding: LintFinding): string {
  switch (finding.code) {
    case 'lint_role_unheld':
      return 'nobody holds this role, by binding or by a role that includes it.'
    case 'lint_never_matches':
      return 'its environments and clusters have no cluster in common: it never matches.'
    case 'lint_limit_without_effect':
      return `\`${finding.limit}\` has no effect on its actions.`
    case 'lint_shadowed':
      return `without effect: ${finding.by.name} (${placed(finding.by)}) gives the same for no more approvals.`
    case 'lint_always_denied':
      return `without effect: ${finding.by.name} (${placed(finding.by)}) denies all of it.`
    case 'lint_image_never_matches':
      return `the pattern ${finding.pattern} never matches: a repository always holds a /, and * stops there; ** does not.`
    case 'lint_freeze_over':
      return 'this freeze is over.'
    case 'lint_approval_unused':
      return 'no rule asks for this approval.'
    case 'lint_approval_unfillable':
      return `needs ${finding.seats} people, and only ${finding.people} could approve.`
    case 'lint_approval_needs_all':
      return `needs ${finding.seats} people, and there are ${finding.people}: when one of them asks, nobody is left, as the requester never counts.`
    case 'lint_break_glass_alone':
      return 'lifts freezes without anybody’s approval.'
    case 'lint_no_cases':
      return 'the file has no cases: nothing notices when its meaning changes.'
  }
}
