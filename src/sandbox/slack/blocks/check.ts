import type { Json, JsonObject } from '../../../json.ts'
import { isList, isObject } from '../json-values.ts'

/** Where faults are told, each with the json-pointer of the faulty member. */
export interface Report {
  /** Slack refuses it. */
  readonly problem: (sentence: string, pointer: string) => void
  /** Sources differ on whether Slack refuses it. */
  readonly warn: (sentence: string, pointer: string) => void
}

export type Check = (value: Json, pointer: string, report: Report) => void

type Members = Readonly<Record<string, Check>>

/** An object with these members and no others; `type` is checked by `oneOfTypes`. `also` sees the object as a whole. */
export function shape(required: Members, optional: Members = {}, also?: Check): Check {
  const known = new Map([...Object.entries(required), ...Object.entries(optional)])
  return (value, pointer, report) => {
    if (!isObject(value)) return report.problem('must provide an object', pointer)
    for (const name of Object.keys(required))
      if (value[name] === undefined) report.problem(`missing required field: ${name}`, pointer)
    for (const [name, item] of Object.entries(value)) {
      if (name === 'type') continue
      const check = known.get(name)
      if (check === undefined) report.problem(`invalid additional property: ${name}`, pointer)
      else check(item, `${pointer}/${name}`, report)
    }
    also?.(value, pointer, report)
  }
}

/** An object whose `type` chooses the check. */
export function oneOfTypes(checks: Members): Check {
  return (value, pointer, report) => {
    if (!isObject(value)) return report.problem('must provide an object', pointer)
    const { type } = value
    if (type === undefined) return report.problem('missing required field: type', pointer)
    const check = typeof type === 'string' ? new Map(Object.entries(checks)).get(type) : undefined
    if (check === undefined) return report.problem(`unsupported type: ${JSON.stringify(type)}`, `${pointer}/type`)
    check(value, pointer, report)
  }
}

/** `warnAbove`: a limit that only some sources know. */
export interface Bounds {
  readonly min?: number
  readonly max: number
  readonly warnAbove?: number
}

export function list(item: Check, { min = 1, max, warnAbove = max }: Bounds): Check {
  return (value, pointer, report) => {
    if (!isList(value)) return report.problem('must provide an array', pointer)
    if (value.length < min) report.problem(`no fewer than ${min} items allowed`, pointer)
    if (value.length > max) report.problem(`no more than ${max} items allowed`, pointer)
    else if (value.length > warnAbove) report.warn(`more than ${warnAbove} items`, pointer)
    value.forEach((one, index) => item(one, `${pointer}/${index}`, report))
  }
}

/** Lengths count UTF-16 units, as escaped: `&amp;` is 5. */
export function text({ min = 1, max, warnAbove = max }: Bounds): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string') return report.problem('must provide a string', pointer)
    if (value.length < min) report.problem(`must be more than ${min - 1} characters`, pointer)
    if (value.length > max) report.problem(`must be less than ${max + 1} characters`, pointer)
    else if (value.length > warnAbove) report.warn(`longer than ${warnAbove} characters`, pointer)
  }
}

const protocols = ['http:', 'https:', 'mailto:', 'tel:', 'slack:']
const isAddress = (value: string): boolean => URL.canParse(value) && protocols.includes(new URL(value).protocol)

/** Whatever else a browser would open, such as `javascript:`, is none. */
export function url(max = 3_000): Check {
  return (value, pointer, report) => {
    text({ max })(value, pointer, report)
    if (typeof value === 'string' && !isAddress(value)) report.problem('must be a valid URL', pointer)
  }
}

export function matching(pattern: RegExp, sentence: string): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string' || !pattern.test(value)) report.problem(sentence, pointer)
  }
}

export function oneOf(...values: readonly string[]): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string' || !values.includes(value))
      report.problem(`must be one of: ${values.join(', ')}`, pointer)
  }
}

export const flag: Check = (value, pointer, report) => {
  if (typeof value !== 'boolean') report.problem('must provide a boolean', pointer)
}

export function integer({ min = 0, max }: Bounds): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return report.problem('must be an integer', pointer)
    if (value < min) report.problem(`must be no less than ${min}`, pointer)
    if (value > max) report.problem(`must be no more than ${max}`, pointer)
  }
}

export const anyText = text({ min: 0, max: 40_000 })
export const id = text({ max: 255 })

/** For `also`: exactly one of these members has to be there. */
export function exactlyOne(...names: readonly string[]): Check {
  return (value, pointer, report) => {
    if (!isObject(value)) return
    const given = names.filter((name) => value[name] !== undefined)
    if (given.length !== 1) report.problem(`exactly one of ${names.join(', ')} is required`, pointer)
  }
}

export const memberOf = (value: Json, name: string): Json | undefined => {
  const object: JsonObject = isObject(value) ? value : {}
  return object[name]
}
