import type { KnownBlock } from '@slack/types'
import { expect, test } from 'vitest'
import type { Json } from '../../../src/json.ts'
import { checkBlocks } from '../../../src/sandbox/slack/blocks/blocks.ts'
import { checkView } from '../../../src/sandbox/slack/blocks/view.ts'

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text })
const x = (length: number) => 'x'.repeat(length)
const times = <Item>(length: number, make: (index: number) => Item) => Array.from({ length }, (_, index) => make(index))
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), ...more })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const option = (value: string, more: object = {}) => ({ text: plain(value), value, ...more })
const section = (accessory: object) => ({ type: 'section', text: mrkdwn('x'), accessory })
const json = (value: unknown): Json => JSON.parse(JSON.stringify(value))
const problems = (...blocks: object[]) => checkBlocks(blocks.map(json), 'message').problems

const good: KnownBlock[] = [
  { type: 'header', text: plain(x(150)) },
  { type: 'divider', block_id: 'line' },
  { type: 'section', text: mrkdwn(x(3_000)), fields: times(10, () => mrkdwn(x(2_000))) },
  {
    type: 'context',
    elements: [mrkdwn('a'), plain('b'), { type: 'image', image_url: 'https://x.example/a', alt_text: 'a' }],
  },
  {
    type: 'actions',
    elements: [
      {
        type: 'button',
        text: plain('Undo'),
        action_id: 'undo',
        value: x(2_000),
        style: 'danger',
        url: 'https://x.example',
        confirm: {
          title: plain('Sure?'),
          text: mrkdwn('Really'),
          confirm: plain('Yes'),
          deny: plain('No'),
          style: 'danger',
        },
      },
      {
        type: 'static_select',
        action_id: 'menu',
        placeholder: plain('More'),
        options: times(100, (n) => option(`${n}`)),
      },
      { type: 'overflow', action_id: 'over', options: [option('1'), option('2', { url: 'https://x.example' })] },
      { type: 'datepicker', initial_date: '2026-01-31' },
    ],
  },
  { type: 'image', image_url: 'https://x.example/chart.png', alt_text: 'chart', title: plain('CPU') },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: '<!channel>', style: { code: true } },
          { type: 'user', user_id: 'U0ANN' },
          { type: 'link', url: 'https://x.example', text: 'x' },
          { type: 'date', timestamp: 1_700_000_000, format: '{time}', fallback: 'then' },
        ],
      },
      { type: 'rich_text_list', style: 'bullet', elements: [{ type: 'rich_text_section', elements: [] }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: x(4_000) }] },
    ],
  },
  {
    type: 'table',
    rows: times(100, () => times(20, () => ({ type: 'raw_text' as const, text: 'x' }))),
    column_settings: [{ align: 'right', is_wrapped: true }],
  },
  { type: 'markdown', text: x(12_000) },
]

test('takes every kind of block that we post, at its limits', () => {
  expect(checkBlocks(good.map(json), 'message')).toEqual({ problems: [], warnings: [] })
})

