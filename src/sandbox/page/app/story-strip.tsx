import type { PageStep } from '../protocol.ts'
import { happen } from './connection.ts'
import { Icon } from './icons.tsx'
import { personOf, shortName, useScene } from './scene.ts'

interface StoryProps {
  readonly onTry: (step: PageStep) => void
  readonly onClose: () => void
}

/** The guided first minute: one step at a time, each noticing by itself that it is done. */
export function StoryStrip({ onTry, onClose }: StoryProps) {
  const { known } = useScene()
  const { story } = known
  const done = story.filter((step) => step.done).length
  const current = story.find((step) => !step.done)
  return (
    <section class="story" aria-label="Guide">
      <ol class="story-dots" aria-label={`${done} of ${story.length} done`}>
        {story.map((step) => (
          <li key={step.id} class={step.done ? 'done' : step === current ? 'now' : ''} title={step.title}>
            {step.done ? <Icon name="check" size={12} /> : story.indexOf(step) + 1}
          </li>
        ))}
      </ol>
      {current === undefined ? (
        <div class="story-words" role="status">
          <b>That was the whole path.</b>
          <span>
            Every order took it: read back, decided by the policy, made once, watched to its end. Now break something in
            the control room.
          </span>
        </div>
      ) : (
        <>
          <div class="story-words" role="status">
            <b>{current.title}</b>
            <span>{current.about}</span>
          </div>
          <Offer step={current} onTry={onTry} />
        </>
      )}
      <button type="button" class="quiet" aria-label="Put the guide away" title="Put the guide away" onClick={onClose}>
        <Icon name="close" />
      </button>
    </section>
  )
}

function Offer({ step, onTry }: { readonly step: PageStep; readonly onTry: (step: PageStep) => void }) {
  const { known, place } = useScene()
  const { accident, line } = step
  const who = shortName(personOf(known, step.as))
  if (accident !== undefined)
    return (
      <button type="button" class="button primary story-try" onClick={() => void happen(accident.deed)}>
        {accident.label}
      </button>
    )
  if (line === undefined && known.you === step.as && place.channel === step.channel) return null
  return (
    <button type="button" class="button primary story-try" onClick={() => onTry(step)}>
      {line === undefined ? `Become ${who}` : <code>{line}</code>}
      {line !== undefined && <span class="story-as">as {who}</span>}
    </button>
  )
}
