import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/json.ts'
import type { PageCluster } from '../../src/sandbox/page/protocol.ts'
import { withIds } from '../../src/sandbox/slack/blocks/block-ids.ts'
import { aPage } from '../sandbox/page/a-page.ts'
import { aWorld } from '../sandbox/slack/support/world.ts'
import { aBrowser, composer, executable } from './a-sandbox.ts'

const attack = '<img src=x onerror="window.struck=1"><script>window.struck=1</script>'
const override = '\u202Eexe.gpj\u2066'
const endless = '超'.repeat(400) + 'x'.repeat(3_000)
/** What a stranger may have put into any text there is. */
const hostile = `${attack} ${override} :constructor: :__proto__: ${endless}`
const script = 'javascript:window.struck=1'

const text = (words: string) => ({ type: 'plain_text', text: words })
const mrkdwn = (words: string) => ({ type: 'mrkdwn', text: words })
const option = { text: text(hostile), value: hostile, description: text(hostile), url: script }
const options = [option]
const run = { type: 'text', text: hostile, style: { bold: true, code: true } }

const parts: JsonObject[] = [
  { type: 'header', text: text(hostile) },
  { type: 'section', text: text(hostile), fields: [mrkdwn(hostile), text(hostile)] },
  { type: 'section', text: mrkdwn(`*${attack}* _${attack}_ \`${attack}\` \`\`\`${attack}\`\`\` <${script}|click>`) },
  { type: 'section', text: mrkdwn('<!date^nonsense^{date}|never> <!date^99999999999999^{date}|too late>') },
  {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [run, { type: 'link', url: script, text: 'a link' }] },
      { type: 'rich_text_preformatted', elements: [run] },
      { type: 'rich_text_quote', elements: [run, { type: 'emoji', name: 'constructor' }] },
      { type: 'rich_text_list', style: 'bullet', elements: [{ type: 'rich_text_section', elements: [run] }] },
      {
        type: 'rich_text_section',
        elements: [{ type: 'date', timestamp: 1e15, format: '{date}', fallback: 'no day' }],
      },
      { type: 'rich_text_section', elements: [{ type: 'user', user_id: attack }] },
    ],
  },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: attack, value: hostile, text: text(hostile) },
      { type: 'button', action_id: 'url', url: script, text: text('Open') },
      { type: 'static_select', action_id: 'menu', placeholder: text(hostile), options, initial_option: option },
      { type: 'checkboxes', action_id: 'ticks', options },
    ],
  },
  {
    type: 'table',
    caption: hostile,
    rows: [[{ type: 'raw_text', text: hostile }], [{ type: 'raw_text', text: hostile }]],
  },
  { type: 'image', slack_file: { id: '"><script>' }, alt_text: hostile },
  { type: 'context', elements: [mrkdwn(hostile), text(hostile)] },
  { type: 'markdown', text: hostile },
]

let ids = 0
const blocks = withIds(parts, (prefix) => `${prefix}${(ids += 1)}`)

const form: JsonObject = {
  type: 'modal',
  title: text(attack),
  submit: text(attack),
  close: text(attack),
  blocks: [
    { type: 'section', block_id: 'said', text: mrkdwn(hostile) },
    {
      type: 'input',
      block_id: attack,
      label: text(hostile),
      hint: text(hostile),
      element: { type: 'plain_text_input', action_id: 'a', placeholder: text(hostile), initial_value: hostile },
    },
    { type: 'input', block_id: 'b', label: text(hostile), element: { type: 'static_select', action_id: 'b', options } },
  ],
}

const cluster: PageCluster = {
  name: hostile,
  environment: `constructor ${attack}`,
  version: hostile,
  state: 'up',
  tokenExpired: false,
  changesAllowed: true,
  workloads: [
    {
      namespace: hostile,
      name: hostile,
      kind: hostile,
      tag: hostile,
      wanted: 1,
      pods: [{ name: hostile, state: 'failing', tag: hostile, why: hostile }],
    },
  ],
}

/** Nothing of a stranger's became an element, an address or wider than what it stands in. */
async function isUnharmed(page: Page, where: string): Promise<void> {
  expect(await page.evaluate('window.struck'), where).toBeUndefined()
  expect(await page.locator('img[onerror], #page script, [href^="javascript:" i]').count(), where).toBe(0)
  const wide = await page.evaluate<string[]>(
    `['html', '.pane', '.messages', '.messages-inner', '.panel-scroll', '.workspace', '.sidebar-scroll', '.people', 'dialog[open]'].filter((name) =>
      [...document.querySelectorAll(name)].some((node) => node.scrollWidth > node.clientWidth + 1))`,
  )
  expect(wide, `wider than it should be: ${where}`).toEqual([])
}