test.each<[string, object, string]>([
  ['an unknown block', { type: 'shout' }, 'unsupported type: "shout" [json-pointer:/blocks/0/type]'],
  ['a block without type', {}, 'missing required field: type [json-pointer:/blocks/0]'],
  [
    'an unknown member',
    { type: 'divider', color: 'red' },
    'invalid additional property: color [json-pointer:/blocks/0]',
  ],
  [
    'a long block_id',
    { type: 'divider', block_id: x(256) },
    'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
  ],
  ['an empty section', { type: 'section' }, 'missing required field: text or fields [json-pointer:/blocks/0]'],
  [
    'an empty text',
    { type: 'section', text: mrkdwn('') },
    'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'a long section',
    { type: 'section', text: mrkdwn(x(3_001)) },
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'eleven fields',
    { type: 'section', fields: times(11, () => plain('x')) },
    'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  ],
  [
    'a long field',
    { type: 'section', fields: [plain(x(2_001))] },
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  ],
  [
    'mrkdwn in a header',
    { type: 'header', text: mrkdwn('x') },
    'unsupported type: "mrkdwn" [json-pointer:/blocks/0/text/type]',
  ],
  [
    'a long header',
    { type: 'header', text: plain(x(151)) },
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'emoji on mrkdwn',
    { type: 'section', text: { ...mrkdwn('x'), emoji: true } },
    'invalid additional property: emoji [json-pointer:/blocks/0/text]',
  ],
  [
    'eleven in a context',
    { type: 'context', elements: times(11, () => mrkdwn('x')) },
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'a button in a context',
    { type: 'context', elements: [button()] },
    'unsupported type: "button" [json-pointer:/blocks/0/elements/0/type]',
  ],
  ['no actions', actions(), 'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]'],
  [
    '26 actions',
    actions(...times(26, () => button())),
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'a long button',
    actions(button({ text: plain(x(76)) })),
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'a long value',
    actions(button({ value: x(2_001) })),
    'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'a made-up style',
    actions(button({ style: 'warning' })),
    'must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]',
  ],
  [
    'a url that is a script',
    actions(button({ url: 'javascript:alert(1)' })),
    'must be a valid URL [json-pointer:/blocks/0/elements/0/url]',
  ],
  [
    'a url that is none',
    actions(button({ url: 'here' })),
    'must be a valid URL [json-pointer:/blocks/0/elements/0/url]',
  ],
  [
    'the same action twice',
    actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
    'action_id "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  [
    'a long question',
    actions(button({ confirm: { title: plain(x(101)), text: plain('x'), confirm: plain('y'), deny: plain('n') } })),
    'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
  ],
  [
    'a question without words',
    actions(button({ confirm: { text: plain('x') } })),
    'missing required field: title [json-pointer:/blocks/0/elements/0/confirm]',
  ],
  [
    '101 options',
    section({ type: 'static_select', options: times(101, (n) => option(`${n}`)) }),
    'no more than 100 items allowed [json-pointer:/blocks/0/accessory/options]',
  ],
  [
    'a menu without options',
    section({ type: 'static_select' }),
    'exactly one of options, option_groups is required [json-pointer:/blocks/0/accessory]',
  ],
  [
    'a strange first choice',
    section({ type: 'static_select', options: [option('a')], initial_option: option('b') }),
    'the initial option must be one of the options [json-pointer:/blocks/0/accessory]',
  ],
  [
    'a long option',
    section({ type: 'static_select', options: [{ text: plain(x(76)), value: 'a' }] }),
    'must be less than 76 characters [json-pointer:/blocks/0/accessory/options/0/text/text]',
  ],
  [
    'a long option value',
    section({ type: 'static_select', options: [{ text: plain('a'), value: x(151) }] }),
    'must be less than 151 characters [json-pointer:/blocks/0/accessory/options/0/value]',
  ],
  [
    'a long placeholder',
    section({ type: 'users_select', placeholder: plain(x(151)) }),
    'must be less than 151 characters [json-pointer:/blocks/0/accessory/placeholder/text]',
  ],
  [
    'six in an overflow',
    section({ type: 'overflow', options: times(6, (n) => option(`${n}`)) }),
    'no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]',
  ],
  [
    'eleven radio buttons',
    section({ type: 'radio_buttons', options: times(11, (n) => option(`${n}`)) }),
    'no more than 10 items allowed [json-pointer:/blocks/0/accessory/options]',
  ],
  [
    'an input as accessory',
    section({ type: 'plain_text_input' }),
    'unsupported type: "plain_text_input" [json-pointer:/blocks/0/accessory/type]',
  ],
  [
    'an image without words',
    { type: 'image', image_url: 'https://x.example' },
    'missing required field: alt_text [json-pointer:/blocks/0]',
  ],
  [
    'an image from nowhere',
    { type: 'image', alt_text: 'x' },
    'exactly one of image_url, slack_file is required [json-pointer:/blocks/0]',
  ],
  [
    'long input',
    { type: 'input', label: plain('x'), element: { type: 'plain_text_input', max_length: 3_001 } },
    'must be no more than 3000 [json-pointer:/blocks/0/element/max_length]',
  ],
  [
    'an empty run',
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }] },
    'must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]',
  ],
  [
    'a person in a fence',
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U0ANN' }] }],
    },
    'unsupported type: "user" [json-pointer:/blocks/0/elements/0/elements/0/type]',
  ],
  [
    'an empty cell',
    { type: 'table', rows: [[{ type: 'raw_text', text: '' }]] },
    'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]',
  ],
  [
    '101 rows',
    { type: 'table', rows: times(101, () => [{ type: 'raw_text', text: 'x' }]) },
    'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
  ],
  [
    '21 columns',
    { type: 'table', rows: [times(21, () => ({ type: 'raw_text', text: 'x' }))] },
    'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
  ],
  [
    'a data table without caption',
    { type: 'data_table', rows: times(2, () => [{ type: 'raw_text', text: 'x' }]) },
    'missing required field: caption [json-pointer:/blocks/0]',
  ],
  [
    'long markdown',
    { type: 'markdown', text: x(12_001) },
    'must be less than 12001 characters [json-pointer:/blocks/0/text]',
  ],
  [
    'an alert in a message',
    { type: 'alert', text: plain('x') },
    'unsupported type: "alert" [json-pointer:/blocks/0/type]',
  ],
  [
    'a card without anything',
    { type: 'card' },
    'at least one of hero_image, title, actions, body is required [json-pointer:/blocks/0]',
  ],
  [
    'eleven children',
    { type: 'container', title: plain('x'), child_blocks: times(11, () => ({ type: 'divider' })) },
    'no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]',
  ],
])('refuses %s', (_name, block, sentence) => {
  expect(problems(block)).toContain(sentence)
})

