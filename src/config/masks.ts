import type { ConfigProblem } from './problems.ts'
import type { YamlPlaces } from '../documents/yaml-places.ts'

/** Masks that RE2 does not take. RE2 knows no look-around and no back-reference, and no text makes it hang. */
export async function findMaskProblems(
  masks: readonly string[],
  places: YamlPlaces,
): Promise<readonly ConfigProblem[]> {
  if (masks.length === 0) return []
  const { RE2JS } = await import('re2js')
  const compiles = (source: string) => {
    try {
      return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE).pattern() === source
    } catch {
      return false
    }
  }
  return masks.flatMap((source, index): readonly ConfigProblem[] => {
    if (compiles(source)) return []
    const path = ['masks', index]
    const expected = { kind: 'regex', values: ['password=\\S+'] } as const
    return [
      {
        code: 'file_wrong_value',
        ...places.of(path),
        field: `masks[${String(index)}]`,
        found: source,
        expected,
        near: [],
      },
    ]
  })
}
