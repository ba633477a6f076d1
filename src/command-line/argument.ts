import type { ArgumentKind } from './argument-kind.ts'
import type { Fault } from './problems.ts'

/** What the line said about one argument: its own text, and the flags that belong to it (`--cluster` of a target). */
export interface Found {
  readonly own: string | undefined
  readonly sides: Readonly<Record<string, string>>
}

/** `canonical` says the same value in the one spelling that is echoed; reading that again gives the same value. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value; readonly canonical: Found }
  /** `side` names the flag at fault; absent, it is the argument's own text. */
  | { readonly ok: false; readonly fault: Fault; readonly side?: string }

/** A further flag of an argument: `--cluster` and `--namespace` of a target. */
export interface Side {
  readonly name: string
  /** How its value stands in usage: `CLUSTER`. */
  readonly label: string
  readonly about: string
  readonly short?: string
  readonly words: readonly string[]
  fits(text: string): boolean
}

/**
 * One argument of a command: how it is given and how its text becomes a value. `words` are prepositions that give it
 * (`to 5`), where the text that follows `fits`. Every argument but a rest can also be given as a flag of its name.
 */
export interface Argument<Value> {
  readonly kind: ArgumentKind
  readonly place: 'positional' | 'rest' | 'option' | 'switch'
  readonly required: boolean
  /** English, at most 60 characters; other languages translate by command and argument name. */
  readonly about: string
  /** How its value stands in usage: `IMAGE`. */
  readonly label: string
  readonly short?: string
  readonly words: readonly string[]
  readonly sides: readonly Side[]
  readonly choices?: readonly string[]
  fits(text: string): boolean
  read(found: Found): Read<Value>
}

export type Arguments = Readonly<Record<string, Argument<unknown>>>

/** What `run` gets: each argument's value under its name. */
export type Values<Args extends Arguments> = {
  readonly [Name in keyof Args]: Args[Name] extends Argument<infer Value> ? Value : never
}

/** Words that may stand for a flag. Unquoted and followed by another word they always do; quoted they never do. */
export const words: readonly string[] = ['to', 'on', 'in', 'for']

/** A required positional argument whose value is its own text alone. */
export function plainArgument<Value>(declared: {
  readonly kind: ArgumentKind
  readonly label: string
  readonly about: string
  readonly words?: readonly string[]
  readonly choices?: readonly string[]
  readonly fits?: (text: string) => boolean
  read(text: string): { readonly value: Value; readonly canonical: string } | Fault
}): Argument<Value> {
  return {
    kind: declared.kind,
    place: 'positional',
    required: true,
    about: declared.about,
    label: declared.label,
    words: declared.words ?? [],
    sides: [],
    ...(declared.choices === undefined ? {} : { choices: declared.choices }),
    fits: declared.fits ?? (() => true),
    read({ own = '' }) {
      const result = declared.read(own)
      return 'why' in result
        ? { ok: false, fault: result }
        : { ok: true, value: result.value, canonical: { own: result.canonical, sides: {} } }
    },
  }
}

/** May be left out: `undefined` then. */
export function optional<Value>(argument: Argument<Value>): Argument<Value | undefined> {
  return {
    ...argument,
    required: false,
    read: (found) =>
      found.own === undefined ? { ok: true, value: undefined, canonical: found } : argument.read(found),
  }
}

interface OptionChanges {
  readonly about?: string
  readonly short?: string
  readonly words?: readonly string[]
}

/** Given as a flag named like its key (`toRevision` is `--to-revision`), or not at all: `undefined` then. */
export function option<Value>(argument: Argument<Value>, changes: OptionChanges = {}): Argument<Value | undefined> {
  return { ...optional(argument), ...changes, place: 'option' }
}

/** Takes all words that remain, with or without quotes around them. Stands last. */
export function rest<Value>(argument: Argument<Value>): Argument<Value> {
  return { ...argument, place: 'rest' }
}

/** A flag without a value: true where it is given. */
export function flag(changes: { readonly about: string; readonly short?: string }): Argument<boolean> {
  return {
    kind: 'switch',
    place: 'switch',
    required: false,
    label: '',
    words: [],
    sides: [],
    ...changes,
    fits: () => false,
    read: (found) => ({ ok: true, value: found.own !== undefined, canonical: found }),
  }
}

/** `toRevision` → `to-revision`. */
export function flagName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
