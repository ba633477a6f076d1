import { randomBytes } from 'node:crypto'
import type { Log } from '../log.ts'

/** Writes faults of ours to the log under a short reference, which people can be given. */
export const createReporter =
  (log: Log) =>
  (error: unknown, about: string): string => {
    const reference = randomBytes(4).toString('hex')
    log.error({ err: error, about, reference }, 'fault')
    return reference
  }
