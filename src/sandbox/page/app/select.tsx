import { Fragment } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { isOpenable } from './addresses.ts'
import { Icon } from './icons.tsx'
import type { Option } from './options.ts'
import { useTexts } from './texts/use-texts.ts'

interface SelectProps {
  readonly label: string
  readonly look: 'menu' | 'overflow' | 'field'
  readonly options: readonly Option[]
  readonly chosen?: readonly string[]
  /** Stays open: each choice comes or goes. */
  readonly several?: boolean
  readonly busy?: boolean
  readonly invalid?: boolean
  readonly labelledBy?: string
  readonly onChoose: (value: string) => void
}

/** A drop-down with a filter once there is much to choose from. Arrow keys, Enter and Escape work as one expects. */
export function Select(props: SelectProps) {
  const { label, look, options, chosen = [], several = false, busy, invalid, labelledBy, onChoose } = props
  const { form } = useTexts().chat
  const [open, setOpen] = useState(false)
  const [filter, setFilter] = useState('')
  const [at, setAt] = useState(0)
  const root = useRef<HTMLDivElement>(null)
  const id = useId()
  const found = options.filter((option) => option.label.toLowerCase().includes(filter.toLowerCase()))
  const shown = options.filter(({ value }) => chosen.includes(value)).map((option) => option.label)

  useEffect(() => {
    if (!open) return
    setFilter('')
    setAt(
      Math.max(
        0,
        options.findIndex(({ value }) => chosen.includes(value)),
      ),
    )
    const outside = (event: MouseEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false)
    }
    document.addEventListener('mousedown', outside)
    root.current?.querySelector('input')?.focus()
    return () => document.removeEventListener('mousedown', outside)
  }, [open])

  const choose = (option: Option | undefined): void => {
    if (option === undefined) return
    if (!several) {
      setOpen(false)
      root.current?.querySelector('button')?.focus()
    }
    if (isOpenable(option.url ?? '')) window.open(option.url, '_blank', 'noopener,noreferrer')
    onChoose(option.value)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        setOpen(true)
      }
      return
    }
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step !== undefined) setAt((before) => Math.min(found.length - 1, Math.max(0, before + step)))
    else if (event.key === 'Enter') choose(found[at])
    else if (event.key === 'Escape') {
      setOpen(false)
      root.current?.querySelector('button')?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div class={`select as-${look}`} ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class={`${look === 'field' ? 'field' : 'button'}${invalid === true ? ' invalid' : ''}`}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-labelledby={labelledBy === undefined ? undefined : `${labelledBy} ${id}-shown`}
        aria-label={labelledBy === undefined ? label : undefined}
        disabled={busy}
        onClick={() => setOpen(!open)}
      >
        <span id={`${id}-shown`} class={shown.length === 0 ? 'placeholder' : ''}>
          {look === 'overflow' ? <Icon name="more" /> : shown.join(', ') || label}
        </span>
        {look !== 'overflow' && <Icon name="down" size={14} />}
      </button>
      {open && (
        <div class="menu-list">
          <input
            class={options.length > 7 ? 'menu-filter' : 'menu-filter hidden'}
            placeholder={form.filter}
            aria-label={form.filter}
            aria-controls={id}
            aria-activedescendant={`${id}-${at}`}
            value={filter}
            onInput={(event) => {
              setFilter(event.currentTarget.value)
              setAt(0)
            }}
          />
          <ul role="listbox" id={id} aria-label={label}>
            {found.map((option, index) => (
              <Fragment key={option.value}>
                {option.group !== undefined && option.group !== found[index - 1]?.group && (
                  <li class="menu-group" role="presentation">
                    {option.group}
                  </li>
                )}
                <li
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={chosen.includes(option.value)}
                  class={index === at ? 'at' : ''}
                  ref={(node) => {
                    if (index === at) node?.scrollIntoView({ block: 'nearest' })
                  }}
                  onMouseMove={() => setAt(index)}
                  onClick={() => choose(option)}
                >
                  <span>
                    {option.label}
                    {option.description !== undefined && <small>{option.description}</small>}
                  </span>
                  {chosen.includes(option.value) && <Icon name="check" size={14} />}
                </li>
              </Fragment>
            ))}
            {found.length === 0 && <li class="none">{form.nothing}</li>}
          </ul>
        </div>
      )}
    </div>
  )
}
