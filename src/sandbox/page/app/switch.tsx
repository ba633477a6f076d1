import type { Accident } from '../requests.ts'
import { happen } from './connection.ts'

interface SwitchProps {
  readonly label: string
  readonly on: boolean
  readonly accident: (on: 'on' | 'off') => Accident
}

/** Something that is so until it is switched off again. */
export function Switch({ label, on, accident }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      class="switch"
      onClick={() => void happen(accident(on ? 'off' : 'on'))}
    >
      <i />
      {label}
    </button>
  )
}
