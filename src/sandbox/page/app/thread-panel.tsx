import { Composer } from './composer.tsx'
import { Icon } from './icons.tsx'
import { MessageList } from './message-list.tsx'
import { channelTitle, useScene } from './scene.ts'
import { repliesTo } from './state.ts'

export function ThreadPanel({ channel, ts }: { readonly channel: string; readonly ts: string }) {
  const { known, go } = useScene()
  const list = known.messages.get(channel) ?? []
  const parent = list.find((one) => one.ts === ts)
  const replies = repliesTo(list, ts)
  const shown = parent === undefined ? replies : [parent, ...replies]
  return (
    <aside class="panel thread" aria-label="Thread">
      <header class="panel-header">
        <h2>Thread</h2>
        <span class="muted">#{channelTitle(known, channel)}</span>
        <button type="button" class="quiet" aria-label="Close thread" onClick={() => go({ thread: '' })}>
          <Icon name="close" />
        </button>
      </header>
      <MessageList key={ts} label="Thread" messages={shown} repliesTo={() => []} inThread />
      <Composer channel={channel} thread={ts} placeholder="Reply" />
    </aside>
  )
}
