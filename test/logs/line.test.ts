import { expect, test } from 'vitest'
import { evenStamp, readable } from '../../src/logs/line.ts'
import { createMasking } from '../../src/secrets/masking.ts'

const masking = createMasking(['card=\\d+'])
const mask = masking.ok ? masking.masking.mask : (text: string) => text
const shown = (text: string): string => readable({ text }, mask)

test.each([
  ['\u001B[31mERROR\u001B[0m down', 'ERROR down'],
  ['a\u0000b\u0007\u001b', 'a·b··'],
  ['windows\r', 'windows'],
  ['password=hunter22 ok', 'password=•••• ok'],
  ['card=4711 ok', '•••• ok'],
  ['right\u202Eleft', 'right·left'],
  ['<!channel> ``` `x`', '<!channel> ``` `x`'],
])('%j is shown as %j', (text, expected) => {
  expect(shown(text)).toBe(expected)
})

test('a megabyte without an end is cut, and says how much is gone', () => {
  const text = readable({ text: 'x'.repeat(65_536), cut: 983_040 }, mask)
  expect(text.length).toBeLessThan(8_300)
  expect(text).toMatch(/… \(\+1040384 B\)$/)
})

test('a secret across the cut is masked, not halved', () => {
  const text = shown(`${'x'.repeat(8_170)} token=${'s3cr3t'.repeat(50)} end`)
  expect(text).not.toContain('s3cr')
})

test.each([
  ['2026-01-01T00:00:00.1Z', '2026-01-01T00:00:00.100000000Z'],
  ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000000000Z'],
  ['2026-01-01T08:00:00.5+08:00', '2026-01-01T00:00:00.500000000Z'],
  ['2026-01-01T00:00:00.123456789Z', '2026-01-01T00:00:00.123456789Z'],
  ['', ''],
  ['nonsense', ''],
])('stamps become even, so that texts compare as times: %s', (stamp, expected) => {
  expect(evenStamp(stamp)).toBe(expected)
})
