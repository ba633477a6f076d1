import type { Expected, FileProblem } from './file-problems.ts'
import type { YamlPath, YamlPlaces } from './yaml-places.ts'
import { isExpectedKind } from './file-problems.ts'
import { nearNames } from '../near-names.ts'
import { z } from 'zod'

type Issue = z.core.$ZodIssue

/** `roles.developer.allow[1].images`. */
export function describeField(path: YamlPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${String(part)}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}

/** What zod found, in the terms of the file. */
export function describeIssues(issues: readonly Issue[], places: YamlPlaces): readonly FileProblem[] {
  return issues.flatMap((issue) => describe(issue, places)).sort((a, b) => lineOf(a) - lineOf(b))
}

function describe(issue: Issue, places: YamlPlaces): readonly FileProblem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, issue, places))
  if (issue.code === 'invalid_union') {
    const branch = issue.errors.find((issues) => !issues.some(isOfAnotherKind))
    if (branch !== undefined) {
      return branch.flatMap((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] }, places))
    }
  }

  const expected = expectation(issue)
  const field = describeField(issue.path)
  if (issue.code === 'invalid_key') {
    const found = String(issue.path.at(-1))
    return [{ code: 'file_wrong_value', ...places.ofKey(issue.path), field, found, expected, near: [] }]
  }
  if (expected.kind === 'absent') return [{ code: 'file_not_built_yet', ...places.ofKey(issue.path), field }]
  if (!places.has(issue.path)) return [{ code: 'file_missing_key', ...places.of(issue.path), field, expected }]
  const found = places.written(issue.path)
  const near = expected.kind === 'one_of' ? nearNames(found.replaceAll(/^["']|["']$/g, ''), expected.values ?? []) : []
  return [{ code: 'file_wrong_value', ...places.of(issue.path), field, found, expected, near }]
}

function isOfAnotherKind(issue: Issue): boolean {
  return issue.path.length === 0 && ['invalid_type', 'invalid_value', 'custom'].includes(issue.code)
}

function unknownKey(key: string, issue: Issue, places: YamlPlaces): FileProblem {
  const path = [...issue.path, key]
  const known = issue.message.split(' ')
  return {
    code: 'file_unknown_key',
    ...places.ofKey(path),
    field: describeField(path),
    found: key,
    near: nearNames(key, known),
    known,
  }
}

const types: Readonly<Record<string, Expected['kind']>> = {
  string: 'text',
  number: 'number',
  int: 'whole_number',
  boolean: 'yes_or_no',
  array: 'list',
  object: 'map',
  record: 'map',
}

const CustomParams = z.object({ expected: z.string(), values: z.array(z.string()).optional() })

function expectation(issue: Issue): Expected {
  switch (issue.code) {
    case 'invalid_type':
      return { kind: types[issue.expected] ?? 'text' }
    case 'invalid_value':
      return { kind: 'one_of', values: issue.values.map(String) }
    case 'too_small':
      return issue.origin === 'number' ? { kind: 'at_least', values: [String(issue.minimum)] } : { kind: 'not_empty' }
    case 'too_big':
      return { kind: 'at_most', values: [String(issue.maximum)] }
    case 'invalid_key':
      return issue.issues[0] === undefined ? { kind: 'text' } : expectation(issue.issues[0])
    case 'custom': {
      const params = CustomParams.safeParse(issue.params)
      const kind = params.data?.expected
      if (!isExpectedKind(kind)) return { kind: 'text' }
      return { kind, values: params.data?.values ?? [] }
    }
    case 'invalid_union': {
      const [kind, ...values] = issue.message.split('\n')
      return isExpectedKind(kind) ? { kind, values } : { kind: 'text' }
    }
    default:
      return { kind: 'text' }
  }
}

function lineOf(problem: FileProblem): number {
  return 'line' in problem ? problem.line : 0
}
