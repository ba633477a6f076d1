import type { FileProblem, NameKind } from '../documents/file-problems.ts'
import type { KnownClusters } from './policy.ts'
import type { PolicyFile } from './schema.ts'
import type { PolicyProblem } from './problems.ts'
import type { YamlPath, YamlPlaces } from '../documents/yaml-places.ts'
import { describeField } from '../documents/yaml-issues.ts'
import { nearNames } from '../near-names.ts'
import { reachedNames } from './limits.ts'

/** Names in a policy file that name nothing, roles that include each other, names given twice. */
export function findReferenceProblems(
  file: PolicyFile,
  context: { readonly places: YamlPlaces; readonly clusters: KnownClusters },
): readonly PolicyProblem[] {
  const { places, clusters } = context
  const problems: PolicyProblem[] = []
  const known: Readonly<Record<Exclude<NameKind, 'variable'>, readonly string[]>> = {
    role: Object.keys(file.roles),
    approval: Object.keys(file.approvals),
    cluster: [...clusters.keys()],
    environment: [...new Set(clusters.values())],
  }

  const need = (kind: keyof typeof known, found: string | undefined, path: YamlPath) => {
    if (found === undefined || reachedNames([found], known[kind]).size > 0) return
    problems.push(unknownName({ kind, found, known: known[kind], path, places }))
  }
  const needPlace = (
    rule: { readonly clusters?: readonly string[] | undefined; readonly environments?: readonly string[] | undefined },
    path: YamlPath,
  ) => {
    for (const [index, name] of (rule.clusters ?? []).entries()) need('cluster', name, [...path, 'clusters', index])
    for (const [index, name] of (rule.environments ?? []).entries())
      need('environment', name, [...path, 'environments', index])
  }
  const once = (names: readonly string[], path: (index: number) => YamlPath) => {
    for (const [index, found] of names.entries()) {
      if (names.indexOf(found) === index) continue
      problems.push({ code: 'policy_twice', ...places.of(path(index)), field: describeField(path(index)), found })
    }
  }

  for (const [name, role] of Object.entries(file.roles)) {
    for (const [index, included] of role.includes.entries()) need('role', included, ['roles', name, 'includes', index])
    for (const [index, grant] of role.allow.entries()) {
      const path = ['roles', name, 'allow', index]
      needPlace(grant, path)
      need('approval', grant.approval, [...path, 'approval'])
    }
  }
  for (const [index, { role }] of file.bindings.entries()) need('role', role, ['bindings', index, 'role'])
  for (const [name, { require }] of Object.entries(file.approvals)) {
    const path = (index: number) => ['approvals', name, 'require', index, 'role']
    for (const [index, { role }] of require.entries()) need('role', role, path(index))
    once(
      require.map(({ role }) => role),
      path,
    )
  }
  for (const [index, guard] of file.guards.entries()) {
    needPlace(guard, ['guards', index])
    need('approval', guard.approval, ['guards', index, 'approval'])
  }
  for (const [index, freeze] of file.freezes.entries()) needPlace(freeze, ['freezes', index])
  once(
    file.freezes.map(({ name }) => name),
    (index) => ['freezes', index, 'name'],
  )
  for (const [index, { who, where, expect }] of file.cases.entries()) {
    need('role', who.role, ['cases', index, 'who', 'role'])
    need('cluster', where.split(':')[0], ['cases', index, 'where'])
    if (typeof expect === 'object')
      for (const name of expect.approval) need('approval', name, ['cases', index, 'expect', 'approval'])
  }
  return [...problems, ...findCycles(file, places)]
}

function unknownName(fault: {
  readonly kind: NameKind
  readonly found: string
  readonly known: readonly string[]
  readonly path: YamlPath
  readonly places: YamlPlaces
}): FileProblem {
  const { kind, found, known, path, places } = fault
  return {
    code: 'file_unknown_name',
    ...places.of(path),
    field: describeField(path),
    kind,
    found,
    near: nearNames(found, known),
    known,
  }
}

/** One problem for each circle, told at its first role in the file. */
function findCycles(file: PolicyFile, places: YamlPlaces): readonly PolicyProblem[] {
  const problems: PolicyProblem[] = []
  const done = new Set<string>()
  const walk = (name: string, trail: readonly string[]) => {
    if (done.has(name)) return
    const start = trail.indexOf(name)
    if (start !== -1) {
      const [first = name, ...others] = trail.slice(start)
      problems.push({
        code: 'policy_cycle',
        ...places.of(['roles', first, 'includes']),
        roles: [first, ...others, first],
      })
      return
    }
    for (const included of file.roles[name]?.includes ?? []) walk(included, [...trail, name])
    done.add(name)
  }
  for (const name of Object.keys(file.roles)) walk(name, [])
  return problems
}
