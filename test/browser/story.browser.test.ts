import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aSandbox, composer, executable, message } from './a-sandbox.ts'

const take = async (page: Page): Promise<void> => {
  await page.locator('.story-try').click()
  await expect.poll(() => composer(page).inputValue()).toMatch(/^\//)
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
  async (context) => {
    const { open, faults } = await aSandbox()
    const page = await open()
    const began = performance.now()

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
    if (await page.locator('dialog').isVisible()) await agree(page)
    await done(page, 4)
    await take(page)
    await done(page, 5)
    await take(page)
    await page.getByRole('button', { name: 'Confirm' }).click()
    await agree(page)
    await done(page, 6)
    const seconds = Math.round((performance.now() - began) / 1000)
    await context.annotate(`from the first order to production rolled back: ${seconds} s`)

    await take(page)
    await page.getByRole('button', { name: 'Edit orders by hand' }).click()
    await page.getByRole('button', { name: 'Become Bo' }).click()
    await page.getByRole('button', { name: 'Approve' }).last().click()
    if (await page.locator('dialog').isVisible()) await agree(page)
    await done(page, 7)
    expect(await message(page, 'Deploy orders').getByRole('button', { name: 'Approve' }).count()).toBe(0)
    expect(faults).toEqual([])
  },
)
