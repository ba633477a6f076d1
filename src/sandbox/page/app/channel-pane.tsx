import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { PageMessage, PageStep } from '../protocol.ts'
import { Composer } from './composer.tsx'
import { Icon } from './icons.tsx'
import { MessageList } from './message-list.tsx'
import { unreadIn, type useReading } from './reading.ts'
import { channelTitle, useScene } from './scene.ts'
import { inChannel, repliesTo } from './state.ts'
import { StoryStrip } from './story-strip.tsx'
import { ThemeButton } from './theme-button.tsx'

interface ChannelPaneProps {
  readonly channel: string
  readonly reading: ReturnType<typeof useReading>
  readonly guide: 'open' | 'shut'
  readonly lost: boolean
  readonly onGuide: (value: string) => void
  readonly onTry: (step: PageStep) => void
  readonly onRoom: () => void
  readonly onList: () => void
}

export function ChannelPane(props: ChannelPaneProps) {
  const { channel: id, reading, guide, lost, onGuide, onTry, onRoom, onList } = props
  const { known } = useScene()
  const channel = known.channels.find((one) => one.id === id)
  const all = known.messages.get(id) ?? []
  const messages = useMemo(() => inChannel(all), [all])
  const newFrom = useRef(firstNew(messages, reading.markOf(id), known.you))
  const title = channelTitle(known, id)
  const direct = channel?.kind === 'direct'
  const newest = messages.at(-1)?.ts
  useEffect(() => {
    document.title = `${direct ? '' : '#'}${title} · Readback sandbox`
  }, [title, direct])
  const done = known.story.filter((step) => step.done).length
  return (
    <main class="pane">
      <header class="pane-header">
        <button type="button" class="quiet phone-only" aria-label="Channels" onClick={onList}>
          <Icon name="menu" size={20} />
        </button>
        <div class="pane-title">
          <h1>
            {!direct && <Icon name={channel?.kind === 'private' ? 'lock' : 'hash'} size={18} />}
            {title}
          </h1>
          <p class="topic">{channel?.topic}</p>
        </div>
        <span class="member-count" title={`${channel?.members.length ?? 0} members`}>
          <Icon name="people" /> {channel?.members.length}
        </span>
        {guide === 'shut' && known.story.length > 0 && (
          <button type="button" class="header-button" onClick={() => onGuide('open')}>
            <Icon name="flag" />
            <span class="wide-only">Guide </span>
            {done}/{known.story.length}
          </button>
        )}
        <ThemeButton />
        <button type="button" class="header-button" onClick={onRoom} title="See the clusters, break things">
          <Icon name="tools" />
          <span class="wide-only">Control room</span>
        </button>
      </header>
      <Banners lost={lost} />
      {guide === 'open' && known.story.length > 0 && <StoryStrip onTry={onTry} onClose={() => onGuide('shut')} />}
      <MessageList
        label={`Messages in ${title}`}
        messages={messages}
        repliesTo={(ts) => repliesTo(all, ts)}
        newFrom={newFrom.current}
        onSeen={() => {
          if (newest !== undefined) reading.read(id, newest)
        }}
      >
        <div class="beginning">
          <h2>{direct ? title : `#${title}`}</h2>
          <p>{channel?.topic ? `${channel.topic}. ` : ''}This is where the channel begins.</p>
        </div>
      </MessageList>
      <Composer channel={id} placeholder={`Message ${direct ? '' : '#'}${title}`} />
    </main>
  )
}

/** Somebody who comes here for the first time has read nothing, so nothing is marked as new. */
function firstNew(messages: readonly PageMessage[], mark: string, you: string): string | undefined {
  return mark === '0' ? undefined : unreadIn(messages, mark, you)[0]?.ts
}

function Banners({ lost }: { readonly lost: boolean }) {
  const { known } = useScene()
  const { process, clusters } = known
  const own = clusters.filter(({ changesAllowed }) => changesAllowed !== undefined)
  const open = own.filter(({ changesAllowed }) => changesAllowed === true)
  return (
    <>
      {own.length > 0 && (
        <p class={open.length > 0 ? 'banner bad' : 'banner'} role="status">
          These are your own clusters.{' '}
          {open.length > 0
            ? `Changes are allowed on ${open.map(({ name }) => name).join(', ')}: what you order here really happens.`
            : 'Nothing can be changed until you allow it in the control room, cluster by cluster.'}
        </p>
      )}
      {lost && (
        <p class="banner bad" role="alert">
          The sandbox does not answer. Is `npm start` still running?
        </p>
      )}
      {process.kind === 'broken' && (
        <p class="banner bad" role="alert">
          The bot could not start ({process.ending}). The control room shows what it said.
        </p>
      )}
      {process.kind === 'waiting' && (
        <p class="banner" role="status">
          The bot is gone ({process.ending}) and comes back in a moment.
        </p>
      )}
    </>
  )
}
