import { useEffect, useReducer, useRef, useState } from 'preact/hooks'
import type { PageStep } from '../protocol.ts'
import { ChannelPane } from './channel-pane.tsx'
import { doDeed, listen } from './connection.ts'
import { ControlRoom } from './control-room.tsx'
import { useKept } from './keep.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { useLanguage } from './language.tsx'
import { languageOf, textsOf, TextsContext } from './texts/use-texts.ts'
import type { JsonObject } from '../../../json.ts'
import { Modal } from './modal.tsx'
import { go as goTo, usePlace, type Place } from './place.ts'
import { useReading } from './reading.ts'
import { SceneContext, type Offer, type Scene } from './scene.ts'
import { Sidebar } from './sidebar.tsx'
import { learn, type Known } from './state.ts'
import { ThreadPanel } from './thread-panel.tsx'

export function App() {
  const place = usePlace()
  // Nobody is known yet whose language it could be.
  const { trial } = textsOf(languageOf(navigator.language))
  const [known, tell] = useReducer(learn, undefined)
  const [lost, setLost] = useState(false)
  useEffect(() => {
    return listen(place.user, {
      onEvent: (event) => {
        setLost(false)
        tell(event)
      },
      onLost: () => setLost(true),
    })
  }, [place.user])
  if (known === undefined) return <p class="loading">{lost ? trial.gone : trial.opening}</p>
  return <Page known={known} place={place} lost={lost} />
}

interface Question {
  readonly confirm: JsonObject
  readonly answer: (answer: 'yes' | 'no') => void
}

interface PageProps {
  readonly known: Known
  readonly place: Place
  readonly lost: boolean
}

function Page({ known, place: wanted, lost }: PageProps) {
  const first = known.channels[0]?.id ?? ''
  const isMine = known.channels.some(({ id }) => id === wanted.channel)
  const place: Place = isMine || known.you !== wanted.user ? wanted : { user: wanted.user, channel: first }
  const reading = useReading(known.run, known.you)
  const [language, setLanguage] = useLanguage(known)
  const [offer, setOffer] = useState<Offer>()
  const [question, setQuestion] = useState<Question>()
  const [room, setRoom] = useKept('room', window.innerWidth > 1280 ? 'open' : 'shut')
  const [guide, setGuide] = useKept('guide', 'open')
  const [onPhone, setOnPhone] = useState<'list' | 'talk'>('talk')
  const awaited = useRef<PageStep | undefined>(undefined)

  const go = (next: Partial<Place>): void => {
    const { thread, ...rest } = { ...place, ...next }
    goTo({ ...rest, ...(thread ? { thread } : {}) })
    setOnPhone('talk')
  }
  const suggest = (line: string): void => setOffer((before) => ({ line, number: (before?.number ?? 0) + 1 }))
  useEffect(() => {
    const step = awaited.current
    if (step?.line === undefined || known.you !== step.as || place.channel !== step.channel) return
    awaited.current = undefined
    suggest(step.line)
  })
  const onTry = (step: PageStep): void => {
    awaited.current = step
    go({ user: step.as, channel: step.channel, thread: '' })
    // Already there: nothing changes the address, so nothing would be drawn again.
    setOffer((before) => before && { ...before })
  }
  const ask: Scene['ask'] = (confirm) =>
    new Promise((resolve) => {
      setQuestion({
        confirm,
        answer: (answer) => {
          setQuestion(undefined)
          resolve(answer)
        },
      })
    })
  const scene: Scene = { known, place, go, offer, suggest, ask, deed: (deed) => doDeed(known.you, deed) }
  const view = known.views.at(-1)
  const side = place.thread === undefined ? (room === 'open' ? 'room' : 'none') : 'thread'
  return (
    <TextsContext.Provider value={textsOf(language)}>
      <SceneContext.Provider value={scene}>
        <div class={`page side-${side} phone-${onPhone}`}>
          <Sidebar markOf={reading.markOf} onGo={() => setOnPhone('talk')} />
          <ChannelPane
            key={`${known.you} ${place.channel}`}
            channel={place.channel}
            reading={reading}
            guide={guide === 'open' ? 'open' : 'shut'}
            lost={lost}
            onGuide={setGuide}
            onLanguage={setLanguage}
            onTry={onTry}
            onRoom={() => {
              setRoom(room === 'open' && place.thread === undefined ? 'shut' : 'open')
              if (place.thread !== undefined) go({ thread: '' })
            }}
            onList={() => setOnPhone('list')}
          />
          {side === 'thread' && place.thread !== undefined && (
            <ThreadPanel key={place.thread} channel={place.channel} ts={place.thread} />
          )}
          {side === 'room' && <ControlRoom onClose={() => setRoom('shut')} />}
        </div>
        {view !== undefined && <Modal key={view.id} view={view} />}
        {question !== undefined && (
          <ConfirmDialog
            confirm={question.confirm}
            onYes={() => question.answer('yes')}
            onNo={() => question.answer('no')}
          />
        )}
      </SceneContext.Provider>
    </TextsContext.Provider>
  )
}
