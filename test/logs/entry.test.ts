import { expect, test } from 'vitest'
import { createAssembler, wholeText } from '../../src/logs/entry.ts'
import type { Entry } from '../../src/logs/entry.ts'
import { aLine } from './an-entry.ts'

const together = (lines: readonly string[], ms = 0): readonly Entry[] => {
  const entries: Entry[] = []
  const assembler = createAssembler((entry) => entries.push(entry))
  lines.forEach((text, index) => assembler.add(aLine(text, { ms: index * ms })))
  assembler.flush()
  return entries
}

const java = [
  'ERROR [main] c.e.Shop - order failed',
  'java.lang.IllegalStateException: boom',
  '\tat c.e.Shop.order(Shop.java:10)',
  'Caused by: java.io.IOException: closed',
  '\tat c.e.Net.read(Net.java:3)',
  '\t... 12 more',
]
const python = [
  'Traceback (most recent call last):',
  '  File "/app/x.py", line 3, in <module>',
  '    main()',
  'ValueError: bad',
  '',
  'During handling of the above exception, another exception occurred:',
  '',
  'Traceback (most recent call last):',
  '  File "/app/x.py", line 5, in <module>',
  'shop.errors.Fault: worse',
]
const go = [
  'panic: runtime error: index out of range [3] with length 3',
  '',
  'goroutine 1 [running]:',
  'main.(*Shop).order(0x1400001, {0x1, 0x2})',
  '\t/app/main.go:10 +0x1d',
  'created by main.main in goroutine 1',
  '\t/app/main.go:3 +0x20',
  'exit status 2',
]
const node = [
  'Error: connect ECONNREFUSED',
  '    at TCPConnectWrap.afterConnect (node:net:1)',
  '    at process.processTicks (node:internal:1) {',
  "  code: 'ECONNREFUSED'",
  '}',
]

test.each([
  ['Java', java, 'error'],
  ['Python', python, 'error'],
  ['Go', go, 'fatal'],
  ['Node', node, 'error'],
])('a stack trace of %s is one entry, and what comes before and after is not in it', (_, trace, level) => {
  const found = together(['INFO before', ...trace, 'INFO after'])
  expect(found.map(wholeText)).toEqual(['INFO before', trace.join('\n'), 'INFO after'])
  expect(found[1]?.level).toBe(level)
})

test('a trace below the message of its logger belongs to it', () => {
  expect(together(['ERROR:root:failed', ...python])).toHaveLength(1)
  expect(together(['INFO all is well', ...python])).toHaveLength(2)
})

test('an indented line long after the one before stands alone', () => {
  expect(together(['a', '  b'], 5_000)).toHaveLength(2)
})

test('an endless trace is cut into entries of bounded size', () => {
  const found = together(['x', ...Array.from({ length: 1_000 }, (_, at) => `  at ${at}`)])
  expect(Math.max(...found.map(({ more }) => more.length))).toBeLessThanOrEqual(200)
  expect(found.reduce((sum, { more }) => sum + 1 + more.length, 0)).toBe(1_001)
})
