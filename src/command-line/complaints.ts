import { nearNames } from '../near-names.ts'
import type { CommandProblem, Spot, WordRead } from './problems.ts'
import type { Slot } from './slots.ts'
import type { Token } from './tokens.ts'

/** The text that fills one slot, and where it stands. */
export interface Given {
  readonly slot: Slot
  readonly text: string
  readonly start: number
  readonly end: number
}

export type Filled = ReadonlyMap<Slot, Given>

export interface ParseInput {
  readonly verb: string
  readonly usage: string
  /** The whole cleaned line; `tokens` are those after the verb. */
  readonly line: string
  readonly tokens: readonly Token[]
  readonly slots: readonly Slot[]
  /** The workload that the conversation is about, as a target's text; used where the line names none. */
  readonly about?: string
  /** Whether a form could ask for what is missing. */
  readonly form: boolean
}

export type Word = Extract<Token, { kind: 'word' | 'quoted' }>
export type Complaints = ReturnType<typeof complaints>

interface Place {
  readonly start: number
  readonly end: number
}

const fail = (problem: CommandProblem) => ({ ok: false, problem }) as const

/** Every way in which one line's words can fail to fill a command's slots. */
export function complaints({ verb, usage, line, slots, form }: ParseInput) {
  const of = { verb, usage }
  const spot = ({ start, end }: Place): Spot => ({ line, at: start, length: end - start })
  const flags = slots.filter(({ takes }) => takes !== 'positional' && takes !== 'rest').map(({ flag }) => `--${flag}`)
  return {
    unknownFlag(token: Extract<Token, { kind: 'flag' }>) {
      const found = `--${token.name}`
      return fail({
        code: 'command_unknown_flag',
        ...of,
        ...spot(token),
        found,
        nearest: nearNames(found, flags),
        flags,
      })
    },
    takesNoValue: (slot: Slot, token: Place, found: string) =>
      fail({ code: 'command_flag_takes_no_value', ...of, ...spot(token), flag: `--${slot.flag}`, found }),
    withoutValue: (slot: Slot, token: Place) =>
      fail({ code: 'command_flag_without_value', ...of, ...spot(token), flag: `--${slot.flag}`, argument: slot.named }),
    repeated: (first: Given, second: Given) =>
      fail({
        code: 'command_repeated',
        ...of,
        ...spot(second),
        argument: second.slot.named,
        first: first.text,
        second: second.text,
      }),
    twoWords: (first: Word, second: Word) =>
      fail({
        code: 'command_two_words',
        ...of,
        ...spot({ start: first.start, end: second.end }),
        first: first.text,
        second: second.text,
      }),
    wordWithoutValue: (token: Word, slot: Slot) =>
      fail({ code: 'command_word_without_value', ...of, ...spot(token), word: token.text, flag: `--${slot.flag}` }),
    extra(token: Word, given: Filled) {
      const before = [...given.values()].find(
        ({ end }) => end <= token.start && line.slice(end, token.start).trim() === '',
      )
      const quote =
        before?.slot.takes === 'option' && before.slot.named.kind === 'text' ? `--${before.slot.flag}` : undefined
      return fail({ code: 'command_extra', ...of, ...spot(token), found: token.text, quote })
    },
    missing(missing: readonly [Slot, ...Slot[]], given: Filled, read: readonly WordRead[]) {
      const [first, ...more] = missing
      return fail({
        code: 'command_missing',
        ...of,
        ...spot({ start: line.length, end: line.length }),
        missing: [first.named, ...more.map(({ named }) => named)],
        read,
        form,
        given: Object.fromEntries([...given.values()].map(({ slot, text }) => [slot.side ?? slot.name, text])),
      })
    },
  }
}
