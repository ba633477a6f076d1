import { expect, onTestFinished, test } from 'vitest'
import { en } from '../../src/cards/texts/en.ts'
import { sayStart } from '../../src/cards/start-problem.ts'
import { HttpError } from '../../src/http/problems.ts'
import { createHttp } from '../../src/http/server.ts'

const quiet = {
  mounts: [],
  readiness: async () => ({ missing: [] }),
  metrics: async () => '',
}

async function refusal(host: string, port: number): Promise<string> {
  try {
    await createHttp({ ...quiet, host, port })
    return ''
  } catch (error) {
    if (error instanceof HttpError) return sayStart(error.problem, en)
    throw error
  }
}

test('a port in use is said with the port and what to set', async () => {
  const first = await createHttp({ ...quiet, host: '127.0.0.1', port: 0 })
  onTestFinished(() => first.close())
  const port = Number(new URL(first.address).port)
  expect(await refusal('127.0.0.1', port)).toBe(
    `Port ${port} on 127.0.0.1 is in use by another program.\n  Set READBACK_HTTP_PORT to a free one (0 takes any), or stop what listens there.`,
  )
})

test('a host that this machine does not have is said so', async () => {
  expect(await refusal('203.0.113.7', 0)).toContain('203.0.113.7 is no address of this machine.')
})

test('a problem that nobody wrote a sentence for still shows its code', () => {
  expect(sayStart({ code: 'something_new' }, en)).toBe('Readback cannot go on: something_new.')
})
