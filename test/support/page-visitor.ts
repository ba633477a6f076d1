import { onTestFinished } from 'vitest'
import type { JsonObject } from '../../src/json.ts'
import type { PageEvent, PageMessage, PageState } from '../../src/sandbox/page/protocol.ts'
import type { Accident, Deed } from '../../src/sandbox/page/requests.ts'

/** Somebody before the sandbox's page, without a browser: its calls and its stream of changes, over HTTP. */
export interface PageVisitor {
  readonly state: () => PageState
  /** The newest message of that channel whose blocks hold all of these words, as soon as there is one. */
  message(channel: string, ...words: readonly string[]): Promise<PageMessage>
  /** Resolves with what this finds, asked again after each change. */
  until<Found>(find: () => Found | undefined): Promise<Found>
  say(channel: string, text: string): Promise<unknown>
  press(message: PageMessage, actionId: RegExp): Promise<unknown>
  happen(accident: Accident): Promise<unknown>
  complete(typed: string, channel: string): Promise<unknown>
}

/** Opens the address, which can be done once, and listens as that person. */
export async function aPageVisitor(address: string, user: string): Promise<PageVisitor> {
  const { origin } = new URL(address)
  const first = await fetch(address, { redirect: 'manual' })
  const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const stream = await fetch(`${origin}/events?as=${user}`, { headers: { cookie }, signal: leaving.signal })

  let state: PageState | undefined
  const messages = new Map<string, PageMessage>()
  const waiting = new Set<() => void>()
  const learn = (event: PageEvent): void => {
    if (event.kind === 'hello') {
      state = event.state
      for (const message of event.state.messages) messages.set(message.ts, message)
    }
    if (event.kind === 'message' && event.message !== undefined) messages.set(event.ts, event.message)
    if (event.kind === 'clusters' && state !== undefined) state = { ...state, clusters: event.clusters }
    if (event.kind === 'process' && state !== undefined) state = { ...state, process: event.process }
    for (const look of waiting) look()
  }
  void follow(stream, learn).catch(() => {})

  const until = <Found>(find: () => Found | undefined): Promise<Found> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = find()
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  const post = async (path: string, body: object): Promise<unknown> => {
    const headers = { cookie, origin, 'content-type': 'application/json' }
    return (await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const deed = (one: Deed): Promise<unknown> => post('/deeds', one)
  await until(() => state)
  return {
    state: () => {
      if (state === undefined) throw new Error('the page has not told anything yet')
      return state
    },
    until,
    message: (channel, ...words) =>
      until(() =>
        [...messages.values()]
          .reverse()
          .find((one) => one.channel === channel && words.every((word) => JSON.stringify(one.blocks).includes(word))),
      ),
    say: (channel, text) => deed({ kind: 'say', as: user, channel, text }),
    press: ({ channel, ts, blocks }, wanted) => {
      const { actionId, blockId, value } = buttonOf(blocks, wanted)
      return deed({
        kind: 'press',
        as: user,
        channel,
        ts,
        actionId,
        ...(blockId === undefined ? {} : { blockId }),
        ...(value === undefined ? {} : { value }),
      })
    },
    happen: (accident) => post('/accidents', accident),
    complete: (typed, channel) => post('/complete', { typed, channel }),
  }
}

async function follow(stream: Response, learn: (event: PageEvent) => void): Promise<void> {
  let text = ''
  for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const entries = text.split('\n\n')
    text = entries.pop() ?? ''
    for (const entry of entries) if (entry.startsWith('data: ')) learn(JSON.parse(entry.slice(6)))
  }
}

interface Button {
  readonly actionId: string
  readonly blockId?: string
  readonly value?: string
}

function buttonOf(blocks: readonly JsonObject[], wanted: RegExp): Button {
  for (const block of blocks) {
    for (const element of Array.isArray(block['elements']) ? block['elements'] : []) {
      if (typeof element !== 'object' || element === null || Array.isArray(element)) continue
      const { action_id: actionId, value } = element
      if (typeof actionId !== 'string' || !wanted.test(JSON.stringify(element['text'] ?? ''))) continue
      return {
        actionId,
        ...(typeof block['block_id'] === 'string' ? { blockId: block['block_id'] } : {}),
        ...(typeof value === 'string' ? { value } : {}),
      }
    }
  }
  throw new Error(`no button ${wanted} there`)
}
