import type { KnownClusters } from './policy.ts'
import type { LintFinding } from './lint.ts'
import type { PolicyProblem } from './problems.ts'
import { caseProblems, runCases } from './cases.ts'
import { lint } from './lint.ts'
import { parsePolicy } from './load.ts'
import { readText } from '../documents/yaml-text.ts'

/** 0 good, 1 found wrong, 2 cannot run. */
export type ExitCode = 0 | 1 | 2

export type Report<Found> =
  | { readonly exitCode: 0 | 1; readonly found: Found }
  | { readonly exitCode: 2; readonly problems: readonly PolicyProblem[] }

export interface ReportSource {
  readonly path: string
  /** How problems and rules call the file. */
  readonly file: string
  readonly clusters: KnownClusters
}

/** The policy file, without running its cases. */
export async function readPolicy(source: ReportSource) {
  const { path, file, clusters } = source
  const text = await readText(path, file)
  return text.ok ? parsePolicy({ text: text.text, file, clusters }) : { ok: false as const, problems: [text.problem] }
}

/** `readback policy test`: runs the file's cases. A failing case is 1. */
export async function testPolicy(
  source: ReportSource,
): Promise<Report<{ readonly passed: number; readonly failed: readonly PolicyProblem[] }>> {
  const policy = await readPolicy(source)
  if (!policy.ok) return { exitCode: 2, problems: policy.problems }
  const results = runCases(policy.policy)
  const failed = caseProblems(results)
  return { exitCode: failed.length === 0 ? 0 : 1, found: { passed: results.length - failed.length, failed } }
}

/** `readback policy lint`: what is hardly meant. Anything found is 1. */
export async function lintPolicy(source: ReportSource, at: number): Promise<Report<readonly LintFinding[]>> {
  const policy = await readPolicy(source)
  if (!policy.ok) return { exitCode: 2, problems: policy.problems }
  const found = lint({ ...policy, at })
  return { exitCode: found.length === 0 ? 0 : 1, found }
}
