import { StoreError } from '../problems.ts'

/** Whether the query met a connection that had died unnoticed, as after a restart of PostgreSQL: another may be fine. */
export function isStaleConnection(error: unknown): boolean {
  const code = codeOf(error)
  if (code !== undefined) return ['57P01', '57P02', 'ECONNRESET', 'EPIPE'].includes(code)
  return error instanceof Error && /^connection terminated|connection ended|not queryable/i.test(error.message)
}

/** Whether PostgreSQL itself refused the statement. 08 and 57P01 to 57P03 are the connection's end, not an answer. */
function isRefused(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('08') && !code.startsWith('57P')
}

/**
 * What an error means to whoever wanted to read or commit. A commit whose connection broke may have happened;
 * one that PostgreSQL itself refused, or that found no connection, surely did not.
 */
export function storeErrorOf(error: unknown, doing: 'read' | 'commit'): StoreError {
  if (error instanceof StoreError) return error
  const detail = error instanceof Error ? error.message || String(codeOf(error)) : String(error)
  const sure = doing === 'read' || neverSent(error) || isRefused(error)
  return new StoreError({ code: sure ? 'store_unreachable' : 'store_outcome_unknown', detail }, { cause: error })
}

function neverSent(error: unknown): boolean {
  const code = codeOf(error)
  if (
    code !== undefined &&
    ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', '57P03', '53300'].includes(code)
  )
    return true
  return (
    error instanceof Error &&
    /timeout exceeded when trying to connect|connection terminated due to connection timeout/i.test(error.message)
  )
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
