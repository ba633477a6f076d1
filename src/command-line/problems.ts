import type { ArgumentKind } from './argument-kind.ts'

/** A stretch of the cleaned line, for a caret under it. Offsets count UTF-16 units from 0; `length` may be 0 at the end. */
export interface Spot {
  readonly line: string
  readonly at: number
  readonly length: number
}

/** One argument, as people know it: `IMAGE` of `deploy`, `--tail` of `logs`. */
export interface Named {
  /** Its key in the declaration: `image`, `toRevision`. */
  readonly name: string
  /** How it stands in usage: `IMAGE`, `--to-revision NUMBER`. */
  readonly usage: string
  readonly kind: ArgumentKind
}

/** `to 1.5.0` was read as `--cluster 1.5.0`. */
export interface WordRead {
  readonly words: string
  readonly as: string
}

/** Why a typed line is no command. Nothing was done. */
export type CommandProblem =
  /** `length` and `limit` count UTF-16 units. */
  | { readonly code: 'command_too_long'; readonly length: number; readonly limit: number }
  /** `character` is `U+202E`; `at` counts in the text as it arrived, `before` is the end of what stands before it. */
  | {
      readonly code: 'command_bad_character'
      readonly character: string
      readonly what: BadCharacter
      readonly at: number
      readonly before: string
    }
  | (Spot & { readonly code: 'command_unclosed_quote'; readonly quote: string })
  /** `nearest` are verbs that may have been meant; `verbs` are all. */
  | (Spot & {
      readonly code: 'command_unknown'
      readonly found: string
      readonly nearest: readonly string[]
      readonly verbs: readonly string[]
    })
  | (Spot &
      OfVerb & {
        readonly code: 'command_unknown_flag'
        readonly found: string
        readonly nearest: readonly string[]
        readonly flags: readonly string[]
      })
  | (Spot & OfVerb & { readonly code: 'command_flag_without_value'; readonly argument: Named; readonly flag: string })
  | (Spot & OfVerb & { readonly code: 'command_flag_takes_no_value'; readonly flag: string; readonly found: string })
  /** `read` tells which words were read as flags; `form` can be opened instead, filled with `given` (argument name → text). */
  | (Spot &
      OfVerb & {
        readonly code: 'command_missing'
        readonly missing: readonly [Named, ...Named[]]
        readonly read: readonly WordRead[]
        readonly form: boolean
        readonly given: Readonly<Record<string, string>>
      })
  /** More words than arguments. `quote` is the flag before it whose text may have been meant to go on. */
  | (Spot & OfVerb & { readonly code: 'command_extra'; readonly found: string; readonly quote: string | undefined })
  | (Spot &
      OfVerb & {
        readonly code: 'command_repeated'
        readonly argument: Named
        readonly first: string
        readonly second: string
      })
  | (Spot & OfVerb & { readonly code: 'command_exclusive'; readonly flags: readonly string[] })
  /** `to in …`: two of `to on in for` in a row; whichever is a name must be quoted. */
  | (Spot & OfVerb & { readonly code: 'command_two_words'; readonly first: string; readonly second: string })
  /** `deploy web to`, and nothing after it. */
  | (Spot & OfVerb & { readonly code: 'command_word_without_value'; readonly word: string; readonly flag: string })
  | (Spot &
      OfVerb & {
        readonly code: 'command_bad_value'
        readonly argument: Named
        readonly found: string
        readonly fault: Fault
      })

interface OfVerb {
  readonly verb: string
  /** The command's whole usage line. */
  readonly usage: string
}

/** `hidden`: format and tag characters that show nothing and could disguise a name. */
export type BadCharacter = 'control' | 'newline' | 'bidi' | 'hidden' | 'half'

/** What is wrong with one value, by kind of argument. `like` is what would be right and may have been meant. */
export type Fault =
  /** Not `[cluster:][namespace/][kind/]name`: too many parts, or an empty one. */
  | { readonly kind: 'target'; readonly why: 'shape' }
  /** Not a name that Kubernetes or the configuration allows. */
  | {
      readonly kind: 'target'
      readonly why: 'cluster' | 'namespace' | 'name'
      readonly part: string
      readonly like: string | undefined
    }
  /** A kind that exists but that this command cannot work on, or that does not exist. */
  | {
      readonly kind: 'target'
      readonly why: 'kind'
      readonly part: string
      readonly near: readonly string[]
      readonly kinds: readonly string[]
    }
  /** Said twice and differently: `prod:web --cluster test`. */
  | {
      readonly kind: 'target'
      readonly why: 'contradiction'
      readonly flag: string
      readonly one: string
      readonly other: string
    }
  | {
      readonly kind: 'image'
      readonly why: 'tag' | 'digest' | 'repository' | 'upper-case' | 'too-long'
      readonly like: string | undefined
    }
  | {
      readonly kind: 'replicas'
      readonly why: 'not-a-number' | 'fraction' | 'too-many' | 'no-change' | 'order'
      readonly limit: number
      readonly like: string | undefined
    }
  | {
      readonly kind: 'duration'
      readonly why: 'shape' | 'too-long' | 'zero'
      readonly limit: string
      readonly like: string | undefined
    }
  | { readonly kind: 'time'; readonly why: 'shape' | 'no-zone' }
  /** `detail` is the regex engine's own sentence, in English. */
  | {
      readonly kind: 'regex'
      readonly why: 'empty' | 'syntax' | 'too-long' | 'too-large'
      readonly detail: string
      readonly limit: number
    }
  | {
      readonly kind: 'count'
      readonly why: 'not-a-number' | 'too-small' | 'too-large'
      readonly min: number
      readonly max: number
    }
  | { readonly kind: 'text'; readonly why: 'empty' | 'too-long'; readonly limit: number }
  /** A display name is no identity: choose the person from the chat's own list after `@`. */
  | { readonly kind: 'person'; readonly why: 'plain-name' | 'shape' }
  | { readonly kind: 'clusters'; readonly why: 'name'; readonly part: string; readonly like: string | undefined }
  | { readonly kind: 'container'; readonly why: 'name'; readonly like: string | undefined }
  | { readonly kind: 'operation'; readonly why: 'shape' }
  | { readonly kind: 'alert'; readonly why: 'shape' }
  | {
      readonly kind: 'choice'
      readonly why: 'unknown'
      readonly choices: readonly string[]
      readonly near: readonly string[]
    }
