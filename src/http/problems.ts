import { ReadbackError } from '../errors.ts'

/** Why the HTTP server cannot listen. */
export type HttpProblem =
  | { readonly code: 'http_port_taken'; readonly host: string; readonly port: number }
  | { readonly code: 'http_port_forbidden'; readonly host: string; readonly port: number }
  /** The host is no address of this machine, or cannot be resolved. */
  | { readonly code: 'http_host_unknown'; readonly host: string; readonly port: number }
  | { readonly code: 'http_failed'; readonly host: string; readonly port: number; readonly detail: string }

export class HttpError extends ReadbackError<HttpProblem> {}

const codes = {
  EADDRINUSE: 'http_port_taken',
  EACCES: 'http_port_forbidden',
  EADDRNOTAVAIL: 'http_host_unknown',
  ENOTFOUND: 'http_host_unknown',
  EAI_AGAIN: 'http_host_unknown',
} as const

const isKnown = (code: unknown): code is keyof typeof codes => typeof code === 'string' && Object.hasOwn(codes, code)

/** What a socket says that cannot be bound. */
export function httpError(error: Error, at: { readonly host: string; readonly port: number }): HttpError {
  const { host, port } = at
  const code = 'code' in error ? error.code : undefined
  if (isKnown(code)) return new HttpError({ code: codes[code], host, port }, { cause: error })
  return new HttpError({ code: 'http_failed', host, port, detail: error.message }, { cause: error })
}
