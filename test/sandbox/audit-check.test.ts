import { expect, test } from 'vitest'
import { createAuditCheck, forged } from '../../src/sandbox/audit-check.ts'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('a forgery says that somebody else did one thing, and is the same otherwise', () => {
  const trail = [
    '{"n":1}',
    '{"n":2,"who":"U0ANN"}',
    '{"n":3,"who":"U0ANN","of":"U0ANN"}',
    '{"n":4,"who":"U0BO"}',
    '',
  ].join('\n')
  const lines = forged(trail).split('\n')
  expect(lines).toEqual(trail.split('\n').with(2, '{"n":3,"who":"U0BO","of":"U0BO"}'))
  expect(forged('{"who":"U0BO"}')).toBe('{"who":"U0ANN"}')
  expect(forged('')).toBe('')
})

test('what the check prints comes back with the file’s bare name, from the trail and from the forged copy', async () => {
  const data = temporaryFolder()
  writeFileSync(join(data, 'audit.jsonl'), '{"who":"U0BO"}\n')
  const program = fileURLToPath(new URL('../support/echo-program.mjs', import.meta.url))
  const check = createAuditCheck({ program, data, environment: {} })
  expect(await check('trail')).toBe('audit verify audit.jsonl: {"who":"U0BO"}')
  expect(await check('forgery')).toBe('audit verify forged.jsonl: {"who":"U0ANN"}')
})
