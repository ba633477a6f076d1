import type { Reply } from './test-cluster.ts'
import type { WireCase } from './wire/wire-case.ts'
import { expect } from 'vitest'

/** What an answer shows of all that a case may expect. */
export function seenOf({ expect: wanted }: WireCase, reply: Reply) {
  return {
    code: reply.code,
    warning: reply.headers['warning'],
    ...(wanted.reason === undefined ? {} : { reason: reply.body['reason'] }),
    ...(wanted.message === undefined ? {} : { message: reply.body['message'] }),
    ...(wanted.details === undefined ? {} : { details: reply.body['details'] }),
    ...(wanted.text === undefined ? {} : { text: reply.text }),
    ...(wanted.body === undefined ? {} : { body: reply.body }),
  }
}

export function wantedOf({ expect: wanted }: WireCase) {
  const { message, body } = wanted
  return {
    ...wanted,
    warning: wanted.warning,
    ...(message instanceof RegExp ? { message: expect.stringMatching(message) } : {}),
    ...(body === undefined ? {} : { body: expect.objectContaining(nested(body)) }),
  }
}

/** Members of members may be more than those that are named. */
function nested(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
        ? expect.objectContaining(nested({ ...value }))
        : value,
    ]),
  )
}
