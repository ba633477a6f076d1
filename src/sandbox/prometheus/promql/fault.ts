/** As Prometheus sorts what it refuses (web/api/v1): `bad_data` for what cannot be read, `execution` for what cannot be computed. */
export class PromqlFault extends Error {
  readonly kind: 'bad_data' | 'execution'

  constructor(kind: 'bad_data' | 'execution', message: string) {
    super(message)
    this.name = 'PromqlFault'
    this.kind = kind
  }
}

/** A parse error with its place, `line:column`, both from 1. */
export function parseFault(source: string, at: number, message: string): PromqlFault {
  const before = source.slice(0, at).split('\n')
  const column = (before.at(-1) ?? '').length + 1
  return new PromqlFault('bad_data', `${before.length}:${column}: parse error: ${message}`)
}

export const executionFault = (message: string): PromqlFault => new PromqlFault('execution', message)
