import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aSandbox, composer, executable, message } from './a-sandbox.ts'

const take = async (page: Page): Promise<void> => {
  const line = await page.locator('.story-try code').innerText()
  await page.locator('.story-try').click()
  await expect.poll(() => composer(page).inputValue()).toBe(line)
  await composer(page).press('Escape')
  await composer(page).press('Enter')
}
const done = (page: Page, count: number) =>
  page
    .locator('.story-dots li.done')
    .nth(count - 1)
    .waitFor({ timeout: 40_000 })
const agree = (page: Page) => page.locator('dialog .dialog-buttons .button').last().click()

test.skipIf(executable === undefined)(
  'a newcomer follows the guide from the first order to the last, and nothing but the guide (needs chromium)',
  async () => {
    const { open, faults, startedAt, printedAfterMs, memoryMb } = await aSandbox()
    const page = await open()
    const seconds = (): number => Math.round((performance.now() - startedAt) / 100) / 10
    const opened = seconds()

    await take(page)
    await done(page, 1)
    await take(page)
    await page.getByText('ImagePullBackOff').first().waitFor({ timeout: 40_000 })
    await message(page, '1.6.0-missing').getByRole('button', { name: 'Undo' }).click()
    await agree(page)
    await done(page, 2)
    await take(page)
    await done(page, 3)
    await page.locator('.story-try').click()
    await page.getByRole('button', { name: 'Approve' }).click()
    expect(await composer(page).inputValue(), 'what was offered to Ann is not offered to Bo').toBe('')
    await agree(page)
    await page.getByRole('button', { name: '/rollback web to prod' }).waitFor({ timeout: 40_000 })
    await take(page)
    await page.getByRole('button', { name: 'Confirm' }).click()
    await agree(page)
    await done(page, 4)
    const took = seconds()
    console.log(
      `served after ${printedAfterMs} ms, open in the browser after ${opened} s, production approved and rolled back again after ${took} s`,
    )
    // What the guide promises. Half of it is the clusters' own pace; a third of a minute is usual.
    expect(took).toBeLessThan(60)

    await take(page)
    await page.getByRole('button', { name: 'Edit orders by hand' }).click()
    await page.getByRole('button', { name: 'Become Bo' }).click()
    await page.getByRole('button', { name: 'Approve' }).last().click()
    await agree(page)
    await done(page, 5)
    expect(await message(page, 'Deploy orders').getByRole('button', { name: 'Approve' }).count()).toBe(0)

    await take(page)
    await page.getByText('Be called, and end it from the thread').waitFor()
    await page.getByRole('button', { name: 'Become Bo' }).click()
    await page.getByRole('button', { name: /^alerts/ }).click()
    await page
      .getByRole('button', { name: /repl(y|ies)/ })
      .last()
      .click({ timeout: 40_000 })
    await page.getByRole('button', { name: /^Roll back to #/ }).click({ timeout: 40_000 })
    await done(page, 6)

    await take(page)
    await page.getByRole('button', { name: 'Verify the trail' }).click()
    await done(page, 7)
    expect(await page.locator('.story-said').innerText()).toMatch(/audit\.jsonl/)
    console.log(`the whole guide after ${seconds()} s; sandbox, bot and what they started hold ${memoryMb() ?? '?'} MB`)
    expect(faults).toEqual([])
  },
)
