import type { Expected, ExpectedKind } from './file-problems.ts'
import { z } from 'zod'

/** An object in a file of ours: unknown keys are refused, and the problem names the known ones. */
export function sheet<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  })
}

/** A text that `schema` takes; anything else, a number included, is a problem that says `kind`, with examples. */
export function expecting<Schema extends z.ZodType<unknown, string>>(
  kind: ExpectedKind,
  schema: Schema,
  examples: readonly string[] = [],
) {
  return z.unknown().transform((value, context): z.output<Schema> => {
    const read = typeof value === 'string' ? schema.safeParse(value) : undefined
    if (read?.success === true) return read.data
    context.issues.push(wrong(value, { kind, values: examples }))
    return z.NEVER
  })
}

/** One of several shapes. Where none fits even in kind, the problem says `expected`; else what the fitting one says. */
export function either<const Options extends readonly [z.ZodType, z.ZodType]>(expected: Expected, options: Options) {
  return z.union(options, { error: () => [expected.kind, ...(expected.values ?? [])].join('\n') })
}

/** A problem for `context.issues.push` and `context.addIssue`; `path` leads from the value that is checked to the fault. */
export function wrong(input: unknown, expected: Expected, path: readonly (string | number)[] = []) {
  return {
    code: 'custom' as const,
    params: { expected: expected.kind, values: expected.values },
    input,
    path: [...path],
  }
}
