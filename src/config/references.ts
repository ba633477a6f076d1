import type { ConfigFile } from './schema.ts'
import type { ConfigProblem } from './problems.ts'
import type { YamlPath, YamlPlaces } from '../documents/yaml-places.ts'
import { describeField } from '../documents/yaml-issues.ts'
import { nearNames } from '../near-names.ts'

/** Clusters that are named and do not stand under `clusters`, and groups that take a cluster's name. */
export function findReferenceProblems(file: ConfigFile, places: YamlPlaces): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const known: readonly string[] = [...file.clusters.keys()]
  const need = (found: string, path: YamlPath, place: 'of' | 'ofKey') => {
    if (known.includes(found)) return
    problems.push({
      code: 'file_unknown_name',
      ...places[place](path),
      field: describeField(path),
      kind: 'cluster',
      found,
      near: nearNames(found, known),
      known,
    })
  }

  for (const [name, members] of file.groups) {
    const path = ['groups', name]
    if (known.includes(name)) {
      const expected = { kind: 'unique' } as const
      problems.push({
        code: 'file_wrong_value',
        ...places.ofKey(path),
        field: describeField(path),
        found: name,
        expected,
        near: [],
      })
    }
    for (const [index, cluster] of members.entries()) need(cluster, [...path, index], 'of')
  }
  for (const [channel, { cluster, approvals }] of file.channels) {
    if (cluster !== undefined) need(cluster, ['channels', channel, 'cluster'], 'of')
    if (typeof approvals !== 'object') continue
    for (const [index, name] of approvals.entries()) need(name, ['channels', channel, 'approvals', index], 'of')
  }
  for (const cluster of file.metrics.keys()) need(cluster, ['metrics', cluster], 'ofKey')
  return problems
}
