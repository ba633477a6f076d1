import type { PageEvent, PageMessage, PageState } from '../protocol.ts'

/** What the page knows, with the messages of each channel in order. */
export interface Known extends Omit<PageState, 'messages'> {
  readonly messages: ReadonlyMap<string, readonly PageMessage[]>
  /** Grows with each piece of news about traffic. */
  readonly trafficCount: number
}

export function learn(known: Known | undefined, event: PageEvent): Known | undefined {
  if (event.kind === 'hello') {
    const messages = new Map<string, PageMessage[]>()
    for (const message of event.state.messages) {
      const list = messages.get(message.channel) ?? []
      list.push(message)
      messages.set(message.channel, list)
    }
    for (const list of messages.values()) list.sort(byTime)
    return { ...event.state, messages, trafficCount: 0 }
  }
  if (known === undefined) return undefined
  switch (event.kind) {
    case 'message':
      return { ...known, messages: withMessage(known.messages, event) }
    case 'views':
      return { ...known, views: event.views }
    case 'channels':
      return { ...known, channels: event.channels }
    case 'process':
      return { ...known, process: event.process }
    case 'clusters':
      return { ...known, clusters: event.clusters, chatLimited: event.chatLimited }
    case 'story':
      return { ...known, story: event.story }
    case 'traffic':
      return { ...known, trafficCount: known.trafficCount + 1 }
    default:
      return known
  }
}

function withMessage(
  messages: Known['messages'],
  { channel, ts, message }: Extract<PageEvent, { kind: 'message' }>,
): Known['messages'] {
  const others = (messages.get(channel) ?? []).filter((one) => one.ts !== ts)
  const list = message === undefined ? others : [...others, message].sort(byTime)
  return new Map(messages).set(channel, list)
}

const byTime = (a: PageMessage, b: PageMessage): number => Number(a.ts) - Number(b.ts)

/** What stands in the channel itself: no replies, but for those that were sent there, too. */
export const inChannel = (list: readonly PageMessage[]): readonly PageMessage[] =>
  list.filter(({ threadTs, ts, broadcast }) => threadTs === undefined || threadTs === ts || broadcast)

export const repliesTo = (list: readonly PageMessage[], ts: string): readonly PageMessage[] =>
  list.filter((one) => one.threadTs === ts && one.ts !== ts)
