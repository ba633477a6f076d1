import type { Place, ReplyHandle } from '../chat/incoming.ts'
import type { Texts } from '../cards/texts/en.ts'
import type { Surroundings } from '../targets/resolve.ts'
import type { Recording } from './recording.ts'
import type { Speaker } from './speaker.ts'

/** One order being handled: who asks, where, and what the place already says about the target. */
export interface Asking {
  /** Idempotency key of what arrived. */
  readonly key: string
  readonly speaker: Speaker
  readonly person: Speaker['person']
  readonly place: Place
  readonly around: Surroundings
  /** For what the person alone sees. */
  readonly texts: Texts
  /** For what everybody at the place sees. */
  readonly placeTexts: Texts
  readonly recording: Recording
  /** Absent for mentions. */
  readonly reply?: ReplyHandle
  /** Opens a form; absent where the chat gave none. */
  readonly trigger?: string
  /** Another process had begun with it and died: parts of it may be done. */
  readonly again?: true
  /** What was understood, as one line that can be typed again. */
  readonly line: string
}
