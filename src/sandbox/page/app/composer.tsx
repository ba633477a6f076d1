import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from './icons.tsx'
import { keep, recallJson } from './keep.ts'
import { sayReason } from './reasons.ts'
import { useScene } from './scene.ts'
import { Suggestions, useSuggestions } from './suggestions.tsx'
import { useTexts } from './texts/use-texts.ts'

interface ComposerProps {
  readonly channel: string
  readonly thread?: string
  readonly placeholder: string
  readonly onSend: () => void
}

const keptLines = 50

function useHistory(user: string) {
  const name = `typed.${user}`
  const lines = useRef<readonly string[]>([])
  const at = useRef(0)
  useEffect(() => {
    const stored = recallJson(name)
    lines.current = Array.isArray(stored) ? stored.filter((line) => typeof line === 'string') : []
    at.current = lines.current.length
  }, [name])
  return {
    add: (line: string): void => {
      lines.current = [...lines.current.filter((one) => one !== line), line].slice(-keptLines)
      at.current = lines.current.length
      keep(name, JSON.stringify(lines.current))
    },
    /** The line before or after the one that stands there; empty after the last. */
    move: (step: -1 | 1): string | undefined => {
      const next = Math.min(lines.current.length, Math.max(0, at.current + step))
      if (next === at.current) return undefined
      at.current = next
      return lines.current[next] ?? ''
    },
    current: (): string | undefined => lines.current[at.current],
  }
}

/** Where people type: commands complete, the arrow keys bring back what was typed before. */
export function Composer({ channel, thread, placeholder, onSend }: ComposerProps) {
  const { known, deed, offer } = useScene()
  const texts = useTexts()
  const [text, setText] = useState('')
  const [trouble, setTrouble] = useState<string>()
  const input = useRef<HTMLTextAreaElement>(null)
  const history = useHistory(known.you)
  const suggestions = useSuggestions({
    text,
    channel,
    inThread: thread !== undefined,
    isOld: text !== '' && text === history.current(),
  })

  useEffect(() => {
    setText('')
    setTrouble(undefined)
    if (window.matchMedia('(pointer: fine)').matches) input.current?.focus()
  }, [channel, thread, known.you])
  // What was offered elsewhere before is not offered here again.
  const taken = useRef(offer?.number)
  useEffect(() => {
    if (offer === undefined || offer.number === taken.current || thread !== undefined) return
    taken.current = offer.number
    setText(offer.line)
    input.current?.focus()
  }, [offer?.number])
  useLayoutEffect(() => {
    const node = input.current
    if (node === null) return
    node.style.height = 'auto'
    node.style.height = `${Math.min(node.scrollHeight, 220)}px`
  }, [text])

  const send = async (): Promise<void> => {
    const line = text.trim()
    if (line === '') return
    history.add(line)
    setText('')
    setTrouble(undefined)
    onSend()
    const answer = await deed({ kind: 'say', channel, text: line, ...(thread === undefined ? {} : { thread }) })
    // What did not get through is told by a message in the channel.
    if (answer.ok || ['timed_out', 'undelivered'].includes(answer.reason)) return
    setTrouble(sayReason(answer.reason, texts))
    setText((now) => (now === '' ? line : now))
  }
  const put = (next: string): void => {
    setText(next)
    queueMicrotask(() => input.current?.setSelectionRange(next.length, next.length))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined
    const taken = suggestions.onKey(event.key)
    if (taken === 'moved') event.preventDefault()
    else if (taken !== undefined) {
      event.preventDefault()
      put(taken.text)
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void send()
    } else if (step !== undefined && (text === '' || text === history.current())) {
      const line = history.move(step)
      if (line === undefined) return
      event.preventDefault()
      put(line)
    }
  }
  const { hint } = texts.chat.composer
  const label = thread === undefined ? placeholder : texts.chat.reply
  return (
    <div class="composer-area">
      <Suggestions suggestions={suggestions} onTake={(next) => put(next)} />
      <div class="composer">
        <textarea
          ref={input}
          rows={1}
          value={text}
          placeholder={label}
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={suggestions.open}
          aria-controls="suggestions"
          autoComplete="off"
          spellcheck={false}
          onInput={(event) => {
            setText(event.currentTarget.value)
            setTrouble(undefined)
          }}
          onBlur={suggestions.close}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="send"
          aria-label={texts.chat.composer.send}
          disabled={text.trim() === ''}
          onClick={() => void send()}
        >
          <Icon name="send" />
        </button>
      </div>
      <p
        class={trouble === undefined ? 'composer-hint' : 'composer-hint trouble'}
        role={trouble === undefined ? undefined : 'alert'}
      >
        {trouble ?? suggestions.expecting ?? (
          <>
            <kbd>/</kbd> {hint.commands} · <kbd>Tab</kbd> {hint.completes} · <kbd>↑</kbd> {hint.before}
          </>
        )}
      </p>
    </div>
  )
}
