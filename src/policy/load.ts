import type { KnownClusters, Policy } from './policy.ts'
import type { PolicyProblem } from './problems.ts'
import type { YamlPlaces } from '../documents/yaml-places.ts'
import { createHash } from 'node:crypto'
import { PolicyFile } from './schema.ts'
import { caseProblems, runCases } from './cases.ts'
import { compile } from './compile.ts'
import { findReferenceProblems } from './references.ts'
import { readYaml } from '../documents/yaml-file.ts'

export type PolicyRead =
  | { readonly ok: true; readonly policy: Policy; readonly file: PolicyFile; readonly places: YamlPlaces }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] }

export interface PolicyText {
  readonly text: string
  /** How problems and rules call the file: `policies/roles.yaml`. */
  readonly file: string
  readonly clusters: KnownClusters
}

/** Text → policy, or everything that is wrong with it. Its cases are not run. */
export function parsePolicy({ text, file, clusters }: PolicyText): PolicyRead {
  const read = readYaml(text, { file, schema: PolicyFile })
  if (!read.ok) return read
  const problems = findReferenceProblems(read.value, { places: read.places, clusters })
  if (problems.length > 0) return { ok: false, problems }
  const digest = createHash('sha256').update(text).digest('hex')
  const { value, places } = read
  return { ok: true, policy: compile(value, { places, clusters, digest }), file: value, places }
}

/** As `parsePolicy`, and every case must pass: a policy that this refuses must not come into force. */
export function loadPolicy(source: PolicyText): PolicyRead {
  const read = parsePolicy(source)
  if (!read.ok) return read
  const problems = caseProblems(runCases(read.policy))
  return problems.length === 0 ? read : { ok: false, problems }
}