test('refuses what only the whole message shows: 51 blocks, the same id twice, two tables, too much markdown', () => {
  expect(problems(...times(51, () => ({ type: 'divider' })))).toEqual([
    'no more than 50 items allowed [json-pointer:/blocks]',
  ])
  const line = { type: 'divider', block_id: 'a' }
  expect(problems(line, line)).toEqual(['block_id "a" already exists [json-pointer:/blocks/1/block_id]'])
  const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }
  expect(problems(table, table)).toEqual(['only one table allowed [json-pointer:/blocks/1]'])
  const markdown = { type: 'markdown', text: x(7_000) }
  expect(problems(markdown, markdown)).toHaveLength(1)
})

test('warns where the sources differ: between the smaller and the larger limit', () => {
  const menu = section({ type: 'static_select', options: [{ text: plain('a'), value: x(76) }] })
  expect(checkBlocks([json(menu)], 'message')).toMatchObject({
    problems: [],
    warnings: [expect.stringContaining('75')],
  })
})

const modal = (more: object = {}) => json({ type: 'modal', title: plain('Scale'), blocks: [], ...more })
const input = {
  type: 'input',
  block_id: 'n',
  label: plain('Replicas'),
  element: { type: 'number_input', is_decimal_allowed: false },
}

test('takes a form with submit, 100 blocks and full titles', () => {
  const full = modal({
    title: plain(x(24)),
    submit: plain('Go'),
    private_metadata: x(3_000),
    blocks: [input, ...times(99, () => ({ type: 'divider' }))],
  })
  expect(checkView(full, 'modal').problems).toEqual([])
})

test.each<[string, Json, string]>([
  ['a long title', modal({ title: plain(x(25)) }), 'must be less than 25 characters [json-pointer:/view/title/text]'],
  ['no title', json({ type: 'modal', blocks: [] }), 'missing required field: title [json-pointer:/view]'],
  [
    'inputs without submit',
    modal({ blocks: [input] }),
    'missing required field: submit (there are input blocks) [json-pointer:/view]',
  ],
  [
    'long metadata',
    modal({ private_metadata: x(3_001) }),
    'must be less than 3001 characters [json-pointer:/view/private_metadata]',
  ],
  [
    '101 blocks',
    modal({ blocks: times(101, () => ({ type: 'divider' })) }),
    'no more than 100 items allowed [json-pointer:/view/blocks]',
  ],
  [
    'a table',
    modal({ blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }] }),
    'unsupported type: "table" [json-pointer:/view/blocks/0/type]',
  ],
  ['a home tab', json({ type: 'home', blocks: [] }), 'unsupported type: "home" [json-pointer:/view/type]'],
])('refuses a form with %s', (_name, view, sentence) => {
  expect(checkView(view, 'modal').problems).toContain(sentence)
})
