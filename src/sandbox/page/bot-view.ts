import type { BotState } from '../bot-process.ts'
import type { PageBot } from './protocol.ts'

/** The bot's process as the page shows it. */
export function pageBot(state: BotState, connected: boolean): PageBot {
  switch (state.kind) {
    case 'waiting':
      return { kind: state.kind, connected, until: state.until, ending: state.ending }
    case 'broken':
      return { kind: state.kind, connected, ending: state.ending, said: state.said }
    default:
      return { kind: state.kind, connected }
  }
}
