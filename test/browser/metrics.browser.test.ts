import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { aSandbox, executable, message, say } from './a-sandbox.ts'

const noPicture = 'The picture could not be drawn now; these are its numbers.'
/** DESIGN: what sandbox and bot together may hold. */
const reachMb = 220

/** The built program, with another painter of charts. */
function builtWithPainter(painter: string): string {
  const home = temporaryFolder()
  for (const part of ['bin', 'dist', 'package.json', 'policies'])
    cpSync(fileURLToPath(new URL(`../../${part}`, import.meta.url)), join(home, part), { recursive: true })
  writeFileSync(join(home, 'dist/painter.cjs'), painter)
  return home
}

describe.skipIf(executable === undefined)('in a browser (needs chromium)', () => {
  test('the simulated Prometheus answers: the numbers of a workload are a picture in the chat', async () => {
    const { open, faults, memoryMb } = await aSandbox()
    const page = await open()
    await say(page, '/metrics prod:shop/web cpu --range 6h --compare 1w')
    const answer = message(page, /web: last [\d.]+m/)
    await answer.waitFor()
    expect(await answer.innerText()).toMatch(/request 400m; limit 4 cores/)
    await answer.locator('img').waitFor()
    const painting = memoryMb()
    await page.waitForTimeout(10_000)
    console.log(
      `sandbox, bot and painter hold ${painting ?? '?'} MB right after a chart, ${memoryMb() ?? '?'} MB ten seconds later (reach ${reachMb})`,
    )
    expect(faults).toEqual([])
  })

  test('a Prometheus that is taken away is missed in words, and back it answers again', async () => {
    const { open, faults } = await aSandbox()
    const page = await open({ viewport: { width: 1500, height: 900 } })
    const away = page.getByRole('region', { name: 'Cluster prod' }).getByRole('switch', { name: 'Prometheus away' })
    await page.getByText('bot connected').waitFor()
    await away.click()
    await page.locator('[role=switch][aria-checked=true]').waitFor()
    await say(page, '/metrics prod:shop/web cpu')
    await message(page, 'The metrics source of prod cannot be reached.').waitFor()
    await say(page, '/metrics test:shop/web cpu')
    await message(page, /web: last [\d.]+( cores|m)/).waitFor()
    await away.click()
    await say(page, '/metrics prod:shop/orders cpu')
    await message(page, /orders: last [\d.]+( cores|m)/).waitFor()
    expect(faults).toEqual([])
  })

  test.each([
    ['is missing', `require('./no-such-painter.cjs')`],
    ['crashes', `process.on('message', () => process.kill(process.pid, 'SIGSEGV'))`],
  ])('where the painter of charts %s, the numbers come in words and the bot goes on', async (_, painter) => {
    const { open, faults, botPid } = await aSandbox([], { home: builtWithPainter(painter) })
    const page = await open()
    await page.getByText('bot connected').waitFor()
    const before = botPid()
    for (const workload of ['web', 'orders']) {
      await say(page, `/metrics prod:shop/${workload} cpu`)
      await message(page, new RegExp(`${workload}: last [\\d.]+( cores|m)`))
        .filter({ hasText: noPicture })
        .waitFor()
    }
    expect(botPid()).toBe(before)
    expect(faults).toEqual([])
  })
})
