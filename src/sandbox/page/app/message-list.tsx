import { Fragment } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { PageMessage } from '../protocol.ts'
import { dayOf, msOf, sameDay } from './dates.ts'
import { Icon } from './icons.tsx'
import { MessageView } from './message.tsx'
import { useTexts } from './texts/use-texts.ts'

interface MessageListProps {
  readonly label: string
  readonly messages: readonly PageMessage[]
  readonly repliesTo: (ts: string) => readonly PageMessage[]
  /** The first one that was new when the channel was opened. */
  readonly newFrom?: string | undefined
  /** Counts what was sent from here: whoever sends wants to see what comes of it. */
  readonly sent: number
  readonly inThread?: boolean
  readonly children?: preact.ComponentChildren
  /** The newest one is in sight. */
  readonly onSeen?: () => void
}

/** A person who goes on within so long is not introduced again. */
const samePauseMs = 5 * 60_000

export function MessageList(props: MessageListProps) {
  const { label, messages, repliesTo, newFrom, sent, inThread, children, onSeen } = props
  const box = useRef<HTMLDivElement>(null)
  const stuck = useRef(true)
  const [behind, setBehind] = useState(false)
  const newest = messages.at(-1)?.ts
  const { chat } = useTexts()

  useLayoutEffect(() => {
    const node = box.current
    if (node !== null && stuck.current) node.scrollTop = node.scrollHeight
    else setBehind(true)
  }, [messages])
  useEffect(() => {
    const node = box.current
    const inner = node?.firstElementChild
    if (node === null || inner === null || inner === undefined) return
    // Cards grow while they are edited, previews once they are loaded.
    const watching = new ResizeObserver(() => {
      if (stuck.current) node.scrollTop = node.scrollHeight
    })
    watching.observe(inner)
    watching.observe(node)
    return () => watching.disconnect()
  }, [])
  useEffect(() => {
    if (stuck.current) onSeen?.()
  }, [newest])

  const toEnd = (): void => {
    stuck.current = true
    box.current?.scrollTo({ top: box.current.scrollHeight })
  }
  useLayoutEffect(() => {
    if (sent > 0) toEnd()
  }, [sent])
  return (
    <div class="message-area">
      <div
        class="messages"
        ref={box}
        role="log"
        aria-label={label}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          stuck.current = scrollHeight - scrollTop - clientHeight < 60
          if (!stuck.current) return
          setBehind(false)
          onSeen?.()
        }}
      >
        <div class="messages-inner">
          {children}
          {messages.map((message, index) => (
            <Fragment key={message.ts}>
              <Entry
                message={message}
                before={messages[index - 1]}
                replies={repliesTo(message.ts)}
                isFirstNew={message.ts === newFrom}
                inThread={inThread === true}
              />
              {inThread === true && index === 0 && messages.length > 1 && (
                <div class="thread-count" role="separator">
                  <span>{chat.replies(messages.length - 1)}</span>
                </div>
              )}
            </Fragment>
          ))}
        </div>
      </div>
      {behind && (
        <button type="button" class="to-end" onClick={toEnd}>
          {chat.newest} <Icon name="down" size={14} />
        </button>
      )}
    </div>
  )
}

interface EntryProps {
  readonly message: PageMessage
  readonly before: PageMessage | undefined
  readonly replies: readonly PageMessage[]
  readonly isFirstNew: boolean
  readonly inThread: boolean
}

function Entry({ message, before, replies, isFirstNew, inThread }: EntryProps) {
  const texts = useTexts()
  const at = msOf(message.ts)
  const newDay = before === undefined || !sameDay(msOf(before.ts), at)
  const continued =
    !newDay &&
    // A card stands for itself.
    message.blocks.length === 0 &&
    !isFirstNew &&
    before.user === message.user &&
    before.onlyForYou === message.onlyForYou &&
    at - msOf(before.ts) < samePauseMs
  const last = replies.at(-1)
  // The same element again is not drawn again: a list of cards stays cheap while one of them moves.
  const view = useMemo(
    () => <MessageView message={message} replies={replies} continued={continued} inThread={inThread} />,
    [message, replies.length, last, continued, inThread],
  )
  return (
    <>
      {newDay && !inThread && (
        <div class="day" role="separator">
          <span>{dayOf(at, texts)}</span>
        </div>
      )}
      {isFirstNew && (
        <div class="new-mark" role="separator">
          <span>{texts.chat.isNew}</span>
        </div>
      )}
      {view}
    </>
  )
}
