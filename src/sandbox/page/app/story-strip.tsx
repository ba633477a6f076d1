import { useState } from 'preact/hooks'
import type { PageStep } from '../protocol.ts'
import { happen } from './connection.ts'
import { Icon } from './icons.tsx'
import { personOf, shortName, useScene } from './scene.ts'
import { useTexts } from './texts/use-texts.ts'

interface StoryProps {
  readonly onTry: (step: PageStep) => void
  readonly onClose: () => void
}

/** The guided first minute: one step at a time, each noticing by itself that it is done. */
export function StoryStrip({ onTry, onClose }: StoryProps) {
  const { known } = useScene()
  const { story: words } = useTexts()
  const [said, setSaid] = useState<string>()
  const { story } = known
  const done = story.filter((step) => step.done).length
  const current = story.find((step) => !step.done)
  const [title, about] =
    current === undefined ? words.end : [words.titles[current.id], words.scenes[current.scene].about]
  return (
    <section class="story" aria-label={words.guide}>
      <div class="story-words" role="status">
        <div class="story-head">
          <ol class="story-dots" aria-label={words.progress(done, story.length)}>
            {story.map((step, index) => (
              <li
                key={step.id}
                class={step.done ? 'done' : step === current ? 'now' : ''}
                title={words.titles[step.id]}
                aria-current={step === current ? 'step' : undefined}
              >
                {step.done ? <Icon name="check" size={12} /> : index + 1}
              </li>
            ))}
          </ol>
          <b>{title}</b>
        </div>
        <span>{about}</span>
        {said !== undefined && <code class="story-said">{said}</code>}
      </div>
      {current !== undefined && <Offer step={current} onTry={onTry} onSaid={setSaid} />}
      <button type="button" class="quiet" aria-label={words.away} title={words.away} onClick={onClose}>
        <Icon name="close" />
      </button>
    </section>
  )
}

interface OfferProps {
  readonly step: PageStep
  readonly onTry: (step: PageStep) => void
  readonly onSaid: (said: string | undefined) => void
}

function Offer({ step, onTry, onSaid }: OfferProps) {
  const { known, place } = useScene()
  const { story } = useTexts()
  const { accident, line, scene } = step
  const who = shortName(personOf(known, step.as))
  if (accident !== undefined)
    return (
      <button
        type="button"
        class="button primary story-try"
        onClick={() => void happen(accident).then((answer) => onSaid(answer.ok ? answer.said : undefined))}
      >
        {story.scenes[scene].press}
      </button>
    )
  const isThere = known.you === step.as && place.channel === step.channel
  if (line === undefined && isThere) return null
  return (
    <button type="button" class="button primary story-try" onClick={() => onTry(step)}>
      {line === undefined ? story.become(who) : <code>{line}</code>}
      {line !== undefined && <span class="story-as">{story.as(who)}</span>}
    </button>
  )
}
