import { expect, test } from 'vitest'
import { levelOf } from '../../src/logs/level.ts'

test.each([
  ['{"level":"error","msg":"payment failed"}', 'error'],
  ['{"time":"2026-01-01T00:00:00Z","Level" : "WARN"}', 'warn'],
  ['{"level":50,"msg":"pino"}', 'error'],
  ['{"level":30,"msg":"pino"}', 'info'],
  ['{"severity":"CRITICAL"}', 'fatal'],
  ['{"msg":"no level"}', undefined],
  ['{"level":"constructor"}', undefined],
  ['level=valueOf msg=x', undefined],
  ['ts=2026 level=warning msg="slow"', 'warn'],
  ['lvl=eror msg=x', 'error'],
  ['E0101 12:00:00.000000       1 reflector.go:138] failed', 'error'],
  ['I0101 12:00:00.000000       1 main.go:1] level of water', 'info'],
  ['2026-01-01 12:00:00,123 ERROR [main] c.e.Shop - boom', 'error'],
  ['2026/01/01 12:00:00 [error] 7#7: *1 open() failed', 'error'],
  ['[WARN] disk', 'warn'],
  ['warning: deprecated', 'warn'],
  ['12:00:00 INFO handled', 'info'],
  ['panic: runtime error', 'fatal'],
  ['Traceback (most recent call last):', 'error'],
  ['java.lang.IllegalStateException: boom', 'error'],
  ['TypeError: x is not a function', 'error'],
  ['GET /errors/404 took 3ms', undefined],
  ['user said error in a sentence', undefined],
  ['', undefined],
])('%s says %s', (line, level) => {
  expect(levelOf(line)).toBe(level)
})
