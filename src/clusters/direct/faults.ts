import { shortened } from '../../shortened.ts'
import type { ClusterProblem } from '../problems.ts'

/** What the way to the server said, in the words of Node, OpenSSL and whoever met it: each cause that adds something. */
export function describeFault(error: unknown): string {
  let words = ''
  for (const text of causesOf(error).map(wordsOf)) if (!words.includes(text)) words += words === '' ? text : `; ${text}`
  return cut(words || 'no reason given')
}

/** A request that certainly never left is another thing than one whose answer is missing. */
export function faultProblem(
  cluster: string,
  fault: { readonly error: unknown; readonly sent: boolean },
): ClusterProblem {
  const detail = describeFault(fault.error)
  return { code: fault.sent ? 'cluster_no_answer' : 'cluster_unreachable', cluster, detail }
}

/** Would other certificates or a newer CA cure it? */
export function isTlsFault(error: unknown): boolean {
  return causesOf(error).some((cause) => /CERT|SIGNATURE|^ERR_SSL|^ERR_TLS|^EPROTO/.test(codeOf(cause)))
}

/** Foreign text in the length that a card bears. */
export function cut(text: string): string {
  return shortened(text, 500)
}

/** From the outermost in. */
function causesOf(error: unknown): readonly Error[] {
  if (!(error instanceof Error)) return []
  // Several addresses were tried at once: each has its own reason, the sum has none.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(causesOf)
  return [error, ...causesOf(error.cause)]
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function wordsOf(error: Error): string {
  // 80C0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/….c:355:
  const ssl = /error:[0-9A-F]+:([^:]+):[^:]*:([^:]+):/.exec(error.message)
  const message = ssl ? `${ssl[1]}: ${ssl[2]}` : error.message.replace(/\s+/g, ' ').trim()
  const code = codeOf(error)
  return code === '' || code.startsWith('UND_') || message.includes(code) ? message : `${message} (${code})`
}
