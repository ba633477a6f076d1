import type { LintFinding } from '../../../../policy/lint.ts'
import { placed } from '../start/files.ts'

/** What is allowed in a policy file and hardly meant. */
export function lintSaid(finding: LintFinding): string {
  switch (finding.code) {
    case 'lint_role_unheld':
      return '没有人拥有这个角色，既没有绑定，也没有被其他角色包含。'
    case 'lint_never_matches':
      return '它的 environments 和 clusters 没有共同的集群，永远不会匹配。'
    case 'lint_limit_without_effect':
      return `\`${finding.limit}\` 对它的操作不起作用。`
    case 'lint_shadowed':
      return `不起作用：${finding.by.name} (${placed(finding.by)}) 已经给出同样的权限，且要求的审批不更多。`
    case 'lint_always_denied':
      return `不起作用：${finding.by.name} (${placed(finding.by)}) 把它全部拒绝了。`
    case 'lint_image_never_matches':
      return `模式 ${finding.pattern} 永远不会匹配：仓库名里一定有 /，而 * 不跨越 /，** 才可以。`
    case 'lint_freeze_over':
      return '这个冻结已经结束。'
    case 'lint_approval_unused':
      return '没有规则用到这个审批要求。'
    case 'lint_approval_unfillable':
      return `需要 ${finding.seats} 人，而能审批的只有 ${finding.people} 人。`
    case 'lint_approval_needs_all':
      return `需要 ${finding.seats} 人，总共也只有 ${finding.people} 人：其中一人发起变更时就凑不齐了，因为发起人不算。`
    case 'lint_break_glass_alone':
      return '无需任何人审批就能越过冻结。'
    case 'lint_no_cases':
      return '文件里没有用例：策略含义变了也不会有人发现。'
  }
}