test.skipIf(executable === undefined)(
  'whatever strangers write, it stays letters where it stands (needs chromium)',
  async () => {
    const world = aWorld({
      people: [
        { id: 'U0ANN', name: 'ann', realName: `Ann ${hostile}` },
        { id: 'U0BO', name: hostile, realName: hostile },
      ],
      groups: [{ id: 'S0SRE', handle: hostile, members: ['U0BO'] }],
      channels: [
        { id: 'C0OPS', name: hostile, members: ['U0ANN', 'U0BO', 'U0READBACK'] },
        { id: 'C0TALK', name: 'talk', members: ['U0ANN', 'U0BO'] },
      ],
      foreignTeams: [{ id: 'T0OTHER', name: hostile, domain: 'other', plan: 'paid' }],
      team: { name: hostile },
    })
    const built = fileURLToPath(new URL('../../dist/page', import.meta.url))
    const { slack, address } = await aPage({ built, world, clusters: [cluster] })
    const file = {
      id: 'F0HOSTILE',
      name: `${attack}${override}.txt`,
      title: hostile,
      mimetype: 'text/html',
      user: 'U0READBACK',
      size: attack.length,
      ticket: 'none',
      state: 'complete' as const,
      content: Buffer.from(attack).toString('base64'),
      created: 0,
      shares: [{ channel: 'C0OPS', ts: '1.000001' }],
    }
    slack.world.state.files.push(file)
    const { post, whisper } = slack.messages
    post('C0OPS', { user: 'U0READBACK', text: hostile, blocks })
    post('C0OPS', { user: 'U0BO', text: `${hostile} <${script}|click> <!date^x^{date}|never>` })
    const parent = post('C0OPS', {
      user: 'U0READBACK',
      text: '',
      files: [file.id],
      attachments: [{ color: 'red; background: url(//evil.example)', blocks }, { fallback: hostile }],
      reactions: [{ name: 'constructor', users: [attack] }],
    })
    post('C0OPS', { user: 'U0BO', text: hostile, threadTs: parent.ts })
    whisper('C0OPS', 'U0ANN', { user: 'U0READBACK', text: hostile, blocks })

    const browser = await aBrowser()
    const page = await browser.newPage({ viewport: { width: 1500, height: 1000 } })
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('dialog', (dialog) => void dialog.dismiss().finally(() => faults.push('a dialog')))
    page.on('request', (request) => {
      if (new URL(request.url()).host !== new URL(address()).host) faults.push(`asked ${request.url()}`)
    })
    await page.goto(address())
    await composer(page).waitFor()
    await page.evaluate("window.localStorage.setItem('readback.typed.U0ANN', '{not json')")
    await page.evaluate("window.localStorage.setItem('readback.read.run.U0ANN', '[1')")
    await page.evaluate("window.location.hash = '#/U0ANN/C0OPS'")
    await page.reload()
    await page.locator('.messages').getByText('too late').first().waitFor()
    await page.locator('.file .code').first().waitFor()
    await isUnharmed(page, 'the channel')
    const first = page.locator('.message').first()
    expect(await first.locator('.block-header').textContent()).toBe(hostile)
    expect(await first.locator('.rich').textContent()).toContain('no day')
    expect(await first.getByText('click', { exact: true }).count()).toBe(0)
    expect(await page.locator('.file .code').first().textContent()).toBe(attack)
    expect(await page.locator('.reaction').first().textContent()).toContain(':constructor:')
    const direction = await page.evaluate("getComputedStyle(document.querySelector('.author b')).unicodeBidi")
    expect(direction, 'what a name turns around ends with it').toBe('isolate')

    await first.getByRole('button', { name: 'Open' }).click()
    await first.locator('.as-menu button').first().click()
    await page.getByRole('option').first().click()
    await isUnharmed(page, 'a click and a choice')

    await page.getByRole('tab', { name: 'Chat and bot' }).click()
    await page.getByRole('tab', { name: 'Traffic' }).click()
    await page.locator('.traffic details').first().click()
    await isUnharmed(page, 'the control room')
    await page.locator('.you-are').click()
    await isUnharmed(page, 'people')
    await page.keyboard.press('Escape')

    await composer(page).fill('@')
    await page.locator('.suggestions li').first().waitFor()
    await isUnharmed(page, 'suggestions')
    await composer(page).fill('')

    await page.evaluate(`window.location.hash = '#/U0ANN/C0OPS/${parent.ts}'`)
    await page.locator('.thread .message').nth(1).waitFor()
    await isUnharmed(page, 'a thread')

    const view = slack.views.open('U0ANN', form)
    slack.views.annotate(view, { errors: { [attack]: hostile, b: hostile }, trouble: hostile })
    await page.reload()
    await page.locator('dialog[open] .field-error').first().waitFor()
    await isUnharmed(page, 'a form')
    expect(faults).toEqual([])
  },
)
