import { describe, expect, it } from 'vitest'
import type { Chat } from '../../src/chat/chat.ts'
import type { Message, Part } from '../../src/chat/message.ts'
import { ChannelId, MessageTs } from '../../src/chat/identity.ts'
import { maskedChat } from '../../src/chat/masked-chat.ts'
import { createMasking } from '../../src/secrets/masking.ts'

const secret = 'hunter2hunter2'
const said = `password=${secret}`
const address = `https://runbooks.example/?token=${secret}`

const everything: readonly Part[] = [
  { kind: 'title', text: said, aside: said },
  { kind: 'text', text: [said, { bold: said }, { code: said }, { link: { url: address, text: 'runbook' } }] },
  { kind: 'list', items: [[{ muted: said }], [{ strike: said }]] },
  { kind: 'facts', facts: [{ label: 'env', value: [said] }] },
  { kind: 'code', text: said, name: 'web.log' },
  { kind: 'table', columns: ['env'], rows: [[said]] },
  { kind: 'picture', name: 'cpu.png', about: said, png: '' },
  { kind: 'note', text: [said] },
  {
    kind: 'buttons',
    buttons: [
      { action: 'a', value: 'a', label: said, confirm: { title: said, text: said, yes: 'Yes', no: 'No' } },
      { action: 'b', value: 'b', label: 'Runbook', url: address },
      { action: 'c', placeholder: said, options: [{ label: said, value: 'd' }] },
    ],
  },
]
const message: Message = { summary: said, tone: 'neutral', parts: everything }

function aChat() {
  const sent: unknown[] = []
  const take = async (...given: unknown[]): Promise<void> => void sent.push(...given)
  const chat: Chat = {
    ready: take,
    post: async (post) => (sent.push(post), MessageTs.parse('1.0')),
    edit: take,
    find: async () => undefined,
    answer: take,
    whisper: take,
    openForm: take,
    upload: take,
    permalink: async () => '',
  }
  const masking = createMasking()
  if (!masking.ok) throw new Error('the built-in shapes compile')
  return { sent, chat: maskedChat(chat, (text) => masking.masking.mask(text)) }
}

describe('a chat that lets no secret through', () => {
  it('masks every word of a message, wherever it stands', async () => {
    const { sent, chat } = aChat()
    await chat.post({ channel: ChannelId.parse('C0OPS'), tag: 't', message })
    await chat.answer({ url: 'https://hooks.example/1' }, message)
    expect(JSON.stringify(sent)).toContain('password=••••')
    expect(JSON.stringify(sent)).not.toContain(secret)
  })

  it('keeps the words of a link whose address holds a secret, and offers no button that leads there', async () => {
    const { sent, chat } = aChat()
    await chat.ready(message)
    expect(JSON.stringify(sent)).toContain('"runbook"')
    expect(JSON.stringify(sent)).not.toContain('"Runbook"')
  })

  it('masks the name and the alternative text of a file', async () => {
    const { sent, chat } = aChat()
    await chat.upload({ channel: ChannelId.parse('C0OPS'), name: said, about: said, content: new Uint8Array() })
    expect(JSON.stringify(sent)).not.toContain(secret)
  })

  it('leaves alone what comes back as what is ordered', async () => {
    const { sent, chat } = aChat()
    await chat.ready({
      ...message,
      parts: [{ kind: 'buttons', buttons: [{ action: 'a', value: said, label: 'Retry' }] }],
    })
    expect(JSON.stringify(sent)).toContain(said)
  })
})
