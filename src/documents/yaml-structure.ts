import type { FileProblem } from './file-problems.ts'
import type { YamlPlaces } from './yaml-places.ts'
import { isMap, isScalar, isSeq } from 'yaml'
import { describeField } from './yaml-issues.ts'

const depthLimit = 40

/** What YAML allows and a careful file does not: a key twice, a key that is no text, bottomless nesting. */
export function findStructureProblems(root: unknown, places: YamlPlaces): readonly FileProblem[] {
  const problems: FileProblem[] = []

  const visitKey = (key: unknown, path: readonly (string | number)[], seen: Map<string, number>) => {
    const place = places.at(offsetOf(key))
    const name = isScalar(key) ? String(key.value) : undefined
    if (name === undefined || name === '__proto__') {
      problems.push({
        code: 'file_unknown_key',
        ...place,
        field: describeField(path),
        found: name ?? '?',
        near: [],
        known: [],
      })
      return undefined
    }
    const firstLine = seen.get(name)
    if (firstLine !== undefined)
      problems.push({ code: 'file_duplicate_key', ...place, field: describeField([...path, name]), firstLine })
    else seen.set(name, place.line)
    return name
  }

  const visit = (node: unknown, path: readonly (string | number)[]) => {
    if (path.length > depthLimit) {
      const place = places.at(offsetOf(node))
      problems.push({
        code: 'file_syntax',
        ...place,
        detail: `nested deeper than ${String(depthLimit)} levels`,
        found: '',
      })
    } else if (isMap(node)) {
      const seen = new Map<string, number>()
      for (const { key, value } of node.items) {
        const name = visitKey(key, path, seen)
        if (name !== undefined) visit(value, [...path, name])
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) visit(item, [...path, index])
    }
  }
  visit(root, [])
  return problems
}

function offsetOf(node: unknown): number {
  return isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? 0) : 0
}
