import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Icon } from './icons.tsx'
import type { Option } from './options.ts'

interface SelectProps {
  readonly label: string
  readonly look: 'menu' | 'overflow' | 'field'
  readonly options: readonly Option[]
  readonly chosen?: string
  readonly busy?: boolean
  readonly invalid?: boolean
  readonly labelledBy?: string
  readonly onChoose: (value: string) => void
}

/** A drop-down with a filter once there is much to choose from. Arrow keys, Enter and Escape work as one expects. */
export function Select(props: SelectProps) {
  const { label, look, options, chosen, busy, invalid, labelledBy, onChoose } = props
  const [open, setOpen] = useState(false)
  const [filter, setFilter] = useState('')
  const [at, setAt] = useState(0)
  const root = useRef<HTMLDivElement>(null)
  const id = useId()
  const found = options.filter((option) => option.label.toLowerCase().includes(filter.toLowerCase()))
  const shown = options.find(({ value }) => value === chosen)

  useEffect(() => {
    if (!open) return
    setFilter('')
    setAt(
      Math.max(
        0,
        options.findIndex(({ value }) => value === chosen),
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
    setOpen(false)
    root.current?.querySelector('button')?.focus()
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
        aria-labelledby={labelledBy}
        aria-label={labelledBy === undefined ? label : undefined}
        disabled={busy}
        onClick={() => setOpen(!open)}
      >
        <span class={shown === undefined ? 'placeholder' : ''}>
          {look === 'overflow' ? '⋯' : (shown?.label ?? label)}
        </span>
        {look !== 'overflow' && <Icon name="down" size={14} />}
      </button>
      {open && (
        <div class="menu-list">
          <input
            class={options.length > 7 ? 'menu-filter' : 'menu-filter hidden'}
            placeholder="Filter"
            aria-label="Filter"
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
              <li
                key={option.value}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                class={index === at ? 'at' : ''}
                ref={(node) => {
                  if (index === at) node?.scrollIntoView({ block: 'nearest' })
                }}
                onMouseMove={() => setAt(index)}
                onClick={() => choose(option)}
              >
                <span>{option.label}</span>
                {option.value === chosen && <Icon name="check" size={14} />}
              </li>
            ))}
            {found.length === 0 && <li class="none">Nothing like that</li>}
          </ul>
        </div>
      )}
    </div>
  )
}
