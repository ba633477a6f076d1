import { describe, expect, test } from 'vitest'
import { aSandbox, executable, message, say } from './a-sandbox.ts'

describe.skipIf(executable === undefined)('in a browser (needs chromium)', () => {
  test('the simulated Prometheus answers: the numbers of a workload are a picture in the chat', async () => {
    const { open, faults } = await aSandbox()
    const page = await open()
    await say(page, '/metrics prod:shop/web cpu --range 6h --compare 1w')
    const answer = message(page, /web: last 0\.\d+ cores/)
    await answer.waitFor()
    expect(await answer.innerText()).toMatch(/request 0\.4 cores; limit 4/)
    await answer.locator('img').waitFor()
    expect(faults).toEqual([])
  })
})
