import type { LimitAnswer } from '../../../policy/policy.ts'
import type { Texts } from '../en.ts'
import { flaws } from './start/audit.ts'
import { decided, placed } from './start/files.ts'
import { doctor } from './terminal/doctor.ts'
import { lintSaid } from './terminal/lint.ts'
import { allOf } from './words.ts'

const limitAnswers: Readonly<Record<LimitAnswer, string>> = {
  met: '✓',
  failed: '✗',
  unknown: '?（提问里没有给出）',
  moot: '–（该操作没有这个值）',
}

const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`

/** Answers of the command line. */
export const terminal: Texts['terminal'] = {
  policy: {
    assumedClusters:
      '没有 readback.yaml，因此假定有两个集群：test（test）和 prod（production）；可用 --cluster NAME=ENVIRONMENT 指定其他集群。',
    cases: ({ file, passed, failed }) =>
      passed + failed === 0 ? `${file}：有效，没有用例。` : `${file}：${passed + failed} 个用例，通过 ${passed} 个。`,
    linted: (file, found) => (found === 0 ? `${file}：没有发现问题。` : `${file}：有 ${found} 处可能不是本意。`),
  },
  lint: (finding) => `${placed(finding.rule)}  ${finding.rule.name}：${lintSaid(finding)}`,
  explain: {
    decision: decided,
    roles: (roles) => (roles.length === 0 ? '拥有的角色：无' : `拥有的角色：${allOf(roles)}`),
    grants: '该操作的授权，按文件中的顺序：',
    grant: ({ rule, held, matches, approval }) =>
      `${held && matches ? '✓' : '✗'} ${rule.name} (${placed(rule)})${approval === undefined ? '' : `，需审批：${approval.names.join(' + ')}`}${held ? '' : '，不拥有该角色'}`,
    guards: '该操作的防护规则：',
    guard: ({ rule, reaches, effect }) =>
      `${reaches ? (effect === 'deny' ? '✗ 拒绝' : '⚠ 要求审批') : '– 与此处无关'}：${rule.name} (${placed(rule)})`,
    freezes: '冻结：',
    freeze: ({ rule, reaches, active, until, except }) =>
      `${active && reaches ? '✗ 生效中' : active ? '– 在别处生效' : '– 未生效'}：${rule.name} (${placed(rule)})${until === undefined ? '' : `，截止 ${minute(until)}`}${except.length === 0 ? '' : `，例外：${allOf(except)}`}`,
    limit: limitAnswers,
  },
  audit: {
    verified: (file, found) => {
      if (found.ok) return `${file}：完整，共 ${found.head.count} 条记录。链头 ${found.head.count}:${found.head.hash}`
      if ('line' in found)
        return `${file}:${found.line}  已损坏：${flaws[found.why]}。此前 ${found.before.count} 条记录完整。`
      if (found.why === 'head-short')
        return `${file}：被截短。现在只有 ${found.found.count} 条记录，而保存下来的链头是第 ${found.expected.count} 条。`
      return `${file}：被改写。第 ${found.expected.count} 条记录的哈希是 ${found.found.hash}，而保存下来的链头是 ${found.expected.hash}。`
    },
    record: ({ time, what, who, cluster, action, target, operation, details }) =>
      [
        time,
        what.padEnd(8),
        who,
        ...[action, cluster, target, operation].filter((part) => part !== undefined),
        ...(details === undefined ? [] : [JSON.stringify(details)]),
      ].join('  '),
  },
  slack: {
    description: '每条指令执行前，先把变更计划复述一遍',
    main: '指令与查询：status、deploy、approvals、help …',
    mainUsage: 'VERB …，或 help',
  },
  doctor,
}
