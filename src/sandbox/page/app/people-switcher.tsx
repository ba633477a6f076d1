import { useEffect, useRef, useState } from 'preact/hooks'
import { Avatar } from './avatar.tsx'
import { Icon } from './icons.tsx'
import { addressOf } from './place.ts'
import { isOwn, personOf, shortName, useScene } from './scene.ts'
import { useTexts } from './texts/use-texts.ts'
import { entryOf } from './reasons.ts'

/** Who you are: another click, and you are somebody else. */
export function PeopleSwitcher() {
  const { known, place, go } = useScene()
  const { trial } = useTexts()
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const you = personOf(known, known.you)
  const people = known.people.filter(({ kind, deactivated }) => kind !== 'bot' && !deactivated)

  useEffect(() => {
    if (!open) return
    const outside = (event: MouseEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false)
    }
    document.addEventListener('mousedown', outside)
    root.current?.querySelector<HTMLElement>('.person.here')?.focus()
    return () => document.removeEventListener('mousedown', outside)
  }, [open])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setOpen(false)
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const items = [...(root.current?.querySelectorAll<HTMLElement>('.person') ?? [])]
    const at = items.findIndex((item) => item === document.activeElement)
    if (step === 0 || items.length === 0) return
    event.preventDefault()
    items[(at + step + items.length) % items.length]?.focus()
  }
  return (
    <div class="switcher" ref={root} onKeyDown={onKeyDown}>
      {open && (
        <div class="people" role="menu" aria-label={trial.people.beSomebodyElse}>
          <p class="people-head">{trial.people.beSomebodyElse}</p>
          {people.map((person) => (
            <div key={person.id} class="person-row">
              <button
                type="button"
                role="menuitemradio"
                aria-checked={person.id === known.you}
                class={person.id === known.you ? 'person here' : 'person'}
                onClick={() => {
                  setOpen(false)
                  go({ user: person.id, thread: '' })
                }}
              >
                <Avatar person={person} size={32} />
                <span>
                  <b>{person.realName}</b>
                  <small>{entryOf(isOwn(known.clusters) ? trial.own.notes : trial.notes, person.id)}</small>
                </span>
                {person.id === known.you && <Icon name="check" />}
              </button>
              <a
                class="quiet"
                href={addressOf({ user: person.id, channel: place.channel })}
                target="_blank"
                rel="noopener"
                title={trial.people.ownWindow(shortName(person))}
                aria-label={trial.people.ownWindow(shortName(person))}
              >
                <Icon name="window" />
              </a>
            </div>
          ))}
        </div>
      )}
      <button type="button" class="you-are" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Avatar person={you} size={32} />
        <span>
          <small>{trial.people.youAre}</small>
          <b>{you.realName}</b>
        </span>
        <Icon name="down" size={14} />
      </button>
    </div>
  )
}
