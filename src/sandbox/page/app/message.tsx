import { useState } from 'preact/hooks'
import type { JsonObject } from '../../../json.ts'
import { isObject, listOf, textOf } from '../../slack/json-values.ts'
import type { PageMessage } from '../protocol.ts'
import { Avatar } from './avatar.tsx'
import { useTexts } from './texts/use-texts.ts'
import type { Press } from './controls.tsx'
import { Blocks } from './blocks.tsx'
import { agoOf, briefTimeOf, exactTime, msOf, timeOf } from './dates.ts'
import { FilePreview } from './file-preview.tsx'
import { Icon } from './icons.tsx'
import { emojiOf, Mrkdwn } from './mrkdwn.tsx'
import { sayReason } from './reasons.ts'
import { personOf, shortName, useScene } from './scene.ts'
import { mentions } from './reading.ts'

interface MessageProps {
  readonly message: PageMessage
  readonly replies: readonly PageMessage[]
  /** The same person went on speaking: no face, no name. */
  readonly continued: boolean
  readonly inThread?: boolean
}

export function MessageView({ message, replies, continued, inThread }: MessageProps) {
  const { known, go, deed } = useScene()
  const texts = useTexts()
  const { chat } = texts
  const [trouble, setTrouble] = useState<string>()
  const author = personOf(known, message.user)
  const at = msOf(message.ts)
  const press: Press = async (pressed) => {
    setTrouble(undefined)
    const { option, ...which } = pressed
    const answer = await deed({
      kind: 'press',
      channel: message.channel,
      ts: message.ts,
      ...which,
      ...(option === undefined ? {} : { option: typeof option === 'string' ? option : [...option] }),
    })
    if (!answer.ok) setTrouble(sayReason(answer.reason, texts))
  }
  const openThread = (): void => go({ thread: message.threadTs ?? message.ts })
  const look = [
    'message',
    continued ? 'continued' : '',
    message.onlyForYou ? 'private' : '',
    author.kind !== 'bot' && mentions(message, known.you) ? 'mentions-you' : '',
  ]
  return (
    <article
      class={look.filter(Boolean).join(' ')}
      data-ts={message.ts}
      aria-label={`${author.realName}, ${timeOf(at, texts)}${message.onlyForYou ? `, ${chat.onlyYou}` : ''}`}
    >
      <div class="gutter">
        {continued ? (
          <time class="hover-time" dateTime={new Date(at).toISOString()} title={exactTime(at, texts)}>
            {briefTimeOf(at, texts)}
          </time>
        ) : (
          <Avatar person={author} />
        )}
      </div>
      <div class="body">
        {message.onlyForYou && (
          <p class="private-mark">
            <Icon name="eye" size={14} /> {chat.onlyYou}
          </p>
        )}
        {!continued && (
          <p class="author">
            <b>{shortName(author)}</b>
            {author.kind === 'bot' && <span class="tag">{chat.app}</span>}
            {author.kind === 'guest' && <span class="tag">{chat.guest}</span>}
            {author.company !== undefined && <span class="tag">{author.company}</span>}
            <time dateTime={new Date(at).toISOString()} title={exactTime(at, texts)}>
              {timeOf(at, texts)}
            </time>
            {message.edited && message.blocks.length > 0 && <span class="edited">{chat.edited}</span>}
          </p>
        )}
        <Content message={message} press={press} />
        {message.files.map((file) => (
          <FilePreview key={file.id} file={file} user={known.you} />
        ))}
        {message.reactions.length > 0 && (
          <p class="reactions">
            {message.reactions.map(({ name, users }) => (
              <span
                key={name}
                class="reaction"
                title={users.map((user) => shortName(personOf(known, user))).join(', ')}
              >
                {emojiOf(name)} {users.length}
              </span>
            ))}
          </p>
        )}
        {trouble !== undefined && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        {replies.length > 0 && inThread !== true && <ThreadLink replies={replies} onOpen={openThread} />}
      </div>
      {inThread !== true && !message.onlyForYou && (
        <div class="message-tools">
          <button
            type="button"
            class="quiet"
            title={chat.replyInThread}
            aria-label={chat.replyInThread}
            onClick={openThread}
          >
            <Icon name="reply" />
          </button>
        </div>
      )}
    </article>
  )
}

function Content({ message, press }: { readonly message: PageMessage; readonly press: Press }) {
  const { blocks, attachments, text, edited } = message
  const { chat } = useTexts()
  const mark = edited ? <span class="edited"> {chat.edited}</span> : null
  return (
    <>
      {blocks.length > 0 ? (
        <Blocks blocks={blocks} press={press} />
      ) : (
        text !== '' && (
          <div class="plain">
            <Mrkdwn text={text} />
            {mark}
          </div>
        )
      )}
      {attachments.map((attachment, index) => (
        <Attachment key={index} attachment={attachment} press={press} />
      ))}
    </>
  )
}

function Attachment({ attachment, press }: { readonly attachment: JsonObject; readonly press: Press }) {
  const color = textOf(attachment['color'])
  const [, digits] = /^#?([0-9a-f]{6})$/i.exec(color ?? '') ?? []
  const style = digits === undefined ? {} : { '--bar': `#${digits}` }
  const blocks = listOf(attachment['blocks']).filter(isObject)
  return (
    <div class="attachment" style={style}>
      {blocks.length > 0 ? (
        <Blocks blocks={blocks} press={press} />
      ) : (
        <Mrkdwn text={textOf(attachment['text']) ?? textOf(attachment['fallback']) ?? ''} />
      )}
    </div>
  )
}

function ThreadLink({ replies, onOpen }: { readonly replies: readonly PageMessage[]; readonly onOpen: () => void }) {
  const { known } = useScene()
  const texts = useTexts()
  const people = [...new Set(replies.map(({ user }) => user))].slice(0, 4)
  const last = replies.at(-1)
  return (
    <button type="button" class="thread-link" onClick={onOpen}>
      {people.map((user) => (
        <Avatar key={user} person={personOf(known, user)} size={22} />
      ))}
      <b>{texts.chat.replies(replies.length)}</b>
      {last !== undefined && <span>{agoOf(msOf(last.ts), texts)}</span>}
    </button>
  )
}
