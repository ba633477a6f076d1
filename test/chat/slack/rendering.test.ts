import type { Message } from '../../../src/chat/message.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ChannelId, GroupId, UserId } from '../../../src/chat/identity.ts'
import { renderForm } from '../../../src/chat/slack/modal.ts'
import { render } from '../../../src/chat/slack/rendering.ts'
import { checkBlocks } from '../../../src/sandbox/slack/blocks/blocks.ts'
import { textSize } from '../../../src/sandbox/slack/text-size.ts'
import { aMessage } from './messages.ts'

const Blocks = z.array(z.record(z.string(), z.json()))
const asJson = (blocks: unknown) => Blocks.parse(JSON.parse(JSON.stringify(blocks)))
const ann = UserId.parse('U0ANN')

const approval: Message = {
  summary: 'Deploy web to prod waits for approval',
  tone: 'waiting',
  parts: [
    { kind: 'title', text: 'Deploy web to prod · 7F3K', aside: 'waiting for approval · 28 min left' },
    {
      kind: 'facts',
      facts: [
        { label: 'workload', value: [{ code: 'shop/web' }, ' (Deployment)'] },
        { label: 'container', value: ['web'] },
        { label: 'image', value: [{ code: 'registry.example/shop/web:1.4.2' }, ' → ', { code: ':1.5.0' }] },
        { label: 'asked by', value: [{ person: ann }] },
      ],
    },
    {
      kind: 'text',
      text: [
        'see ',
        { link: { url: 'https://wiki.example/x?a=1&b=2', text: 'the runbook' } },
        ', ',
        { group: GroupId.parse('S0SRE') },
      ],
    },
    {
      kind: 'list',
      items: [
        ['an HPA keeps 4–12 replicas'],
        [{ bold: 'last rollout failed' }, ' ', { moment: Date.UTC(2026, 0, 1, 9, 30) }],
      ],
    },
    { kind: 'divider' },
    { kind: 'code', text: '- image: 1.4.2\n+ image: 1.5.0\n', name: 'diff.txt' },
    {
      kind: 'table',
      columns: ['pod', 'ready', '原因'],
      rows: [
        ['web-1', '1', '正常'],
        ['web-long-name', '10', '镜像拉取失败'],
      ],
    },
    { kind: 'note', text: ['rule: developer → prod-change · ', { channel: ChannelId.parse('C0OPS') }] },
    {
      kind: 'buttons',
      buttons: [
        {
          action: 'operation.approve',
          value: '7F3K',
          label: 'Approve',
          style: 'primary',
          confirm: { title: 'Sure?', text: 'It changes prod', yes: 'Yes', no: 'No' },
        },
        { action: 'operation.approve', value: '7F3L', label: 'Approve other' },
        { action: 'docs', value: '', label: 'Docs', url: 'https://docs.example' },
        { action: 'more', placeholder: 'More', options: [{ label: 'Logs', value: 'logs' }] },
      ],
    },
  ],
}

