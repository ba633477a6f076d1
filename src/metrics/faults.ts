import type { MetricsProblem } from './problems.ts'

/** What Node and OpenSSL call a certificate that they do not trust, or that names another host. */
const distrust =
  /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME|HOSTNAME_MISMATCH|ERR_TLS|ERR_SSL|EPROTO|WRONG_VERSION_NUMBER/i

/** What the way to a source said, as a problem; the words without what a card cannot bear. */
export function wayProblem(cluster: string, error: unknown): MetricsProblem {
  const causes = causesOf(error)
  const detail = short(
    [...new Set(causes.map(({ message }) => message.replace(/\s+/g, ' ').trim()).filter(Boolean))].join('; '),
  )
  const untrusted = causes.some((cause) => distrust.test(`${codeOf(cause)} ${cause.message}`))
  return { code: untrusted ? 'metrics_untrusted' : 'metrics_unreachable', cluster, detail }
}

/** At most 300 characters of what somebody else said. */
export const short = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text)

/** Node's code of an error, e.g. `ECONNREFUSED`; empty where it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** From the outermost in; where several addresses were tried, each has its own. */
function causesOf(error: unknown): readonly Error[] {
  if (!(error instanceof Error)) return []
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(causesOf)
  return [error, ...causesOf(error.cause)]
}
