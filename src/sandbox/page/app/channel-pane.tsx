import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { PageMessage, PageStep } from '../protocol.ts'
import { Composer } from './composer.tsx'
import { Icon } from './icons.tsx'
import { MessageList } from './message-list.tsx'
import { unreadIn, type useReading } from './reading.ts'
import { channelTitle, isOwn, useScene } from './scene.ts'
import { inChannel, repliesTo } from './state.ts'
import { StoryStrip } from './story-strip.tsx'
import { Banners } from './banners.tsx'
import { LanguageButton } from './language.tsx'
import { entryOf } from './reasons.ts'
import { useTexts, type Language } from './texts/use-texts.ts'
import { ThemeButton } from './theme-button.tsx'

/** Where no guide says what to type. */
const starters = ['/ops status', '/ops clusters', '/ops help']

interface ChannelPaneProps {
  readonly channel: string
  readonly reading: ReturnType<typeof useReading>
  readonly guide: 'open' | 'shut'
  readonly lost: boolean
  readonly onGuide: (value: string) => void
  readonly onTry: (step: PageStep) => void
  readonly onRoom: () => void
  readonly onLanguage: (language: Language) => void
  readonly onList: () => void
}

export function ChannelPane(props: ChannelPaneProps) {
  const { channel: id, reading, guide, lost, onGuide, onTry, onRoom, onLanguage, onList } = props
  const { known, suggest } = useScene()
  const { chat, story, trial } = useTexts()
  const channel = known.channels.find((one) => one.id === id)
  const all = known.messages.get(id) ?? []
  const messages = useMemo(() => inChannel(all), [all])
  const newFrom = useRef(firstNew(messages, reading.markOf(id), known.you))
  const title = channelTitle(known, id)
  const direct = channel?.kind === 'direct'
  const newest = messages.at(-1)?.ts
  const [sent, setSent] = useState(0)
  useEffect(() => {
    document.title = `${direct ? '' : '#'}${title} · ${trial.title}`
  }, [title, direct, trial])
  // The topics speak of the simulated company's ways.
  const own = isOwn(known.clusters)
  const topic = own ? undefined : entryOf(trial.topics, id)
  const members = channel?.members.length ?? 0
  const done = known.story.filter((step) => step.done).length
  return (
    <main class="pane" data-at={`${known.you}/${id}`}>
      <header class="pane-header">
        <button type="button" class="quiet phone-only" aria-label={chat.channels} onClick={onList}>
          <Icon name="menu" size={20} />
        </button>
        <div class="pane-title">
          <h1>
            {!direct && <Icon name={channel?.kind === 'private' ? 'lock' : 'hash'} size={18} />}
            {title}
          </h1>
          <p class="topic">{topic}</p>
        </div>
        <span class="member-count" role="img" title={chat.members(members)} aria-label={chat.members(members)}>
          <Icon name="people" /> {members}
        </span>
        {guide === 'shut' && known.story.length > 0 && (
          <button type="button" class="header-button" onClick={() => onGuide('open')}>
            <Icon name="flag" />
            <span class="wide-only">{story.open}</span>
            {done}/{known.story.length}
          </button>
        )}
        <LanguageButton onLanguage={onLanguage} />
        <ThemeButton />
        <button
          type="button"
          class="header-button"
          onClick={onRoom}
          title={trial.room.about}
          aria-label={trial.room.name}
        >
          <Icon name="tools" />
          <span class="wide-only">{trial.room.name}</span>
        </button>
      </header>
      <Banners lost={lost} />
      {guide === 'open' && known.story.length > 0 && <StoryStrip onTry={onTry} onClose={() => onGuide('shut')} />}
      <MessageList
        label={chat.messagesIn(title)}
        messages={messages}
        repliesTo={(ts) => repliesTo(all, ts)}
        newFrom={newFrom.current}
        sent={sent}
        onSeen={() => {
          if (newest !== undefined) reading.read(id, newest)
        }}
      >
        <div class="beginning">
          <h2>{direct ? title : `#${title}`}</h2>
          <p>
            {topic !== undefined && chat.sentence(topic)}
            {chat.beginning}
          </p>
          {own && messages.length === 0 && (
            <p class="starters">
              {trial.own.start}
              {starters.map((line) => (
                <button key={line} type="button" class="header-button" onClick={() => suggest(line)}>
                  <code>{line}</code>
                </button>
              ))}
            </p>
          )}
        </div>
      </MessageList>
      <Composer
        channel={id}
        placeholder={chat.composer.message(`${direct ? '' : '#'}${title}`)}
        onSend={() => setSent(sent + 1)}
      />
    </main>
  )
}

/** Somebody who comes here for the first time has read nothing, so nothing is marked as new. */
function firstNew(messages: readonly PageMessage[], mark: string, you: string): string | undefined {
  return mark === '0' ? undefined : unreadIn(messages, mark, you)[0]?.ts
}
