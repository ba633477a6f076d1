import type { Argument, Arguments } from './argument.ts'
import { flagName } from './argument.ts'
import type { Named } from './problems.ts'

/** Something that a line can fill: an argument's own text, or a further flag of it. */
export interface Slot {
  /** The argument's key; with `side`, that flag's name. */
  readonly name: string
  readonly side?: string
  readonly flag: string
  readonly short?: string
  readonly takes: Argument<unknown>['place'] | 'side'
  readonly required: boolean
  readonly words: readonly string[]
  readonly named: Named
  fits(text: string): boolean
}

/** Every slot of a command, arguments in their order, further flags after their argument. */
export function slotsOf(args: Arguments): readonly Slot[] {
  return Object.entries(args).flatMap(([name, argument]) => [ownSlot(name, argument), ...sideSlots(name, argument)])
}

function ownSlot(name: string, argument: Argument<unknown>): Slot {
  const { place, kind, label, short } = argument
  const flag = flagName(name)
  const usage =
    place === 'positional' || place === 'rest' ? label : place === 'switch' ? `--${flag}` : `--${flag} ${label}`
  return {
    name,
    flag,
    ...(short === undefined ? {} : { short }),
    takes: place,
    required: argument.required,
    words: argument.words,
    named: { name, usage, kind },
    fits: (text) => argument.fits(text),
  }
}

function sideSlots(name: string, argument: Argument<unknown>): readonly Slot[] {
  return argument.sides.map((side) => ({
    name,
    side: side.name,
    flag: side.name,
    ...(side.short === undefined ? {} : { short: side.short }),
    takes: 'side',
    required: false,
    words: side.words,
    named: { name: side.name, usage: `--${side.name} ${side.label}`, kind: argument.kind },
    fits: (text) => side.fits(text),
  }))
}

/** The slot of a flag; a single letter is taken in the other case where no flag has it in this one. */
export function slotNamed(slots: readonly Slot[], name: string): Slot | undefined {
  return (
    slots.find(({ flag, short }) => name === flag || name === short) ??
    slots.find(({ short }) => name.toLowerCase() === short)
  )
}

/** `deploy WORKLOAD IMAGE [--cluster CLUSTER] …`. */
export function usageOf(verb: string, args: Arguments): string {
  const parts = slotsOf(args).map(({ takes, named, required }) => {
    const order = takes === 'positional' || takes === 'rest' ? 0 : 1
    const dots = takes === 'rest' ? '…' : ''
    return { order, text: required ? `${named.usage}${dots}` : `[${named.usage}${dots}]` }
  })
  return [verb, ...parts.filter(({ order }) => order === 0), ...parts.filter(({ order }) => order === 1)]
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join(' ')
}
