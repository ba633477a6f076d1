import { nearNames } from '../../near-names.ts'
import type { Argument } from '../argument.ts'
import { plainArgument } from '../argument.ts'
import { isClusterName, isLabel, likeName } from './names.ts'

const textLimit = 500

/** Any words; several need quotes, except in a `rest`. Ends trimmed. */
export function text(about: string): Argument<string> {
  return plainArgument<string>({
    kind: 'text',
    label: 'TEXT',
    about,
    read(found) {
      const trimmed = found.trim()
      if (trimmed === '') return { kind: 'text', why: 'empty', limit: textLimit }
      if (trimmed.length > textLimit) return { kind: 'text', why: 'too-long', limit: textLimit }
      return { value: trimmed, canonical: trimmed }
    },
  })
}

/** A whole number within bounds, both included. */
export function count(bounds: {
  readonly min: number
  readonly max: number
  readonly about: string
  readonly words?: readonly string[]
}): Argument<number> {
  const { min, max, about, words = [] } = bounds
  return plainArgument<number>({
    kind: 'count',
    label: 'NUMBER',
    about,
    words,
    fits: (found) => /^\d/.test(found),
    read(found) {
      if (!/^-?\d+$/.test(found)) return { kind: 'count', why: 'not-a-number', min, max }
      const value = Number(found)
      if (value < min) return { kind: 'count', why: 'too-small', min, max }
      return value > max ? { kind: 'count', why: 'too-large', min, max } : { value, canonical: String(value) }
    },
  })
}

/** One of a list of words. */
export function choice<const Choice extends string>(
  choices: readonly Choice[],
  about: string,
  label = 'ACTION',
): Argument<Choice> {
  return plainArgument<Choice>({
    kind: 'choice',
    label,
    about,
    choices,
    read(found) {
      const value = choices.find((name) => name === found.toLowerCase())
      if (value === undefined) return { kind: 'choice', why: 'unknown', choices, near: nearNames(found, choices) }
      return { value, canonical: value }
    },
  })
}

/** A container's name; whether `all` is one or means all is found out when planning. */
export function container(about: string): Argument<string> {
  return plainArgument<string>({
    kind: 'container',
    label: 'CONTAINER',
    about,
    read: (found) =>
      isLabel(found)
        ? { value: found, canonical: found }
        : { kind: 'container', why: 'name', like: likeName(found, isLabel) },
  })
}

/** One or more names of clusters or of groups, with commas between them. */
export function clusters(about: string): Argument<readonly string[]> {
  return plainArgument<readonly string[]>({
    kind: 'clusters',
    label: 'CLUSTER',
    about,
    words: ['on'],
    read(found) {
      const names = [...new Set(found.split(','))]
      const wrong = names.find((name) => !isClusterName(name))
      if (wrong === undefined) return { value: names, canonical: names.join() }
      return { kind: 'clusters', why: 'name', part: wrong, like: likeName(wrong, isClusterName) }
    },
  })
}

/** Somebody mentioned, `<@U0ANN>` after cleaning, or a bare user id; the value is the id. Names are never looked up. */
export function person(about: string): Argument<string> {
  return plainArgument<string>({
    kind: 'person',
    label: 'PERSON',
    about,
    read(found) {
      const [, mentioned, bare] = /^(?:<@([UW][A-Z0-9]{1,30})>|([UW][A-Z0-9]{1,30}))$/.exec(found) ?? []
      const id = mentioned ?? bare
      if (id !== undefined) return { value: id, canonical: `<@${id}>` }
      return { kind: 'person', why: found.startsWith('@') ? 'plain-name' : 'shape' }
    },
  })
}

/** An operation's id, in lower case too, with or without `#`. */
export function operation(about = 'the id on the card, such as 7F3K'): Argument<string> {
  return plainArgument<string>({
    kind: 'operation',
    label: 'ID',
    about,
    read(found) {
      const id = found.replace(/^#/, '').toUpperCase()
      return /^[A-Z0-9]{4,8}$/.test(id) ? { value: id, canonical: id } : { kind: 'operation', why: 'shape' }
    },
  })
}
