import type { Told } from '../../src/cards/texts/en/audit.ts'
import { zh } from '../../src/cards/texts/zh.ts'
import type { Fact } from '../../src/cli/checks/check.ts'
import type { Fault } from '../../src/command-line/problems.ts'
import { expectedKinds } from '../../src/documents/file-problems.ts'
import type { Decision } from '../../src/policy/decision.ts'
import type { LintFinding } from '../../src/policy/lint.ts'
import { anyValue } from './any-value.ts'

type Arguments = readonly (readonly unknown[])[]

/** One call for each value of a property, everything else being anything. */
const each = (property: string, values: readonly unknown[]): Arguments =>
  values.map((value) => [anyValue({ [property]: value })])

const rule = { name: 'sre', file: 'policies/roles.yaml', line: 9 } as const
const head = { count: 3, hash: 'a1b2' } as const

const like = 'web-1'
const faults: readonly Fault[] = [
  { kind: 'target', why: 'shape' },
  ...(['cluster', 'namespace', 'name'] as const).map((why) => ({ kind: 'target', why, part: 'web-1', like }) as const),
  { kind: 'target', why: 'kind', part: 'web-1', near: [], kinds: ['Deployment', 'DaemonSet'] },
  { kind: 'target', why: 'contradiction', flag: '--cluster', one: 'prod', other: 'test' },
  ...(['tag', 'digest', 'repository', 'upper-case', 'too-long'] as const).map(
    (why) => ({ kind: 'image', why, like }) as const,
  ),
  ...(['not-a-number', 'fraction', 'too-many', 'no-change', 'order'] as const).map(
    (why) => ({ kind: 'replicas', why, limit: 10, like: undefined }) as const,
  ),
  ...(['shape', 'too-long', 'zero'] as const).map((why) => ({ kind: 'duration', why, limit: '7d', like }) as const),
  { kind: 'time', why: 'no-zone' },
  { kind: 'time', why: 'shape' },
  { kind: 'regex', why: 'too-long', detail: '', limit: 200 },
  { kind: 'regex', why: 'syntax', detail: 'web-1', limit: 200 },
  { kind: 'count', why: 'not-a-number', min: 1, max: 9 },
  { kind: 'count', why: 'too-large', min: 1, max: 9 },
  { kind: 'text', why: 'empty', limit: 200 },
  { kind: 'text', why: 'too-long', limit: 200 },
  { kind: 'person', why: 'plain-name' },
  { kind: 'clusters', why: 'name', part: 'web-1', like },
  { kind: 'container', why: 'name', like },
  { kind: 'operation', why: 'shape' },
  { kind: 'alert', why: 'shape' },
  { kind: 'choice', why: 'unknown', choices: ['web-1'], near: [] },
]

const findings: readonly LintFinding[] = [
  { rule, code: 'lint_role_unheld' },
  { rule, code: 'lint_never_matches' },
  { rule, code: 'lint_limit_without_effect', limit: 'images' },
  { rule, code: 'lint_shadowed', by: rule },
  { rule, code: 'lint_always_denied', by: rule },
  { rule, code: 'lint_image_never_matches', pattern: '*' },
  { rule, code: 'lint_freeze_over' },
  { rule, code: 'lint_approval_unused' },
  { rule, code: 'lint_approval_unfillable', seats: 2, people: 1 },
  { rule, code: 'lint_approval_needs_all', seats: 2, people: 2 },
  { rule, code: 'lint_break_glass_alone' },
  { rule, code: 'lint_no_cases' },
]

const codes: readonly Fact['code'][] = [
  'config_good',
  'policy_good',
  'data_free',
  'data_held',
  'data_unusable',
  'database_good',
  'database_bad',
  'audit_absent',
  'audit_unread',
  'slack_absent',
  'slack_bot',
  'slack_app',
  'slack_scopes',
  'channel_joined',
  'channel_strange',
  'channel_archived',
  'channel_unknown',
  'cluster_good',
  'cluster_rights_missing',
  'http_free',
  'http_ready',
  'http_not_ready',
  'http_taken',
  'fault',
]

const decisions: readonly Decision[] = [
  { verdict: 'allow', rule, assumed: [] },
  {
    verdict: 'approval',
    rule,
    guards: [rule],
    requirement: { names: ['prod-change'], seats: [], expiresMs: 1 },
    assumed: [],
  },
  { verdict: 'deny', refusal: { code: 'policy_guard', rule, text: '' } },
]

