import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import { createCommandLine } from '../../../src/command-line/command-line.ts'
import { createAccidents } from '../../../src/sandbox/page/accidents.ts'
import { createCompletion } from '../../../src/sandbox/page/completion.ts'
import { createFeed } from '../../../src/sandbox/page/feed.ts'
import type { PageCluster, PageEvent } from '../../../src/sandbox/page/protocol.ts'
import { createPageServer } from '../../../src/sandbox/page/server.ts'
import { createWorkspaceView } from '../../../src/sandbox/page/workspace-view.ts'
import type { SlackServerOptions } from '../../../src/sandbox/slack/server.ts'
import { createStory } from '../../../src/sandbox/story.ts'
import { commands } from '../../../commands/index.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { aSlack } from '../slack/support/server.ts'

export const slash = { main: '/ops', short: { '/deploy': 'deploy', '/scale': 'scale' } }

interface PageOptions extends Partial<SlackServerOptions> {
  /** The folder of a real page. */
  readonly built?: string
  readonly clusters?: readonly PageCluster[]
}

/** The page server over a workspace without a bot; real HTTP on loopback, time stands still. */
export async function aPage({ built, clusters = [], ...options }: PageOptions = {}) {
  const { slack, clock } = await aSlack(options)
  const files = temporaryFolder()
  for (const name of ['index.html', 'main.js', 'main.css', 'icon.svg']) writeFileSync(join(files, name), `the ${name}`)
  const view = createWorkspaceView(slack)
  const bot = {
    state: () => ({ kind: 'stopped' as const }),
    lines: () => [],
    address: () => undefined,
    pid: () => undefined,
    start: () => {},
    kill: () => {},
    stop: async () => {},
  }
  const accidents = createAccidents({
    slack,
    bot,
    simulated: new Map(),
    allowChanges: () => false,
    setMetricsAway: async () => false,
    changed: () => {},
    meddled: () => {},
    checkAudit: async (of) => `${of} checked`,
  })
  const feed = createFeed({
    clock,
    slack,
    view,
    run: 'run',
    process: () => ({ kind: 'stopped', connected: false }),
    clusters: () => clusters,
    chatLimited: accidents.chatLimited,
    story: createStory([], { workload: () => undefined, typed: () => [], messages: () => [] }),
  })
  const lines: string[] = []
  let spent = 0
  const page = await createPageServer({
    clock,
    slack,
    view,
    feed,
    accidents,
    completion: createCompletion({
      commandLine: createCommandLine({ commands, slash }),
      clusters: [],
      placeOf: () => ({}),
      tags: {},
    }),
    onLine: (line) => lines.push(line),
    untilHeard: async () => {},
    onSpent: () => (spent += 1),
    files: built ?? files,
    port: 0,
  })
  onTestFinished(async () => {
    feed.close()
    await page.close()
  })
  const { origin } = new URL(page.address())
  const key = (): string => new URL(page.address()).searchParams.get('key') ?? ''
  const enter = async (): Promise<string> => {
    const response = await fetch(`${origin}/?key=${key()}`)
    return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  }
  const cookie = await enter()
  const post = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(origin + path, {
      method: 'POST',
      headers: { cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return response.json()
  }
  /** All that a person is told from now on. */
  const watch = (user: string): PageEvent[] => {
    const events: PageEvent[] = []
    onTestFinished(feed.connect(user, (event) => events.push(event)))
    return events
  }
  return { slack, clock, feed, origin, address: page.address, key, spent: () => spent, cookie, post, watch, lines }
}
