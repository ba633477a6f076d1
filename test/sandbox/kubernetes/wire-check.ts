import type { JsonObject } from '../../../src/json.ts'
import type { Reply } from './test-cluster.ts'
import type { WireCase } from './wire-cases.ts'
import { expect } from 'vitest'

/** Compares one answer with what the case expects. */
export function checkReply({ expect: wanted }: WireCase, reply: Reply): void {
  const { message } = wanted
  const found: JsonObject = reply.body
  const seen = `${reply.code} ${reply.text.slice(0, 2000)}`
  expect(reply.code, seen).toBe(wanted.code)
  if (wanted.reason !== undefined) expect(found['reason'], seen).toBe(wanted.reason)
  if (message instanceof RegExp) expect(found['message'], seen).toMatch(message)
  else if (message !== undefined) expect(found['message'], seen).toBe(message)
  if (wanted.details !== undefined) expect(found['details'], seen).toEqual(wanted.details)
  if (wanted.text !== undefined) expect(reply.text).toBe(wanted.text)
  if (wanted.body !== undefined) expect(found, seen).toMatchObject(wanted.body)
  expect(reply.headers['warning'], seen).toBe(wanted.warning)
}
