import type { Clock } from '../../time/clock.ts'
import type { SlackServer } from '../slack/server.ts'
import type { Story } from '../story.ts'
import type { WorkspaceView } from './workspace-view.ts'
import type { PageBot, PageCluster, PageEvent, PageState } from './protocol.ts'

export interface FeedParts {
  readonly clock: Clock
  readonly slack: SlackServer
  readonly view: WorkspaceView
  readonly run: string
  readonly process: () => PageBot
  readonly clusters: () => readonly PageCluster[]
  readonly chatLimited: () => boolean
  readonly story: Story
}

/** What became different outside the chat. */
export type Stirred = 'process' | 'clusters' | 'story' | 'traffic'

export interface Feed {
  /** All that this person sees, then each change, a few times a second at most. The returned function ends it. */
  connect(user: string, send: (event: PageEvent) => void): () => void
  stir(what: Stirred): void
  close(): void
}

const chatPauseMs = 25
const otherPauseMs = 150

interface Listener {
  readonly user: string
  readonly send: (event: PageEvent) => void
  /** Messages to look at again, by channel and ts. */
  readonly messages: Map<string, { readonly channel: string; readonly ts: string }>
  readonly stirred: Set<Stirred | 'views' | 'channels' | 'all'>
}

/** Tells every open page what changed for the person it shows. Changes between two looks become one. */
export function createFeed({ clock, slack, view, run, process, clusters, chatLimited, story }: FeedParts): Feed {
  const listeners = new Set<Listener>()
  const timers = new Map<'chat' | 'other', () => void>()

  const state = (user: string): PageState => ({
    run,
    you: user,
    team: slack.world.state.team.name,
    bot: slack.world.state.app.user,
    people: view.people(),
    groups: slack.world.state.groups.map(({ id, handle, members }) => ({ id, handle, members })),
    channels: view.channels(user),
    messages: view.messages(user),
    views: view.views(user),
    process: process(),
    clusters: clusters(),
    chatLimited: chatLimited(),
    story: story.look(),
  })

  function flushChat({ user, send, messages, stirred }: Listener): void {
    if (stirred.delete('all')) {
      messages.clear()
      stirred.clear()
      return send({ kind: 'hello', state: state(user) })
    }
    for (const at of messages.values()) {
      const message = view.message(user, at)
      send({ kind: 'message', ...at, ...(message === undefined ? {} : { message }) })
    }
    messages.clear()
    if (stirred.delete('views')) send({ kind: 'views', views: view.views(user) })
    if (stirred.delete('channels')) send({ kind: 'channels', channels: view.channels(user) })
  }

  function flushOther({ send, stirred }: Listener): void {
    if (stirred.delete('process')) send({ kind: 'process', process: process() })
    if (stirred.delete('clusters')) send({ kind: 'clusters', clusters: clusters(), chatLimited: chatLimited() })
    if (stirred.delete('story')) send({ kind: 'story', story: story.look() })
    if (stirred.delete('traffic')) send({ kind: 'traffic' })
  }

  function soon(which: 'chat' | 'other'): void {
    if (timers.has(which) || listeners.size === 0) return
    const task = (): void => {
      timers.delete(which)
      for (const listener of listeners) (which === 'chat' ? flushChat : flushOther)(listener)
    }
    timers.set(which, clock.after(which === 'chat' ? chatPauseMs : otherPauseMs, task))
  }

  const stir = (what: Stirred): void => {
    for (const { stirred } of listeners) stirred.add(what)
    soon('other')
  }

  const off = slack.onChange((change) => {
    switch (change.kind) {
      case 'traffic':
        return stir('traffic')
      case 'sockets':
        return stir('process')
      case 'finding':
        return
      default:
        break
    }
    for (const { user, messages, stirred } of listeners) {
      if (change.kind === 'message' && view.sees(user, change.channel))
        messages.set(`${change.channel} ${change.ts}`, { channel: change.channel, ts: change.ts })
      else if (change.kind === 'ephemeral' && change.user === user)
        messages.set(`${change.channel} ${change.ts}`, { channel: change.channel, ts: change.ts })
      else if (change.kind === 'view' && change.user === user) stirred.add('views')
      else if (change.kind === 'channel') stirred.add('channels')
      else if (['person', 'group', 'imported'].includes(change.kind)) stirred.add('all')
    }
    soon('chat')
  })

  return {
    connect: (user, send) => {
      const listener: Listener = { user, send, messages: new Map(), stirred: new Set() }
      listeners.add(listener)
      send({ kind: 'hello', state: state(user) })
      return () => {
        listeners.delete(listener)
      }
    },
    stir,
    close: () => {
      off()
      for (const cancel of timers.values()) cancel()
      timers.clear()
      listeners.clear()
    },
  }
}
