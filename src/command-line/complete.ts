import { words } from './argument.ts'
import type { CommandFacts } from './command.ts'
import type { ArgumentKind } from './argument-kind.ts'
import type { SlashNames } from './slash-names.ts'
import { slotNamed, slotsOf, type Slot } from './slots.ts'
import { tokenize, type Token } from './tokens.ts'

/** What exists at the moment; lists may be cut. Workloads read like targets: `prod:shop/web`. */
export interface LiveNames {
  readonly clusters: readonly string[]
  readonly namespaces: readonly string[]
  readonly workloads: readonly string[]
  readonly containers: readonly string[]
  readonly images: readonly string[]
  readonly operations: readonly string[]
}

export interface Candidate {
  /** What replaces the line from `from` on. */
  readonly text: string
  readonly kind: 'slash' | 'verb' | 'flag' | 'word' | 'value'
  /** Of a verb its summary, of a flag what it is for; English. */
  readonly about: string
}

export interface Completion {
  /** Offset of the word that is being typed. */
  readonly from: number
  readonly candidates: readonly Candidate[]
  /** What the line waits for at its end, where that is known. */
  readonly expecting?: { readonly verb: string; readonly argument: Slot['named']; readonly about: string }
}

export interface CompleteInput {
  /** The line up to the cursor. */
  readonly typed: string
  readonly names: LiveNames
  readonly commands: readonly CommandFacts[]
  readonly slash: SlashNames
}

const most = 30

/** What could be typed next. Bounded; nothing is offered inside an open quote. */
export function complete({ typed, names, commands, slash }: CompleteInput): Completion {
  const line = typed.replace(/\s/g, ' ')
  const split = tokenize(line)
  const from = line.endsWith(' ') ? line.length : line.lastIndexOf(' ') + 1
  if (!split.ok) return { from, candidates: [] }
  const partial = line.slice(from)
  const before = partial === '' ? split.tokens : split.tokens.slice(0, -1)
  const [first, ...others] = before
  if (first === undefined && partial.startsWith('/'))
    return { from, candidates: matching(partial, slashes(slash, commands)) }
  const isMain = first?.kind === 'word' && first.text === slash.main
  const [verb, ...args] = isMain ? others : before
  if (verb === undefined)
    return {
      from,
      candidates: matching(
        partial,
        commands.map(({ name, summary }) => candidate('verb', name, summary)),
      ),
    }
  const name = verb.kind === 'flag' ? '' : (slash.short[verb.text] ?? verb.text.toLowerCase())
  const command = commands.find((known) => known.name === name || known.aliases.includes(name))
  return command === undefined ? { from, candidates: [] } : { from, ...inCommand(command, { args, partial, names }) }
}

interface Inside {
  readonly args: readonly Token[]
  readonly partial: string
  readonly names: LiveNames
}

function inCommand(command: CommandFacts, { args, partial, names }: Inside): Omit<Completion, 'from'> {
  const slots = slotsOf(command.args)
  const { given, open } = fill(slots, args)
  const about = (slot: Slot): string => {
    const argument = command.args[slot.name]
    return (
      (slot.side === undefined ? argument?.about : argument?.sides.find(({ name }) => name === slot.side)?.about) ?? ''
    )
  }
  const values = (slot: Slot): readonly Candidate[] =>
    valuesOf(slot, command.args[slot.name]?.choices ?? [], names).map((text) => candidate('value', text, ''))
  const expecting = (slot: Slot) => ({ verb: command.name, argument: slot.named, about: about(slot) })
  const [opened] = open
  if (opened !== undefined) return { candidates: matching(partial, open.flatMap(values)), expecting: expecting(opened) }

  const free = slots.filter((slot) => !given.has(slot))
  const flags = free
    .filter(({ takes }) => takes !== 'positional' && takes !== 'rest')
    .map((slot) => candidate('flag', `--${slot.flag}`, about(slot)))
  const next = free.find(({ takes }) => takes === 'positional' || takes === 'rest')
  if (partial.startsWith('-')) return { candidates: matching(partial, flags) }
  const prepositions = words
    .filter((word) => free.some((slot) => slot.words.includes(word)))
    .map((word) =>
      candidate(
        'word',
        word,
        free
          .filter((slot) => slot.words.includes(word))
          .map(about)
          .join('; '),
      ),
    )
  if (next === undefined) return { candidates: matching(partial, [...prepositions, ...flags]) }
  const offered = next.required ? values(next) : [...values(next), ...prepositions, ...flags]
  return { candidates: matching(partial, offered), expecting: expecting(next) }
}

/** Which slots the words so far fill, and which ones the last of them leaves open. */
function fill(
  slots: readonly Slot[],
  tokens: readonly Token[],
): { readonly given: ReadonlySet<Slot>; readonly open: readonly Slot[] } {
  const given = new Set<Slot>()
  let open: readonly Slot[] = []
  for (const token of tokens) {
    if (token.kind === 'flag') {
      const slot = slotNamed(slots, token.name)
      if (slot !== undefined) given.add(slot)
      open = slot === undefined || slot.takes === 'switch' || token.value !== undefined ? [] : [slot]
      continue
    }
    if (open.length > 0) {
      const taking = open.find((waiting) => waiting.fits(token.text)) ?? open[0]
      if (taking !== undefined) given.add(taking)
      open = []
      continue
    }
    open = words.includes(token.text) ? slots.filter((slot) => slot.words.includes(token.text) && !given.has(slot)) : []
    const next = open.length > 0 ? undefined : slots.find((slot) => slot.takes === 'positional' && !given.has(slot))
    if (next !== undefined) given.add(next)
  }
  return { given, open }
}

const sources: Readonly<Record<ArgumentKind, keyof LiveNames | undefined>> = {
  target: 'workloads',
  scope: 'workloads',
  clusters: 'clusters',
  image: 'images',
  container: 'containers',
  operation: 'operations',
  alert: undefined,
  choice: undefined,
  replicas: undefined,
  duration: undefined,
  since: undefined,
  regex: undefined,
  count: undefined,
  text: undefined,
  person: undefined,
  switch: undefined,
}

function valuesOf(slot: Slot, choices: readonly string[], names: LiveNames): readonly string[] {
  if (slot.side === 'cluster') return names.clusters
  if (slot.side === 'namespace') return names.namespaces
  const source = sources[slot.named.kind]
  return source === undefined ? choices : names[source]
}

/** Those that begin with what stands there, then those that have it after a `:` or `/`. */
function matching(partial: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const wanted = partial.toLowerCase()
  const begin = candidates.filter(({ text }) => text.toLowerCase().startsWith(wanted))
  const within = candidates.filter(
    (one) =>
      !begin.includes(one) &&
      one.text
        .toLowerCase()
        .split(/[:/]/)
        .some((part) => part.startsWith(wanted)),
  )
  return [...begin, ...within].slice(0, most)
}

function slashes({ main, short }: SlashNames, commands: readonly CommandFacts[]): readonly Candidate[] {
  const summaries = Object.entries(short).map(([name, verb]) =>
    candidate('slash', name, commands.find((command) => command.name === verb)?.summary ?? ''),
  )
  return [candidate('slash', main, ''), ...summaries]
}

function candidate(kind: Candidate['kind'], text: string, about: string): Candidate {
  return { kind, text, about }
}
