import type { PageChannel, PageMessage } from '../protocol.ts'
import { Avatar } from './avatar.tsx'
import { Icon } from './icons.tsx'
import { PeopleSwitcher } from './people-switcher.tsx'
import { mentions, unreadIn } from './reading.ts'
import { channelTitle, personOf, useScene } from './scene.ts'
import { inChannel } from './state.ts'
import { useTexts } from './texts/use-texts.ts'

interface SidebarProps {
  readonly markOf: (channel: string) => string
  readonly onGo: () => void
}

export function Sidebar({ markOf, onGo }: SidebarProps) {
  const { known } = useScene()
  const { chat } = useTexts()
  const channels = known.channels.filter(({ kind }) => kind !== 'direct')
  const direct = known.channels.filter(({ kind }) => kind === 'direct')
  const item = (channel: PageChannel) => (
    <ChannelItem
      key={channel.id}
      channel={channel}
      unread={unreadIn(inChannel(known.messages.get(channel.id) ?? []), markOf(channel.id), known.you)}
      onGo={onGo}
    />
  )
  return (
    <nav class="sidebar" aria-label={chat.channels}>
      <header class="workspace">
        <span class="workspace-name">{known.team}</span>
        <span class="workspace-tag">{chat.workspaceTag}</span>
      </header>
      <div class="sidebar-scroll">
        <h2>{chat.channels}</h2>
        <ul>{channels.map(item)}</ul>
        {direct.length > 0 && (
          <>
            <h2>{chat.directMessages}</h2>
            <ul>{direct.map(item)}</ul>
          </>
        )}
        <BotHealth />
      </div>
      <PeopleSwitcher />
    </nav>
  )
}

interface ItemProps {
  readonly channel: PageChannel
  readonly unread: readonly PageMessage[]
  readonly onGo: () => void
}

function ChannelItem({ channel, unread, onGo }: ItemProps) {
  const { known, place, go } = useScene()
  const { chat } = useTexts()
  const here = place.channel === channel.id
  const calls =
    channel.kind === 'direct'
      ? unread.length
      : unread.filter((message) => message.onlyForYou || mentions(message, known.you)).length
  const other =
    channel.kind === 'direct'
      ? personOf(known, channel.members.find((member) => member !== known.you) ?? known.you)
      : undefined
  const name = channelTitle(known, channel.id)
  return (
    <li>
      <button
        type="button"
        class={`channel${here ? ' here' : ''}${unread.length > 0 ? ' unread' : ''}`}
        aria-current={here ? 'page' : undefined}
        onClick={() => {
          go({ channel: channel.id, thread: '' })
          onGo()
        }}
      >
        {other === undefined ? (
          <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={15} />
        ) : (
          <Avatar person={other} size={20} />
        )}
        <span class="channel-name">{name}</span>
        {channel.sharedWith.length > 0 && (
          <span class="shared" title={chat.sharedWith(channel.sharedWith)}>
            {chat.shared}
          </span>
        )}
        {calls > 0 && !here && (
          <span class="count">
            <span aria-hidden="true">{calls}</span>
            <span class="hidden">{chat.forYou(calls)}</span>
          </span>
        )}
        {unread.length > 0 && calls === 0 && <span class="hidden">{chat.unread}</span>}
      </button>
    </li>
  )
}

function BotHealth() {
  const { known } = useScene()
  const { bot } = useTexts().trial
  const { kind, connected } = known.process
  const [look, words] =
    kind === 'running' && connected
      ? ['good', bot.connected]
      : kind === 'broken'
        ? ['bad', bot.broken]
        : ['waiting', kind === 'waiting' ? bot.comesBack : bot.connects]
  return (
    <p class={`bot-health ${look}`} role="status">
      <i /> {words}
    </p>
  )
}
