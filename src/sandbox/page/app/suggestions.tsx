import { useEffect, useState } from 'preact/hooks'
import type { PageCandidate } from '../protocol.ts'
import { complete } from './connection.ts'
import { shortName, useScene, type Scene } from './scene.ts'
import { useTexts } from './texts/use-texts.ts'
import { entryOf } from './reasons.ts'
import type { PageTexts } from './texts/en.ts'

interface Found {
  /** What was typed when it was asked for. */
  readonly of: string
  /** What stands before the word that is being completed. */
  readonly before: string
  readonly candidates: readonly PageCandidate[]
  readonly expecting?: string
}

const none: Found = { of: '', before: '', candidates: [] }

export interface SuggestionsState {
  readonly open: boolean
  readonly found: readonly PageCandidate[]
  readonly at: number
  readonly expecting: string | undefined
  readonly take: (index: number) => string
  readonly point: (index: number) => void
  readonly close: () => void
  /** What the key does to the suggestions: moves among them, takes one, or nothing. */
  readonly onKey: (key: string) => 'moved' | { readonly text: string } | undefined
}

interface Typing {
  readonly text: string
  readonly channel: string
  readonly inThread: boolean
  /** Brought back from the history: nobody is typing it. */
  readonly isOld: boolean
}

export function useSuggestions({ text, channel, inThread, isOld }: Typing): SuggestionsState {
  const scene = useScene()
  const texts = useTexts()
  const [{ of, before, candidates, expecting }, setFound] = useState<Found>(none)
  const [at, setAt] = useState(0)
  const [moved, setMoved] = useState(false)
  const [shut, setShut] = useState(false)

  useEffect(() => {
    setAt(0)
    setMoved(false)
    setShut(false)
    const local = localNames(text, channel, { scene, texts })
    if (local !== undefined || isOld || inThread) {
      setFound(isOld ? none : (local ?? none))
      return
    }
    const spoken = /^@readback\s+/.exec(text)?.[0] ?? ''
    if (!text.startsWith('/') && spoken === '') {
      setFound(none)
      return
    }
    let current = true
    const ask = async (): Promise<void> => {
      const answer = await complete(text.slice(spoken.length), channel)
      if (!current) return
      setFound({
        of: text,
        before: text.slice(0, spoken.length + answer.from),
        candidates: answer.candidates,
        ...(answer.expecting === undefined ? {} : { expecting: answer.expecting }),
      })
    }
    void ask()
    return () => {
      current = false
    }
  }, [text, channel, isOld, inThread])

  const word = text.slice(before.length)
  // While the answer to the last letters is on its way, what was found for the letters before may still be meant.
  const isMeant = (candidate: PageCandidate): boolean => of === text || candidate.text.startsWith(word)
  const useful = candidates.filter((candidate) => candidate.text !== word && isMeant(candidate))
  const open = !shut && useful.length > 0 && text.startsWith(before)
  const take = (index: number): string => `${before}${useful[index]?.text ?? word} `
  return {
    open,
    found: useful,
    at,
    expecting,
    take,
    point: setAt,
    close: () => setShut(true),
    onKey: (key) => {
      if (!open) return undefined
      if (key === 'ArrowDown' || key === 'ArrowUp') {
        setMoved(true)
        setAt((now) => (now + (key === 'ArrowDown' ? 1 : useful.length - 1)) % useful.length)
        return 'moved'
      }
      if (key === 'Escape') {
        setShut(true)
        return 'moved'
      }
      // Enter sends, unless somebody chose with the arrows or the command's own name is still unfinished.
      const unfinished = before === '' && useful[0]?.text.startsWith(word) === true
      return key === 'Tab' || (key === 'Enter' && (moved || unfinished)) ? { text: take(at) } : undefined
    },
  }
}

/** People, groups and channels after `@` and `#`. */
function localNames(
  text: string,
  channel: string,
  { scene: { known }, texts }: { readonly scene: Scene; readonly texts: PageTexts },
): Found | undefined {
  const match = /(^|\s)([@#])([\w.-]*)$/.exec(text)
  if (match === null) return undefined
  const [, space = '', sign = '', partial = ''] = match
  const before = text.slice(0, match.index + space.length)
  const members = known.channels.find(({ id }) => id === channel)?.members ?? []
  const names =
    sign === '#'
      ? known.channels
          .filter(({ kind }) => kind !== 'direct')
          .map(({ id, name }) => ({ text: `#${name}`, kind: 'channel', about: entryOf(texts.trial.topics, id) ?? '' }))
      : [
          ...known.people
            .filter(({ id }) => members.includes(id) && id !== known.you)
            .map((person) => ({ text: `@${person.name}`, kind: 'person', about: shortName(person) })),
          ...known.groups.map(({ handle, members: inside }) => ({
            text: `@${handle}`,
            kind: 'group',
            about: texts.chat.composer.people(inside.length),
          })),
        ]
  return { of: text, before, candidates: names.filter((name) => name.text.slice(1).startsWith(partial.toLowerCase())) }
}

export function Suggestions({
  suggestions,
  onTake,
}: {
  readonly suggestions: SuggestionsState
  readonly onTake: (text: string) => void
}) {
  const { chat } = useTexts()
  if (!suggestions.open) return null
  return (
    <ul class="suggestions" role="listbox" id="suggestions" aria-label={chat.composer.suggestions}>
      {suggestions.found.map((candidate, index) => (
        <li
          key={candidate.text}
          role="option"
          aria-selected={index === suggestions.at}
          class={index === suggestions.at ? `at ${candidate.kind}` : candidate.kind}
          ref={(node) => {
            if (index === suggestions.at) node?.scrollIntoView({ block: 'nearest' })
          }}
          onMouseMove={() => suggestions.point(index)}
          onMouseDown={(event) => {
            event.preventDefault()
            onTake(suggestions.take(index))
          }}
        >
          <b>{candidate.text}</b>
          <span>{candidate.about}</span>
          {index === suggestions.at && <kbd>Tab</kbd>}
        </li>
      ))}
    </ul>
  )
}
