import type { AuditRecord } from '../../../audit/record.ts'
import type { Verification } from '../../../audit/verify.ts'
import type { LimitAnswer } from '../../../policy/policy.ts'
import type { Explanation } from '../../../policy/explain.ts'
import type { LintFinding } from '../../../policy/lint.ts'
import { flaws } from './start/audit.ts'
import { decided, placed } from './start/files.ts'
import { doctor } from './terminal/doctor.ts'
import { lintSaid } from './terminal/lint.ts'
import { allOf } from './words.ts'

type Item<Key extends 'grants' | 'guards' | 'freezes'> = Explanation[Key][number]

const limitAnswers: Readonly<Record<LimitAnswer, string>> = {
  met: '✓',
  failed: '✗',
  unknown: '? (the question leaves it out)',
  moot: '– (the action has no such value)',
}

const records = (count: number): string => (count === 1 ? '1 record' : `${count} records`)
const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`

/** Answers of the command line. */
export const terminal = {
  policy: {
    assumedClusters:
      'There is no readback.yaml, so the clusters are taken to be test (test) and prod (production); --cluster NAME=ENVIRONMENT names others.',
    cases: ({ file, passed, failed }: { readonly file: string; readonly passed: number; readonly failed: number }) =>
      passed + failed === 0
        ? `${file}: valid, and has no cases.`
        : `${file}: ${passed} of ${passed + failed} cases pass.`,
    linted: (file: string, found: number) =>
      found === 0 ? `${file}: nothing found.` : `${file}: ${found} ${found === 1 ? 'thing' : 'things'} hardly meant.`,
  },
  lint: (finding: LintFinding) => `${placed(finding.rule)}  ${finding.rule.name}: ${lintSaid(finding)}`,
  explain: {
    decision: decided,
    roles: (roles: readonly string[]) => (roles.length === 0 ? 'roles held: none' : `roles held: ${allOf(roles)}`),
    grants: 'grants of this action, in the order of the file:',
    grant: ({ rule, held, matches, approval }: Item<'grants'>) =>
      `${held && matches ? '✓' : '✗'} ${rule.name} (${placed(rule)})${approval === undefined ? '' : `, approval: ${approval.names.join(' + ')}`}${held ? '' : ', role not held'}`,
    guards: 'guards of this action:',
    guard: ({ rule, reaches, effect }: Item<'guards'>) =>
      `${reaches ? (effect === 'deny' ? '✗ denies' : '⚠ wants approval') : '– does not reach here'}: ${rule.name} (${placed(rule)})`,
    freezes: 'freezes:',
    freeze: ({ rule, reaches, active, until, except }: Item<'freezes'>) =>
      `${active && reaches ? '✗ on' : active ? '– on elsewhere' : '– off'}: ${rule.name} (${placed(rule)})${until === undefined ? '' : `, until ${minute(until)}`}${except.length === 0 ? '' : `, except ${allOf(except)}`}`,
    limit: limitAnswers,
  },
  audit: {
    verified: (file: string, found: Verification): string => {
      if (found.ok) return `${file}: whole, ${records(found.head.count)}. Head ${found.head.count}:${found.head.hash}`
      if ('line' in found)
        return `${file}:${found.line}  broken: ${flaws[found.why]}. Whole before it: ${records(found.before.count)}.`
      if (found.why === 'head-short')
        return `${file}: cut short. It ends after ${records(found.found.count)}; the head that was written down has ${found.expected.count}.`
      return `${file}: rewritten. Record ${found.expected.count} has the hash ${found.found.hash}, the head that was written down ${found.expected.hash}.`
    },
    record: ({ time, what, who, cluster, action, target, operation, details }: AuditRecord): string =>
      [
        time,
        what.padEnd(8),
        who,
        ...[action, cluster, target, operation].filter((part) => part !== undefined),
        ...(details === undefined ? [] : [JSON.stringify(details)]),
      ].join('  '),
  },
  slack: {
    description: 'Reads every order back before it happens',
    main: 'Orders and questions: status, deploy, approvals, help …',
    mainUsage: 'VERB …, or help',
  },
  doctor,
}
