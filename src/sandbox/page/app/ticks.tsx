import { useId } from 'preact/hooks'
import type { Option } from './options.ts'

interface TicksProps {
  readonly kind: 'checkbox' | 'radio'
  readonly options: readonly Option[]
  readonly chosen: readonly string[]
  readonly labelledBy?: string
  readonly onChange: (chosen: readonly string[]) => void
}

/** Checkboxes or radio buttons, all in sight. */
export function Ticks({ kind, options, chosen, labelledBy, onChange }: TicksProps) {
  const name = useId()
  const toggle = (value: string): void => {
    if (kind === 'radio') return onChange([value])
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  }
  return (
    <div class="ticks" role={kind === 'checkbox' ? 'group' : 'radiogroup'} aria-labelledby={labelledBy}>
      {options.map(({ value, label, description }) => (
        <label key={value} class="tick">
          <input type={kind} name={name} checked={chosen.includes(value)} onChange={() => toggle(value)} />
          <span>
            {label}
            {description !== undefined && <small>{description}</small>}
          </span>
        </label>
      ))}
    </div>
  )
}
