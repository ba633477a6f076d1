import type { Expected, FileProblem } from '../documents/file-problems.ts'
import { ReadbackError } from '../errors.ts'

/** What is wrong with the configuration. Values of secret variables never stand in `found`. */
export type ConfigProblem =
  | FileProblem
  /** A variable is needed: always, beside `beside` (the other token), or because `field` of a file names it. */
  | {
      readonly code: 'env_missing'
      readonly variable: string
      readonly expected: Expected
      readonly beside?: string
      readonly field?: string
      readonly file?: string
      readonly line?: number
    }
  | { readonly code: 'env_wrong'; readonly variable: string; readonly found: string; readonly expected: Expected }
  /** A variable that begins like ours and is none of them. */
  | { readonly code: 'env_unknown'; readonly variable: string; readonly near: readonly string[] }

/** The bot cannot start. All problems at once; `example` is a readback.yaml to begin with. */
export class ConfigError extends ReadbackError<{
  readonly code: 'config_unusable'
  readonly problems: readonly ConfigProblem[]
  readonly example: string
}> {}
