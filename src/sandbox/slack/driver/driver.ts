import type { Message, View } from '../world/state.ts'
import type { Clicking } from './clicking.ts'
import { createClicking } from './clicking.ts'
import type { Forms } from './forms.ts'
import { createForms } from './forms.ts'
import type { DriverParts } from './parts.ts'
import type { Speaking } from './speaking.ts'
import { createSpeaking } from './speaking.ts'

/** A person at the keyboard: for tests and the page. Each deed resolves when the app acknowledged it, or did not in time. */
export interface Driver extends Speaking, Clicking, Forms {
  /** As stored, oldest first. */
  readonly messagesIn: (channel: string) => readonly Message[]
  readonly thread: (channel: string, ts: string) => readonly Message[]
  readonly ephemeralsFor: (user: string) => readonly Message[]
  /** Bottom of the stack first. */
  readonly openViews: (user: string) => readonly View[]
}

export function createDriver(parts: DriverParts): Driver {
  const { messages, views } = parts.at
  return {
    ...createSpeaking(parts),
    ...createClicking(parts),
    ...createForms(parts),
    messagesIn: messages.in,
    thread: messages.thread,
    ephemeralsFor: messages.whispered,
    openViews: views.stack,
  }
}
