import { useState } from 'preact/hooks'
import { Composer } from './composer.tsx'
import { Icon } from './icons.tsx'
import { MessageList } from './message-list.tsx'
import { channelTitle, useScene } from './scene.ts'
import { repliesTo } from './state.ts'
import { useTexts } from './texts/use-texts.ts'

export function ThreadPanel({ channel, ts }: { readonly channel: string; readonly ts: string }) {
  const { known, go } = useScene()
  const [sent, setSent] = useState(0)
  const { chat } = useTexts()
  const list = known.messages.get(channel) ?? []
  const parent = list.find((one) => one.ts === ts)
  const replies = repliesTo(list, ts)
  const shown = parent === undefined ? replies : [parent, ...replies]
  return (
    <aside class="panel thread" aria-label={chat.thread}>
      <header class="panel-header">
        <h2>{chat.thread}</h2>
        <span class="muted">#{channelTitle(known, channel)}</span>
        <button type="button" class="quiet" aria-label={chat.closeThread} onClick={() => go({ thread: '' })}>
          <Icon name="close" />
        </button>
      </header>
      <MessageList key={ts} label={chat.thread} messages={shown} repliesTo={() => []} sent={sent} inThread />
      <Composer channel={channel} thread={ts} placeholder={chat.reply} onSend={() => setSent(sent + 1)} />
    </aside>
  )
}
