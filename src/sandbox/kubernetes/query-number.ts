import { badRequest } from './api-error.ts'

/** A whole number of a query, or undefined where absent; 400 in the words of Go's strconv when it is none. */
export function queryNumber(query: URLSearchParams, name: string): number | undefined {
  const source = query.get(name)
  if (source === null || source === '') return undefined
  if (!/^[+-]?\d+$/.test(source))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(source)}: invalid syntax`)
  return Number(source)
}

/** `true` and `1`, as Go reads a boolean. */
export const queryFlag = (query: URLSearchParams, name: string) =>
  ['true', '1', 'True', 'TRUE', 't', 'T'].includes(query.get(name) ?? '')
