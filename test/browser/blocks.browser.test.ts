import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/json.ts'
import { aPage } from '../sandbox/page/a-page.ts'
import { aBrowser, composer, executable } from './a-sandbox.ts'

const text = (words: string) => ({ type: 'plain_text', text: words })
const options = (...names: string[]) => names.map((name) => ({ text: text(name), value: name }))
const rich = (...elements: JsonObject[]) => ({ type: 'rich_text_section', elements })

/** What Slack's own gallery shows and apps commonly send. */
const gallery: JsonObject[] = [
  { type: 'header', text: text('Gallery') },
  {
    type: 'section',
    text: { type: 'mrkdwn', text: '*bold* _it_ ~gone~ `code` <https://example.com|a link> <@U0BO> &lt;b&gt;' },
    accessory: {
      type: 'overflow',
      action_id: 'overflow',
      options: options('Open', 'Move'),
    },
  },
  { type: 'section', fields: [text('Left'), text('Right'), text('Below left'), text('Below right')] },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_list',
        style: 'ordered',
        elements: [rich({ type: 'text', text: 'one' }), rich({ type: 'text', text: '<two>' })],
      },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: 'quoted' }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a very long line of code '.repeat(12) }] },
    ],
  },
  { type: 'divider' },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'go', value: 'v1', text: text('Go'), style: 'primary' },
      { type: 'button', action_id: 'stop', value: 'v2', text: text('Stop'), style: 'danger' },
      {
        type: 'static_select',
        action_id: 'one',
        placeholder: text('Pick one'),
        options: options('red', 'green', 'blue'),
      },
      { type: 'multi_static_select', action_id: 'some', placeholder: text('Pick some'), options: options('x', 'y') },
      { type: 'users_select', action_id: 'who', placeholder: text('Who') },
    ],
  },
  {
    type: 'actions',
    elements: [
      {
        type: 'checkboxes',
        action_id: 'ticks',
        options: [{ ...options('Breakfast')[0], description: text('Eggs') }, ...options('Lunch')],
        initial_options: [{ ...options('Breakfast')[0], description: text('Eggs') }],
      },
      { type: 'radio_buttons', action_id: 'radio', options: options('Tea', 'Coffee') },
      { type: 'datepicker', action_id: 'day', initial_date: '2026-01-02', placeholder: text('Day') },
    ],
  },
  {
    type: 'table',
    column_settings: [{ align: 'left' }, { align: 'right', is_wrapped: true }],
    rows: [
      [
        { type: 'raw_text', text: 'Pod' },
        { type: 'raw_text', text: 'Restarts' },
      ],
      [
        { type: 'raw_text', text: 'web-1' },
        { type: 'rich_text', elements: [rich({ type: 'text', text: '3', style: { bold: true } })] },
      ],
    ],
  },
  { type: 'context', elements: [{ type: 'mrkdwn', text: 'Small print' }, text('and more')] },
]

test.skipIf(executable === undefined)(
  'what apps commonly send is shown, and each control of it can be used (needs chromium)',
  async () => {
    const { slack, address } = await aPage({ built: fileURLToPath(new URL('../../dist/page', import.meta.url)) })
    const check = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.world.state.app.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        channel: 'C0OPS',
        text: 'Gallery',
        blocks: gallery,
        attachments: [{ color: '#e0a02b', blocks: [{ type: 'section', text: text('With a bar') }] }],
      }),
    })
    expect(await check.json()).toMatchObject({ ok: true })
    const browser = await aBrowser()
    const page = await browser.newPage({ viewport: { width: 1000, height: 1000 } })
    await page.goto(address())
    await composer(page).waitFor()
    await page.evaluate("window.location.hash = '#/U0ANN/C0OPS'")
    const message = page.locator('.message').last()
    await message.getByText('Small print').waitFor()
    expect(await message.locator('ol > li').allInnerTexts()).toEqual(['one', '<two>'])
    expect(await message.locator('.mention').innerText()).toMatch(/^@/)
    expect(await message.getByText('<b>').count()).toBe(1)
    expect(await message.locator('.attachment').getAttribute('style')).toContain('#e0a02b')
    expect(await message.getByRole('checkbox', { name: /Breakfast/ }).isChecked()).toBe(true)

    // Nobody listens here: that each click got as far as the connection shows that it named its control rightly.
    const undelivered = message.getByText('The bot is not connected right now.')
    const used = async (use: () => Promise<void>): Promise<void> => {
      await use()
      await undelivered.waitFor()
      await page.reload()
      await message.getByText('Small print').waitFor()
    }
    const choose = (menu: string | RegExp, option: string) => async () => {
      await message.getByRole('button', { name: menu }).click()
      await page.getByRole('option', { name: option, exact: true }).click()
    }
    await used(() => message.getByRole('button', { name: 'Go' }).click())
    await used(choose('More', 'Move'))
    await used(choose(/Pick one/, 'green'))
    await used(choose(/Pick some/, 'y'))
    await used(choose(/Who/, 'bo'))
    await used(() => message.getByRole('checkbox', { name: 'Lunch' }).check())
    await used(() => message.getByRole('radio', { name: 'Coffee' }).check())
    await used(() => message.locator('input[type=date]').fill('2026-03-04'))
  },
)
