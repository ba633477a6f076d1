import type { Verification } from '../../audit/verify.ts'
import type { SlackProblem } from '../../chat/slack/problems.ts'
import type { ClusterProblem } from '../../clusters/problems.ts'
import type { ConfigProblem } from '../../config/problems.ts'
import type { LintFinding } from '../../policy/lint.ts'
import type { PolicyProblem } from '../../policy/problems.ts'
import type { Right } from './rights.ts'

/** One thing that `readback doctor` looked at. */
export interface Check {
  readonly part: 'configuration' | 'policy' | 'data' | 'audit' | 'database' | 'slack' | 'channel' | 'cluster' | 'http'
  /** Which one, where there are several. */
  readonly name?: string
  readonly state: 'good' | 'warning' | 'bad'
  readonly fact: Fact
}

/** What was found. Texts inside that come from elsewhere are foreign. */
export type Fact =
  | { readonly code: 'config_good'; readonly file: string; readonly clusters: number; readonly channels: number }
  | { readonly code: 'config_bad'; readonly problems: readonly ConfigProblem[] }
  | { readonly code: 'policy_good'; readonly file: string; readonly roles: number; readonly cases: number }
  | { readonly code: 'policy_bad'; readonly problems: readonly PolicyProblem[] }
  | { readonly code: 'policy_lint'; readonly finding: LintFinding }
  | { readonly code: 'data_free'; readonly folder: string; readonly made: 'there' | 'at-start' }
  | { readonly code: 'data_held'; readonly folder: string; readonly pid: number; readonly host?: string }
  | { readonly code: 'data_unusable'; readonly folder: string; readonly detail: string }
  | { readonly code: 'database_good' }
  | { readonly code: 'database_bad'; readonly detail: string }
  | { readonly code: 'audit_absent'; readonly file: string }
  | { readonly code: 'audit_looked'; readonly file: string; readonly found: Verification }
  | { readonly code: 'audit_unread'; readonly file: string; readonly detail: string }
  | { readonly code: 'slack_absent' }
  | { readonly code: 'slack_bot'; readonly team: string; readonly url: string }
  | { readonly code: 'slack_app' }
  | { readonly code: 'slack_bad'; readonly problem: SlackProblem }
  | { readonly code: 'slack_scopes'; readonly missing: readonly string[] }
  | { readonly code: 'channel_joined'; readonly name?: string }
  | { readonly code: 'channel_strange' | 'channel_archived'; readonly name?: string }
  | { readonly code: 'channel_unknown'; readonly reason: string }
  | { readonly code: 'cluster_good'; readonly version: string; readonly held: number; readonly needed: number }
  | { readonly code: 'cluster_bad'; readonly problem: ClusterProblem }
  /** `only`: the namespaces of its channels in which they are held nonetheless. */
  | { readonly code: 'cluster_rights_missing'; readonly rights: readonly Right[]; readonly only: readonly string[] }
  | { readonly code: 'http_free'; readonly address: string }
  | { readonly code: 'http_ready'; readonly address: string }
  | { readonly code: 'http_not_ready'; readonly address: string; readonly missing: string }
  | { readonly code: 'http_taken'; readonly address: string }
  | { readonly code: 'fault'; readonly detail: string }
