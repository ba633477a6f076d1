import { randomBytes } from 'node:crypto'

/** Part of an address that opens something by itself: whoever knows it, may. */
export const freshSecret = (prefix: string): string => `${prefix}${randomBytes(16).toString('hex')}`
