import type { Config } from '../../config/config.ts'
import { caseProblems, runCases } from '../../policy/cases.ts'
import { lint } from '../../policy/lint.ts'
import { readPolicy } from '../../policy/reports.ts'
import { fileName } from '../terminal.ts'
import type { Check } from './check.ts'

export interface PolicyChecked {
  readonly checks: readonly Check[]
  /** For the groups that the bot speaks as. */
  readonly roles: readonly string[]
}

/** The policy as a start would read it, its cases, and what is hardly meant in it. */
export async function checkPolicy(
  config: Config,
  parts: { readonly now: number; readonly cwd: string },
): Promise<PolicyChecked> {
  const clusters = new Map([...config.clusters.values()].map(({ name, environment }) => [name, environment]))
  const file = fileName(config.policyFile, parts.cwd)
  const read = await readPolicy({ path: config.policyFile, file, clusters })
  if (!read.ok)
    return {
      checks: [{ part: 'policy', state: 'bad', fact: { code: 'policy_bad', problems: read.problems } }],
      roles: [],
    }
  const roles = [...read.policy.roles.keys()]
  const results = runCases(read.policy)
  const failed = caseProblems(results)
  const findings = lint({ ...read, at: parts.now })
  return {
    roles,
    checks: [
      failed.length === 0
        ? {
            part: 'policy',
            state: 'good',
            fact: { code: 'policy_good', file, roles: roles.length, cases: results.length },
          }
        : { part: 'policy', state: 'bad', fact: { code: 'policy_bad', problems: failed } },
      ...findings.map((finding): Check => ({
        part: 'policy',
        state: 'warning',
        fact: { code: 'policy_lint', finding },
      })),
    ],
  }
}
