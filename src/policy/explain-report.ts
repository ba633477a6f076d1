import type { Explanation } from './explain.ts'
import type { Report, ReportSource } from './reports.ts'
import { Asked } from './schema.ts'
import { explain } from './explain.ts'
import { nearNames } from '../near-names.ts'
import { readPolicy } from './reports.ts'
import { readYaml } from '../documents/yaml-file.ts'
import { rolesInCase } from './cases.ts'
import { toQuestion } from './question.ts'

/** A question as it is typed, not checked: `deploy prod:shop/web --as U0ANN --replicas 3`. */
export interface AskedText {
  readonly action: string
  readonly where: string
  readonly user?: string
  readonly groups?: readonly string[]
  readonly role?: string
  readonly replicas?: number | string
  readonly before?: number | string
  readonly images?: readonly string[]
  readonly breakGlass?: string
  readonly at?: string
}

/** What problems call the place of a typed question; its fields are those of a case. */
export const argumentsFile = 'arguments'

/** `readback policy explain`. `now` is the moment that freezes are compared with unless the question names one. */
export async function explainPolicy(source: ReportSource, text: AskedText, now: number): Promise<Report<Explanation>> {
  const read = await readPolicy(source)
  if (!read.ok) return { exitCode: 2, problems: read.problems }
  const { policy } = read

  // JSON is YAML, so a typed question gets the same reader and the same problems as a case in the file.
  const asked = readYaml(JSON.stringify(toCase(text)), { file: argumentsFile, schema: Asked })
  if (!asked.ok) return { exitCode: 2, problems: asked.problems }
  const { who, at } = asked.value
  const question = toQuestion(asked.value, { clusters: source.clusters, at: at ?? now })

  const unknown = (kind: 'role' | 'cluster', found: string, known: readonly string[]): Report<Explanation> => {
    const place = asked.places.of([kind === 'role' ? 'who' : 'where'])
    const field = kind === 'role' ? 'who.role' : 'where'
    return {
      exitCode: 2,
      problems: [{ code: 'file_unknown_name', ...place, field, kind, found, near: nearNames(found, known), known }],
    }
  }
  if (who.role !== undefined && !policy.roles.has(who.role)) return unknown('role', who.role, [...policy.roles.keys()])
  if (!source.clusters.has(question.cluster)) return unknown('cluster', question.cluster, [...source.clusters.keys()])
  return { exitCode: 0, found: explain(policy, rolesInCase(policy, who), question) }
}

const count = (value: number | string | undefined) =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value

function toCase({ action, where, user, groups, role, replicas, before, images, breakGlass, at }: AskedText) {
  return {
    who: { user, groups, role },
    may: action,
    where,
    with: { replicas: count(replicas), before: count(before), images, 'break-glass': breakGlass },
    at,
  }
}