describe('rendering a message', () => {
  it('looks like this', async () => {
    const { text, blocks } = render(approval)
    expect(checkBlocks(asJson(blocks), 'message')).toEqual({ problems: [], warnings: [] })
    await expect(JSON.stringify({ text, blocks }, undefined, 2)).toMatchFileSnapshot('__snapshots__/approval.json')
  })

  it('shows foreign text letter by letter: nothing in it mentions, links, formats or leaves its code block', () => {
    const nasty = '<!channel> *bold* `code` ``` <https://evil.example|prod> &amp; @here'
    const { text, blocks } = render(
      aMessage(nasty, [
        { kind: 'title', text: nasty },
        { kind: 'text', text: [nasty, { code: nasty }] },
        { kind: 'code', text: nasty },
        { kind: 'note', text: [nasty] },
      ]),
    )
    expect(text).toBe(nasty.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn')
  })

  it('makes characters visible that hide or reorder what stands beside them', () => {
    const { blocks } = render(aMessage('x', [{ kind: 'text', text: ['web\u202Egpj.exe \u200Bprod\u0007'] }]))
    expect(JSON.stringify(blocks)).toContain('web⟨U+202E⟩gpj.exe ⟨U+200B⟩prod⟨U+0007⟩')
  })

  it('keeps links to web pages only', () => {
    const { blocks } = render(
      aMessage('x', [{ kind: 'text', text: [{ link: { url: 'javascript:alert(1)', text: 'logs' } }] }]),
    )
    expect(JSON.stringify(blocks)).not.toContain('javascript')
  })

  it('gives a message without a title its sign in the first line', () => {
    const { blocks } = render({ summary: 'x', tone: 'bad', parts: [{ kind: 'text', text: ['failed'] }] })
    expect(JSON.stringify(blocks)).toContain('🔴')
  })

  it('refuses ids that would not come back as they are', () => {
    const buttons = [{ action: 'a', value: 'x'.repeat(2001), label: 'A' }]
    expect(() => render(aMessage('x', [{ kind: 'buttons', buttons }]))).toThrow('chat_refused')
  })

  const part = fc.oneof(
    fc.record({ kind: fc.constant('title' as const), text: fc.string({ maxLength: 400, unit: 'grapheme' }) }),
    fc.record({
      kind: fc.constant('text' as const),
      text: fc.array(fc.string({ maxLength: 5000, unit: 'grapheme' }), { maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('note' as const), text: fc.array(fc.string({ maxLength: 3000 }), { maxLength: 4 }) }),
    fc.record({
      kind: fc.constant('code' as const),
      text: fc.string({ maxLength: 20_000, size: 'max' }),
      name: fc.constant('a.txt'),
    }),
    fc.record({
      kind: fc.constant('list' as const),
      items: fc.array(fc.array(fc.string({ maxLength: 2000 }), { maxLength: 2 }), { maxLength: 60 }),
    }),
    fc.record({
      kind: fc.constant('facts' as const),
      facts: fc.array(
        fc.record({
          label: fc.string({ maxLength: 100 }),
          value: fc.array(fc.string({ maxLength: 900 }), { maxLength: 2 }),
        }),
        { maxLength: 20 },
      ),
    }),
    fc.record({
      kind: fc.constant('table' as const),
      columns: fc.array(fc.string(), { maxLength: 5 }),
      rows: fc.array(fc.array(fc.string(), { maxLength: 5 }), { maxLength: 200 }),
    }),
    fc.record({
      kind: fc.constant('buttons' as const),
      buttons: fc.array(
        fc.record({ action: fc.constantFrom('a', 'b'), value: fc.string(), label: fc.string({ maxLength: 100 }) }),
        { maxLength: 8 },
      ),
    }),
    fc.record({ kind: fc.constant('divider' as const) }),
  )

  it('keeps what notifications say within what an edit takes, however much of it has to be escaped', () => {
    const { text } = render(aMessage('&<>'.repeat(2_000)))
    expect(text.length).toBeLessThanOrEqual(2_000)
    expect(text.replace(/&(?:amp|lt|gt);/g, '')).toBe('…')
  })

  it('shows a dash for a time that is none', () => {
    const text = [{ moment: Number.NaN }, { moment: 1e300 }]
    const { blocks } = render(
      aMessage('x', [
        { kind: 'text', text },
        { kind: 'note', text },
      ]),
    )
    expect(JSON.stringify(blocks).match(/–/g)).toHaveLength(4)
    expect(JSON.stringify(blocks)).not.toContain('date')
  })

  it('cuts no link of small print in two', () => {
    const note = (url: string, text: string) =>
      render(aMessage('x', [{ kind: 'note', text: [{ link: { url, text } }] }])).blocks
    const long = `https://docs.example/?${'a&'.repeat(1_000)}`
    expect(note(long, 'docs')).toMatchObject([{ elements: [{ type: 'plain_text', text: 'docs' }] }])
    expect(JSON.stringify(note('https://docs.example/', 'x'.repeat(2_990)))).toMatch(/x…>"/)
  })

  it('names no file where none can stand beside the message', () => {
    const parts = [{ kind: 'code' as const, text: 'line\n'.repeat(2_000), name: 'web.log' }]
    expect(render(aMessage('x', parts)).files).toHaveLength(1)
    const { blocks, files } = render(aMessage('x', parts), undefined, 'nothing')
    expect(files).toEqual([])
    expect(JSON.stringify(blocks)).not.toContain('web.log')
    expect(JSON.stringify(blocks)).toContain('line\\n…')
  })

  it('leaves out small print that shows nothing', () => {
    const parts = [{ kind: 'divider' as const }, { kind: 'note' as const, text: [' '] }]
    const { blocks } = render({ summary: 'x', tone: 'neutral', parts })
    expect(blocks).toEqual([{ type: 'divider' }])
  })

  it('stays within every limit of Slack, whatever the message holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(part, { maxLength: 60 }), (summary, parts) => {
        const { text, blocks } = render({ summary, tone: 'warning', parts })
        const json = asJson(blocks)
        expect(checkBlocks(json, 'message').problems).toEqual([])
        expect(json.length).toBeGreaterThan(0)
        expect(json.reduce((sum, block) => sum + textSize(block), 0)).toBeLessThanOrEqual(11_000)
        expect(text.length).toBeLessThanOrEqual(4000)
      }),
      { numRuns: 300 },
    )
  })
})

describe('rendering a form', () => {
  it('looks like this and is within the limits', async () => {
    const view = renderForm({
      form: 'scale',
      title: 'Scale a workload that has a very long name',
      submit: 'Scale',
      cancel: 'Not now',
      context: 'C0OPS 7F3K',
      fields: [
        { kind: 'words', text: ['web on ', { bold: 'prod' }] },
        {
          kind: 'choice',
          name: 'cluster',
          label: 'Cluster',
          options: [
            { label: 'prod', value: 'prod' },
            { label: 'test', value: 'test' },
          ],
          initial: 'test',
        },
        { kind: 'text', name: 'replicas', label: 'Replicas', initial: '3', hint: 'a number, or +2' },
        { kind: 'text', name: 'reason', label: 'Reason', optional: true, multiline: true, placeholder: 'why' },
      ],
    })
    expect(checkBlocks(asJson(view.blocks), 'modal')).toEqual({ problems: [], warnings: [] })
    await expect(JSON.stringify(view, undefined, 2)).toMatchFileSnapshot('__snapshots__/form.json')
  })
})
