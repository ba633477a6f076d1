import type { Clock } from '../../../time/clock.ts'
import type { Message } from './state.ts'
import type { World } from './world.ts'
import { compareTs, nextTs } from './timestamps.ts'

type Draft = Omit<Message, 'ts'>

/** Messages of all channels in order, each channel bounded: the oldest go first. */
export interface Messages {
  readonly post: (channel: string, draft: Draft) => Message
  /** Shown to one person; kept apart, since the app can never read it back. */
  readonly whisper: (channel: string, user: string, draft: Draft) => Message
  readonly find: (channel: string, ts: string) => Message | undefined
  readonly ephemeral: (user: string, at: { readonly channel: string; readonly ts: string }) => Message | undefined
  readonly whispered: (user: string) => readonly Message[]
  /** Applies `change` to a stored or ephemeral message and tells it. */
  readonly touch: (message: Message, channel: string, change: (message: Message) => void) => void
  readonly remove: (message: Message, channel: string) => void
  /** Parent first. Empty when there is no such message. */
  readonly thread: (channel: string, ts: string) => readonly Message[]
  readonly in: (channel: string) => readonly Message[]
  /** What the app hears about messages of direct conversations. */
  readonly onEvent: (listener: (event: MessageEvent) => void) => void
}

export interface MessageEvent {
  readonly kind: 'posted' | 'changed' | 'deleted'
  readonly channel: string
  readonly message: Message
  readonly previous?: Message
}

const nobody = () => {}

export function createMessages({ world, clock, keep }: { world: World; clock: Clock; keep: number }): Messages {
  let listener: (event: MessageEvent) => void = nobody
  const stored = (channel: string) => (world.state.messages[channel] ??= [])
  const whispered = (user: string) => (world.state.ephemerals[user] ??= [])
  const stamp = (channel: string) => {
    const found = world.channel(channel)
    const ts = nextTs(clock.now(), found?.lastTs)
    if (found !== undefined) found.lastTs = ts
    return ts
  }
  const tell = (message: Message, channel: string) =>
    world.tell(
      message.onlyFor === undefined
        ? { kind: 'message', channel, ts: message.ts }
        : { kind: 'ephemeral', user: message.onlyFor, channel, ts: message.ts },
    )
  const add = (list: Message[], message: Message) => {
    list.push(message)
    if (list.length > keep) list.splice(0, Math.ceil(keep / 10))
  }
  const find = (channel: string, ts: string) => stored(channel)[indexOf(stored(channel), ts)]
  return {
    post: (channel, draft) => {
      const message = { ...draft, ts: stamp(channel) }
      const parent = draft.threadTs === undefined ? undefined : find(channel, draft.threadTs)
      // From its first reply on, a message carries its own ts as thread_ts.
      if (parent !== undefined) parent.threadTs = parent.ts
      add(stored(channel), message)
      listener({ kind: 'posted', channel, message })
      tell(message, channel)
      return message
    },
    whisper: (channel, user, draft) => {
      const message = { ...draft, ts: stamp(channel), onlyFor: user, channel }
      add(whispered(user), message)
      tell(message, channel)
      return message
    },
    find,
    ephemeral: (user, { channel, ts }) => whispered(user).find((one) => one.ts === ts && one.channel === channel),
    whispered,
    touch: (message, channel, change) => {
      const previous = structuredClone(message)
      change(message)
      if (message.onlyFor === undefined) listener({ kind: 'changed', channel, message, previous })
      tell(message, channel)
    },
    remove: (message, channel) => {
      const list = message.onlyFor === undefined ? stored(channel) : whispered(message.onlyFor)
      const index = list.indexOf(message)
      if (index >= 0) list.splice(index, 1)
      if (message.onlyFor === undefined) listener({ kind: 'deleted', channel, message })
      tell(message, channel)
    },
    thread: (channel, ts) => stored(channel).filter((one) => one.ts === ts || one.threadTs === ts),
    in: (channel) => stored(channel),
    onEvent: (next) => {
      listener = next
    },
  }
}

/** Binary search: -1 when absent. */
function indexOf(list: readonly Message[], ts: string): number {
  let low = 0
  let high = list.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const order = compareTs(list[middle]?.ts ?? '', ts)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1
}
