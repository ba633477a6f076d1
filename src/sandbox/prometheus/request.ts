import { parseDuration } from './promql/duration.ts'
import { PromqlFault } from './promql/fault.ts'

/** Parameters from the address and from a form; the form comes first. Each may be there several times. */
export interface Asked {
  one(name: string): string | undefined
  all(name: string): readonly string[]
}

export function askedIn(parts: readonly URLSearchParams[]): Asked {
  const all = (name: string): readonly string[] => parts.flatMap((part) => part.getAll(name))
  return { all, one: (name) => all(name)[0] }
}

const wrong = (name: string, why: string): PromqlFault =>
  new PromqlFault('bad_data', `invalid parameter "${name}": ${why}`)

/** Epoch ms of seconds or RFC 3339. */
export function moment(asked: Asked, name: string, otherwise?: number): number {
  const text = asked.one(name) ?? ''
  if (text === '' && otherwise !== undefined) return otherwise
  const seconds = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(seconds)) return Math.round(seconds * 1000)
  const date = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(date)) throw wrong(name, `cannot parse ${JSON.stringify(text)} to a valid timestamp`)
  return date
}

/** Seconds or a duration, in ms. */
export function stepOf(asked: Asked): number {
  const text = asked.one('step') ?? ''
  const seconds = text.trim() === '' ? Number.NaN : Number(text)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : parseDuration(text)
  if (ms === undefined) throw wrong('step', `cannot parse ${JSON.stringify(text)} to a valid duration`)
  if (ms <= 0)
    throw wrong('step', 'zero or negative query resolution step widths are not accepted. Try a positive integer')
  return ms
}

/** Says which parameter could not be read. */
export function reading<Read>(name: string, read: () => Read): Read {
  try {
    return read()
  } catch (error) {
    if (error instanceof PromqlFault && error.kind === 'bad_data') throw wrong(name, error.message)
    throw error
  }
}
