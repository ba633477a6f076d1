import type { Json, JsonObject } from '../../../json.ts'
import { parseJson } from '../json-values.ts'
import { faulty } from './refusal.ts'

/** One call's arguments. A form sends everything as text, with JSON inside; a JSON body sends the values themselves. */
export interface Args {
  readonly all: JsonObject
  /** Empty text counts as absent, as it does for Slack. */
  readonly text: (name: string) => string | undefined
  readonly required: (name: string) => string
  readonly flag: (name: string) => boolean | undefined
  readonly count: (name: string, limits: { readonly standard: number; readonly max: number }) => number
  /** Undefined when absent, `'unreadable'` when it is text but no JSON. */
  readonly json: (name: string) => { readonly value: Json } | 'unreadable' | undefined
}

export function createArgs(all: JsonObject): Args {
  const text = (name: string) => {
    const value = all[name]
    if (value === undefined || value === null || value === '') return undefined
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
  return {
    all,
    text,
    required: (name) => {
      const value = text(name)
      if (value === undefined) throw faulty('invalid_arguments', [`missing required field: ${name}`])
      return value
    },
    flag: (name) => {
      const value = text(name)
      if (value === undefined) return undefined
      return value === 'true' || value === '1'
    },
    count: (name, { standard, max }) => {
      const value = text(name)
      if (value === undefined) return standard
      const number = Number(value)
      if (!Number.isInteger(number) || number < 1) throw faulty('invalid_arguments', [`${name} must be an integer`])
      return Math.min(number, max)
    },
    json: (name) => {
      const value = all[name]
      if (value === undefined || value === null || value === '') return undefined
      if (typeof value !== 'string') return { value }
      const parsed = parseJson(value)
      return parsed === undefined ? 'unreadable' : { value: parsed }
    },
  }
}
