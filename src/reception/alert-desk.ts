import type { AlertLedger } from '../alerts/ledger.ts'
import type { Silences } from '../alerts/silences.ts'
import type { AlertNotes } from '../cards/alert-notes.ts'
import type { Person } from '../chat/identity.ts'

/** What the reception needs of the alerts. */
export interface AlertDesk {
  readonly ledger: AlertLedger
  /** Whether an alert could come in at all, as things are configured. */
  readonly door: 'open' | 'shut'
  /** Undefined: no Alertmanager is configured. */
  readonly silences: Silences | undefined
  readonly notes: AlertNotes
  /** Who somebody is to whoever looks at the Alertmanager. */
  readonly creator: (person: Person) => string
}
