import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { aSandbox, executable, message, say } from './a-sandbox.ts'

/** Walks by one key until the focus stands on something that is called so. */
async function walkTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  const called = (): Promise<string> =>
    page.evaluate<string>(
      "((node) => node === document.body ? '' : (node?.getAttribute('aria-label') ?? node?.textContent ?? ''))(document.activeElement)",
    )
  for (let step = 0; step < 120; step += 1) {
    if (name.test(await called())) return
    await page.keyboard.press(key)
  }
  throw new Error(`${String(name)} cannot be reached by ${key}`)
}

/** Controls that a screen reader could only call "button". */
const nameless = `[...document.querySelectorAll('button, a[href], input, textarea, [role=tab], [role=switch], [role=option], dialog, nav, aside')]
  .filter((node) => node.checkVisibility() && !(
    node.getAttribute('aria-label') || node.textContent.trim() || node.labels?.length ||
    (node.getAttribute('aria-labelledby') ?? '').split(' ').some((id) => document.getElementById(id)?.textContent)
  ))
  .map((node) => node.outerHTML.slice(0, 120))`

describe.skipIf(executable === undefined)('for everybody (needs chromium)', () => {
  test('production is ordered, approved as somebody else and rolled out without a pointer', async () => {
    const { open } = await aSandbox()
    const page = await open()
    await page.getByText('bot connected').waitFor()
    await page.keyboard.type('/deploy web 1.5.0 to prod')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await message(page, 'The card to approve stands in').waitFor()
    await walkTo(page, /You are/)
    await page.keyboard.press('Enter')
    await page.locator('.person.here:focus').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('.pane[data-at^="U0BO/"]').waitFor()
    await walkTo(page, /^ops/)
    await page.keyboard.press('Enter')
    await page.locator('.pane[data-at="U0BO/C0OPS"] .composer textarea:focus').waitFor()
    await page.getByRole('button', { name: 'Approve' }).waitFor()
    await walkTo(page, /^Approve$/, 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.locator('dialog.confirm .button:focus').waitFor()
    await page.keyboard.press('Enter')
    await message(page, 'Rolled out.').waitFor({ timeout: 40_000 })
  })

  test('every control has a name, whatever is open, in English and in Chinese', async () => {
    const { open } = await aSandbox()
    const page = await open({ viewport: { width: 1500, height: 900 } })
    await page.getByText('bot connected').waitFor()
    await say(page, '/ops logs web')
    await message(page, 'Logs of shop/web')
      .getByRole('button', { name: 'Reply in thread' })
      .waitFor({ state: 'attached' })
    expect(await page.evaluate(nameless)).toEqual([])
    for (const tab of ['Chat and bot', 'Traffic']) {
      await page.getByRole('tab', { name: tab }).click()
      expect(await page.evaluate(nameless), tab).toEqual([])
    }
    await page.locator('.you-are').click()
    expect(await page.evaluate(nameless), 'people').toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '换成中文' }).click()
    await page.getByText('机器人已连接').waitFor()
    await say(page, '/deploy')
    await page.getByRole('dialog').waitFor()
    expect(await page.evaluate(nameless), 'a form').toEqual([])
  })
})
