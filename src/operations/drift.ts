import { isDeepStrictEqual } from 'node:util'
import type { Plan } from '../plans/plan.ts'

/** Which values made the second plan another one than the first: what would change, and what the change rests on. At most ten paths. */
export function differingPaths(before: Plan, after: Plan): string[] {
  const changes = (plan: Plan): ReadonlyMap<string, unknown> =>
    new Map<string, unknown>([
      ...plan.tests.map((test): [string, unknown] => [test.path, test]),
      ...plan.differences.map((difference): [string, unknown] => [difference.path, difference]),
    ])
  const [old, fresh] = [changes(before), changes(after)]
  const paths = new Set([...old.keys(), ...fresh.keys()])
  return [...paths].filter((path) => !isDeepStrictEqual(old.get(path), fresh.get(path))).slice(0, 10)
}
