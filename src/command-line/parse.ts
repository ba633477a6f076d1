import { words } from './argument.ts'
import type { Complaints, Filled, Given, ParseInput, Word } from './complaints.ts'
import { complaints } from './complaints.ts'
import type { CommandProblem, WordRead } from './problems.ts'
import { slotNamed } from './slots.ts'
import type { Slot } from './slots.ts'
import type { Token } from './tokens.ts'

interface Failed {
  readonly ok: false
  readonly problem: CommandProblem
}

type Parsed = { readonly ok: true; readonly given: Filled } | Failed

/** What was found so far. */
interface State {
  readonly slots: readonly Slot[]
  readonly wrong: Complaints
  readonly given: Map<Slot, Given>
  /** Words that no flag took, for the positional slots. */
  readonly loose: Word[]
  readonly read: WordRead[]
}

/**
 * Which text belongs to which slot. An unquoted `to`, `on`, `in` or `for` that the command knows and that another word follows is
 * always a flag; it takes the slot that the following word fits (`to 5` are replicas, `to prod` is a cluster). It is a name only in
 * quotes, or where nothing follows. Nothing here knows what a value means.
 */
export function parse(input: ParseInput): Parsed {
  const state: State = { slots: input.slots, wrong: complaints(input), given: new Map(), loose: [], read: [] }
  for (let at = 0; at < input.tokens.length;) {
    const token = input.tokens[at]
    if (token === undefined) break
    const next = input.tokens[at + 1]
    const word = next === undefined || next.kind === 'flag' ? undefined : next
    const taken = token.kind === 'flag' ? takeFlag(state, token, word) : takeWord(state, token, word)
    if (typeof taken !== 'number') return taken
    at += taken
  }
  if (input.about !== undefined) placeAbout(state, input.about, input.line.length)
  const failed = placeLoose(state, input.line)
  if (failed !== undefined) return failed
  const [first, ...more] = state.slots.filter((slot) => slot.required && !state.given.has(slot))
  return first === undefined
    ? { ok: true, given: state.given }
    : state.wrong.missing([first, ...more], state.given, state.read)
}

/** How many tokens it took. */
function takeFlag(state: State, token: Extract<Token, { kind: 'flag' }>, next: Word | undefined): number | Failed {
  const { slots, wrong } = state
  const slot = slotNamed(slots, token.name)
  if (slot === undefined) return wrong.unknownFlag(token)
  if (slot.takes === 'switch') {
    if (token.value !== undefined) return wrong.takesNoValue(slot, token, token.value)
    return give(state, { slot, text: '', start: token.start, end: token.end }) ?? 1
  }
  if (token.value !== undefined) {
    return give(state, { slot, text: token.value, start: token.start, end: token.end }) ?? 1
  }
  if (next === undefined) return wrong.withoutValue(slot, token)
  return give(state, { slot, text: next.text, start: token.start, end: next.end }) ?? 2
}

function takeWord(state: State, token: Word, next: Word | undefined): number | Failed {
  const { slots, wrong, given, loose, read } = state
  const speaks = speaksOf(token, slots)
  const [first] = speaks
  if (first === undefined || next === undefined || inRest(slots, given, loose.length)) {
    loose.push(token)
    return 1
  }
  if (speaksOf(next, slots).length > 0) return wrong.twoWords(token, next)
  const slot = speaks.find((speaking) => speaking.fits(next.text)) ?? first
  read.push({ words: `${token.text} ${next.text}`, as: `--${slot.flag} ${next.text}` })
  return give(state, { slot, text: next.text, start: token.start, end: next.end }) ?? 2
}

function give({ given, wrong }: State, value: Given): Failed | undefined {
  const before = given.get(value.slot)
  if (before !== undefined) return wrong.repeated(before, value)
  given.set(value.slot, value)
  return undefined
}

/**
 * Gives the conversation's workload to a target that no word is left for: none is typed (`restart`), or what is typed fits the
 * next slot and would leave that one empty (`scale 5`). A read that names a cluster or namespace means that instead.
 */
function placeAbout({ slots, given, loose }: State, text: string, end: number): void {
  const empty = slots.filter((slot) => slot.takes === 'positional' && !given.has(slot))
  const at = empty.findIndex(({ named }) => named.kind === 'target' || named.kind === 'scope')
  const slot = empty[at]
  if (slot === undefined) return
  if (!slot.required && [...given.keys()].some(({ name, side }) => name === slot.name && side !== undefined)) return
  const [word, next] = [loose[at], empty[at + 1]]
  const shifts =
    word !== undefined && next !== undefined && next.required && loose.length === at + 1 && next.fits(word.text)
  if (word === undefined || shifts) given.set(slot, { slot, text, start: end, end })
}

/** Gives the words that stand alone to the positional slots that are still empty, in order, and what remains to a rest. */
function placeLoose({ slots, wrong, given, loose }: State, line: string): Failed | undefined {
  for (const slot of slots) {
    if (given.has(slot)) continue
    const [first] = loose
    if (first === undefined) break
    if (slot.takes === 'rest') given.set(slot, { slot, ...joined(line, first, loose.splice(0)) })
    if (slot.takes !== 'positional') continue
    loose.shift()
    const [speaks] = speaksOf(first, slots)
    const isName = slot.named.kind === 'target' || slot.named.kind === 'scope'
    if (speaks !== undefined && !isName) return wrong.wordWithoutValue(first, speaks)
    given.set(slot, { slot, text: first.text, start: first.start, end: first.end })
  }
  const [extra] = loose
  if (extra === undefined) return undefined
  const [speaks] = speaksOf(extra, slots)
  return speaks === undefined ? wrong.extra(extra, given) : wrong.wordWithoutValue(extra, speaks)
}

function speaksOf(token: Word, slots: readonly Slot[]): readonly Slot[] {
  if (token.kind === 'quoted' || !words.includes(token.text)) return []
  return slots.filter((slot) => slot.words.includes(token.text))
}

/** From here on words are free text: all that stands before it is there. */
function inRest(slots: readonly Slot[], given: Filled, loose: number): boolean {
  if (!slots.some(({ takes }) => takes === 'rest')) return false
  return loose >= slots.filter((slot) => slot.takes === 'positional' && !given.has(slot)).length
}

/** Several words as they stand in the line, quotes among them included; a single one without its quotes. */
function joined(line: string, first: Word, all: readonly Word[]): { text: string; start: number; end: number } {
  const { start } = first
  const end = all.at(-1)?.end ?? first.end
  if (all.length === 1) return { text: first.text, start, end }
  return { text: all.map((word) => line.slice(word.start, word.end)).join(' '), start, end }
}