const told = (details: Readonly<Record<string, string>>): Told => ({
  who: 'web-1',
  action: 'deploy',
  target: 'shop/web (Deployment)',
  cluster: 'prod',
  operation: '7F3K',
  detail: (name) => details[name] ?? '',
  list: () => ['web-1'],
})

/** Calls of functions that take one of a few things, by their path in a catalogue; every other function takes anything. */
export const samples: Readonly<Record<string, Arguments>> = {
  ...Object.fromEntries(
    Object.keys(zh.audit.said).map((kind) => [
      `audit.said.${kind}`,
      [[told({})], [told({ why: 'moved', state: 'failed', gate: 'approval', attempt: '2', until: '1790000000000' })]],
    ]),
  ),
  'alerts.webhook.webhook_closed': each('missing', ['token', 'routes']),
  'alerts.webhook.webhook_unauthorised': each('found', ['nothing', 'wrong']),
  'operation.title': ['deploy', 'scale', 'rollback', 'restart', 'pause', 'resume', 'undo'].map((action) => [
    action,
    'web',
    'prod',
  ]),
  'operation.superseded': [[undefined], ['7F3K']],
  'operation.approval.asked': [[['web-1'], 'web-1']],
  'problems.command_bad_value': each('fault', faults),
  'problems.command_bad_character': ['control', 'newline', 'bidi', 'hidden', 'half'].map((what) => [
    anyValue({ what, at: 3 }),
  ]),
  'problems.person_refused': each('standing', ['guest', 'bot', 'stranger', 'deactivated']),
  'problems.operation_not_waiting': each('state', ['running', 'awaiting_approval', 'succeeded']),
  'problems.approval_voted_already': each('verdict', ['approve', 'reject']),
  'problems.approval_decided': each('state', ['filled', 'rejected']),
  'problems.plan_cannot': each('why', [
    'daemonset-has-no-replicas',
    'kind-has-no-pause',
    'paused',
    'deleting',
    'not-paused',
    'already-paused',
    'no-autoscaler',
  ]),
  'problems.plan_autoscaled': each('why', ['keda', 'owned', 'to-zero', 'relative', 'asleep', 'several']),
  'problems.plan_bad_image': each('why', ['empty', 'domain', 'repository', 'uppercase', 'tag', 'digest', 'too-long']),
  'problems.policy_unchecked': each('groups', [[], ['S0SRE']]),
  'problems.policy_no_grant': each('roles', [[], ['viewer']]),
  'problems.policy_frozen': each('until', [undefined, 1_790_000_000_000]),
  'start.said.audit_broken': each('why', ['not-a-record', 'sequence', 'prev', 'hash', 'torn']),
  'start.said.file_missing_key': each(
    'expected',
    expectedKinds.map((kind) => ({ kind, values: ['3'] })),
  ),
  'start.said.file_wrong_value': each('expected', [{ kind: 'absent' }, { kind: 'duration', values: ['6s', '30m'] }]),
  'start.said.file_unknown_name': each('kind', ['role', 'cluster', 'environment', 'approval', 'variable']),
  'start.said.env_missing': each('expected', [{ kind: 'token' }]),
  'start.said.env_wrong': each('expected', [{ kind: 'port' }]),
  'start.said.cli_wrong_value': [[anyValue({ expected: { kind: 'one_of', values: ['a', 'b'] }, near: [] })]],
  'start.said.policy_case_failed': each('got', decisions),
  'start.said.slack_token_refused': [
    ...each('token', ['bot', 'app']),
    ...['token_revoked', 'token_expired', 'account_inactive', 'missing_scope'].map((reason) => [
      anyValue({ token: 'bot', reason }),
    ]),
  ],
  'terminal.lint': findings.map((finding) => [finding]),
  'terminal.explain.decision': decisions.map((decision) => [decision]),
  'terminal.explain.guard': each('effect', ['deny', 'approval']),
  'terminal.audit.verified': [
    [like, { ok: true, head }],
    [like, { ok: false, why: 'hash', line: 3, before: head }],
    [like, { ok: false, why: 'head-short', expected: head, found: head }],
    [like, { ok: false, why: 'head-differs', expected: head, found: head }],
  ],
  'terminal.doctor.said': each('code', codes),
  'terminal.doctor.clusterSaid': each('code', [
    'cluster_unreachable',
    'cluster_no_answer',
    'cluster_unauthorized',
    'cluster_failed',
  ]),
}
