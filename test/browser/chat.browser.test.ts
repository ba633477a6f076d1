import { expect, test } from 'vitest'
import { aSandbox, composer, executable, message, say } from './a-sandbox.ts'

// oxlint-disable vitest/no-standalone-expect -- `withBrowser` is a test
const withBrowser = test.skipIf(executable === undefined)

withBrowser('an order ends in its outcome, and a reload keeps all of it (needs chromium)', async () => {
  const { open, faults } = await aSandbox()
  const page = await open()
  await say(page, '/deploy web 1.5.0')
  await message(page, 'Rolled out.').waitFor()
  await say(page, '/deploy wbe 1.5.0')
  const answer = message(page, 'Only visible to you')
  await message(page, 'wbe').waitFor()
  const before = await page.locator('.pane .message').allInnerTexts()
  await page.reload()
  await answer.waitFor()
  expect(await page.locator('.pane .message').allInnerTexts()).toEqual(before)
  expect(faults).toEqual([])
})

withBrowser('two people side by side: what one is told alone, the other does not see', async () => {
  const { open } = await aSandbox()
  const [ann, bo] = [await open(), await open({ at: '#/U0BO/C0SHOP' })]
  await bo.getByText('Bo (on call)').waitFor()
  await say(ann, '/ops whoami')
  await message(ann, 'Only visible to you').waitFor()
  await say(ann, '@bo 你好')
  await message(bo, '你好').waitFor()
  expect(await bo.locator('.private').count()).toBe(0)
  expect(await message(bo, '你好').locator('.mention.you').innerText()).toBe('@Bo')
})

withBrowser('commands complete by Tab, and the arrow keys bring back what was typed', async () => {
  const { open } = await aSandbox()
  const page = await open()
  const input = composer(page)
  await input.pressSequentially('/sta')
  await input.fill('/dep')
  await page.getByRole('option', { name: /^\/deploy/ }).waitFor()
  await input.press('Tab')
  await page.getByRole('option', { name: /^web/ }).waitFor()
  await input.pressSequentially('we')
  await expect.poll(() => page.locator('.suggestions li').first().innerText()).toMatch(/^web/)
  await input.press('Tab')
  await page.getByRole('option', { name: '1.5.1', exact: false }).waitFor()
  expect(await input.inputValue()).toBe('/deploy web ')
  await input.press('Escape')
  await input.fill('/ops whoami')
  await input.press('Escape')
  await input.press('Enter')
  await message(page, 'Only visible to you').waitFor()
  await input.press('ArrowUp')
  expect(await input.inputValue()).toBe('/ops whoami')
})

withBrowser('a form is filled in by keyboard alone, and says what is missing', async () => {
  const { open } = await aSandbox()
  const page = await open()
  await say(page, '/deploy')
  const form = page.getByRole('dialog')
  await form.waitFor()
  await form.getByRole('button', { name: 'Read it back' }).press('Enter')
  await form.getByText('Please complete this required field.').first().waitFor()
  const workload = form.getByRole('button', { name: 'Workload' })
  await workload.press('Enter')
  for (let step = 0; step < 20 && !(await form.locator('li.at').innerText()).includes('shop/web'); step += 1)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1.5.0')
  await page.keyboard.press('Enter')
  await message(page, 'Rolled out.').waitFor()
  expect(await form.count()).toBe(0)
})

withBrowser('a bot that is killed in the middle of a rollout comes back and finishes its card', async () => {
  const { open } = await aSandbox()
  const page = await open()
  await page.getByText('bot connected').waitFor()
  await say(page, '/deploy web 1.5.0')
  await message(page, 'rolling out').waitFor()
  await page.getByRole('button', { name: 'Control room' }).first().click()
  await page.getByRole('tab', { name: 'Chat and bot' }).click()
  await page.getByRole('button', { name: 'kill -9' }).click()
  await page.getByText('comes back in a moment').waitFor()
  await page.getByText('bot connected').waitFor()
  await message(page, 'Rolled out.').waitFor({ timeout: 60_000 })
  expect(await page.locator('.pane .message').filter({ hasText: 'Deploy web on test' }).count()).toBe(1)
})

withBrowser('a killed pod, a cluster that is down: the page shows it, the bot says it', async () => {
  const { open } = await aSandbox()
  const page = await open({ viewport: { width: 1500, height: 900 } })
  const prod = page.getByRole('region', { name: 'Cluster prod' })
  await prod.locator('.pod.ready').first().click()
  await prod.locator('.pod.starting').first().waitFor()
  await prod.getByRole('switch', { name: 'Down' }).click()
  await say(page, '/ops status on prod')
  await message(page, /Status of all clusters/).waitFor()
  const shown = await message(page, /Status of all clusters/).innerText()
  expect(shown).toContain('prod cannot be reached')
})

withBrowser.each([
  ['a phone', { width: 360, height: 740 }],
  ['a narrow window', { width: 900, height: 600 }],
])('nothing sticks out on %s', async (_name, viewport) => {
  const { open } = await aSandbox()
  const page = await open({ viewport })
  await say(page, '/deploy web 1.5.0')
  await message(page, 'Rolled out.').waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0)
})
