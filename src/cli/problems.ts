import type { Expected } from '../documents/file-problems.ts'
import { ReadbackError } from '../errors.ts'

/** What is wrong with the words after `readback`. `command` is those of them that were understood. */
export type CliProblem =
  | {
      readonly code: 'cli_unknown_word'
      readonly command: string
      readonly found: string
      readonly near: readonly string[]
      readonly known: readonly string[]
    }
  | { readonly code: 'cli_missing_word'; readonly command: string; readonly known: readonly string[] }
  | { readonly code: 'cli_too_many_words'; readonly command: string; readonly found: readonly string[] }
  | {
      readonly code: 'cli_unknown_option'
      readonly command: string
      readonly found: string
      readonly near: readonly string[]
      readonly known: readonly string[]
    }
  | { readonly code: 'cli_option_without_value'; readonly command: string; readonly option: string }
  | { readonly code: 'cli_option_with_value'; readonly command: string; readonly option: string }
  | {
      readonly code: 'cli_wrong_value'
      readonly command: string
      readonly option: string
      readonly found: string
      readonly expected: Expected
      readonly near?: readonly string[]
    }
  /** Right in form, and names nothing. */
  | {
      readonly code: 'cli_unknown_name'
      readonly command: string
      readonly option: string
      readonly found: string
      readonly near: readonly string[]
      readonly known: readonly string[]
    }
  /** `option` means something beside `beside` only. */
  | { readonly code: 'cli_only_with'; readonly command: string; readonly option: string; readonly beside: string }
  /** One of these must be given. */
  | { readonly code: 'cli_missing_option'; readonly command: string; readonly options: readonly string[] }

/** Several words are wrong at once. */
export class QuestionError extends ReadbackError<{
  readonly code: 'question_unusable'
  readonly problems: readonly CliProblem[]
}> {}

export class CliError extends ReadbackError<CliProblem> {}
