/** Where in a file that a user writes. Line and column count from 1. */
export interface FilePlace {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** What would be right there. `values` lists the choices of `one_of`, or examples of the others. */
export interface Expected {
  readonly kind: ExpectedKind
  readonly values?: readonly string[]
}

export const expectedKinds = [
  'text',
  'number',
  'whole_number',
  'yes_or_no',
  'list',
  'map',
  'one_of',
  'at_least',
  'at_most',
  'not_empty',
  'duration',
  'moment',
  'after_from',
  'cron',
  'cron_that_happens',
  'zone',
  'url',
  'regex',
  'label',
  'pattern',
  'user_id',
  'group_id',
  'channel_id',
  'user_or_group_id',
  'cluster_name',
  'role_name',
  'environment_name',
  'place',
  'slash_command',
  'variable_name',
  'approval_or_deny',
  'fixed_or_recurring',
  'max_not_below_min',
  'match',
  'no_match',
  'host',
  'port',
  'bot_token',
  'app_token',
  'database_url',
  'token',
  'number_or_range',
  'user_or_role',
  'absent',
  'unique',
  'kubernetes_user',
  'context_or_in_cluster',
  'bearer_or_basic',
  'cert_and_key',
  'user_and_password',
  'path',
] as const
export type ExpectedKind = (typeof expectedKinds)[number]

export function isExpectedKind(value: unknown): value is ExpectedKind {
  return expectedKinds.some((kind) => kind === value)
}

/** What is wrong with a file that a user writes. `field` reads like `roles.developer.allow[1].images`; `found` is as written. */
export type FileProblem =
  | { readonly code: 'file_missing'; readonly file: string }
  | { readonly code: 'file_unreadable'; readonly file: string; readonly detail: string }
  | { readonly code: 'file_not_a_file'; readonly file: string }
  /** Symbolic links that lead to each other. */
  | { readonly code: 'file_link_loop'; readonly file: string }
  | { readonly code: 'file_too_large'; readonly file: string; readonly bytes: number; readonly limit: number }
  | { readonly code: 'file_not_text'; readonly file: string }
  | { readonly code: 'file_empty'; readonly file: string }
  /** `detail` is the YAML parser's own sentence, in English. */
  | (FilePlace & { readonly code: 'file_second_document' })
  | (FilePlace & { readonly code: 'file_syntax'; readonly detail: string; readonly found: string })
  | (FilePlace & { readonly code: 'file_tab'; readonly found: string })
  | (FilePlace & { readonly code: 'file_duplicate_key'; readonly field: string; readonly firstLine: number })
  | (FilePlace & { readonly code: 'file_alias_bomb' })
  | (FilePlace & {
      readonly code: 'file_unknown_key'
      readonly field: string
      readonly found: string
      readonly near: readonly string[]
      readonly known: readonly string[]
    })
  | (FilePlace & { readonly code: 'file_missing_key'; readonly field: string; readonly expected: Expected })
  | (FilePlace & {
      readonly code: 'file_wrong_value'
      readonly field: string
      readonly found: string
      readonly expected: Expected
      readonly near: readonly string[]
    })
  /** A name that is right in form but names nothing: a role, cluster, environment, approval. */
  | (FilePlace & {
      readonly code: 'file_unknown_name'
      readonly field: string
      readonly kind: NameKind
      readonly found: string
      readonly near: readonly string[]
      readonly known: readonly string[]
    })
  /** Written, understood, and not built yet. */
  | (FilePlace & { readonly code: 'file_not_built_yet'; readonly field: string })

export type NameKind = 'role' | 'cluster' | 'environment' | 'approval' | 'variable'
