import type { JsonObject } from '../../../json.ts'
import { objectOf, textOf } from '../../slack/json-values.ts'
import { Dialog } from './dialog.tsx'
import { Text } from './text-object.tsx'

interface ConfirmProps {
  readonly confirm: JsonObject
  readonly onYes: () => void
  readonly onNo: () => void
}

/** The question before a click counts. */
export function ConfirmDialog({ confirm, onYes, onNo }: ConfirmProps) {
  const label = (name: string): string => textOf(objectOf(confirm[name])['text']) ?? ''
  return (
    <Dialog label={label('title')} look="dialog confirm" onClose={onNo}>
      <h2>{label('title')}</h2>
      <p>
        <Text value={confirm['text']} />
      </p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={onNo}>
          {label('deny')}
        </button>
        <button
          type="button"
          class={`button ${confirm['style'] === 'danger' ? 'danger' : 'primary'}`}
          autoFocus
          onClick={onYes}
        >
          {label('confirm')}
        </button>
      </div>
    </Dialog>
  )
}
