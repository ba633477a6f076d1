import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { slashNamesOf } from '../command-line/slash-names.ts'
import { createCommandLine } from '../command-line/command-line.ts'
import type { Clock } from '../time/clock.ts'
import { commands } from '../../commands/index.ts'
import { createAuditCheck } from './audit-check.ts'
import type { BotProcess } from './bot-process.ts'
import { createBotProcess } from './bot-process.ts'
import type { Language } from './company/files.ts'
import { places } from './company/channels.ts'
import { company } from './company/people.ts'
import { knownTags } from './company/workloads.ts'
import { openMonitoring } from './monitoring.ts'
import { createAccidents } from './page/accidents.ts'
import { pageBot } from './page/bot-view.ts'
import { createCompletion } from './page/completion.ts'
import { createFeed } from './page/feed.ts'
import type { Feed } from './page/feed.ts'
import { createPageServer } from './page/server.ts'
import { createWorkspaceView } from './page/workspace-view.ts'
import { createRunFolder } from './run-folder.ts'
import { freshSecret } from './slack/secret.ts'
import { createSlackServer } from './slack/server.ts'
import { worldFrom } from './slack/world/seed.ts'
import { createStory, firstMinute } from './story.ts'
import { openSurroundings } from './surroundings.ts'

export interface SandboxOptions {
  readonly clock: Clock
  /** Where the run's own folder is made; it goes when the sandbox stops. */
  readonly folder: string
  /** What starts the bot, after Node's own name. */
  readonly program: readonly string[]
  /** The built page. */
  readonly page: string
  readonly port: number
  /** What the bot speaks in channels, and everybody's chat client but of those who have their own. */
  readonly language: Language
  /** The visitor's, by its IANA name. */
  readonly zone: string
  /** The little of the visitor's environment that a program needs to run at all. */
  readonly environment: Readonly<Record<string, string>>
  /** Read for credential plugins, and for nothing else. */
  readonly visitor: Readonly<Record<string, string | undefined>>
  /** Clusters of the visitor's own, behind gates, instead of simulated ones. */
  readonly kubeconfig?: string
  /** The address was used; `address()` is another one now. */
  readonly onSpent: () => void
  /** The bot could not start; what it said. */
  readonly onBroken: (said: string) => void
}

export interface Sandbox {
  /** Opens the page in one browser; then there is another one. */
  readonly address: () => string
  stop(): Promise<void>
}

const slash = slashNamesOf({
  ops: '/ops',
  deploy: '/deploy',
  scale: '/scale',
  rollback: '/rollback',
  logs: '/logs',
  metrics: '/metrics',
})

/** Within so long a bot has started, or never will. */
const startMs = 20_000

/** The whole trial: a chat, two clusters and a page in this process, the bot as it is in its own. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock } = options
  const surroundings = await openSurroundings({
    clock,
    language: options.language,
    environment: options.visitor,
    ...(options.kubeconfig === undefined ? {} : { kubeconfig: options.kubeconfig }),
  })
  const folder = createRunFolder(options.folder)
  const commandLine = createCommandLine({ commands, slash })
  const slack = await createSlackServer({
    clock,
    world: worldFrom({
      ...company(
        commandLine.slashCommands().map(({ slash: command, help }) => ({
          command,
          ...(help === undefined ? {} : { description: help.summary }),
        })),
        { locale: options.language === 'zh' ? 'zh-CN' : 'en-US', zone: options.zone },
      ),
      // Nobody else on this machine speaks for the bot, or reads what it was told.
      app: { botToken: freshSecret('xoxb-'), appToken: freshSecret('xapp-') },
    }),
  })
  const { app, people, team } = slack.world.state
  for (const person of people.filter((one) => one.kind === 'member' && one.team === team.id))
    slack.world.direct(person.id, app.user)

  const { clusters, simulated, own, files } = surroundings
  mkdirSync(join(folder.path, 'data'), { recursive: true })
  let feed: Feed | undefined
  const monitoring = await openMonitoring({ clock, clusters: [...simulated.values()], bot: () => bot.address() })
  const bot: BotProcess = createBotProcess({
    clock,
    program: options.program,
    folder: folder.path,
    environment: {
      ...options.environment,
      SLACK_BOT_TOKEN: app.botToken,
      SLACK_APP_TOKEN: app.appToken,
      SLACK_API_URL: slack.apiUrl,
      KUBECONFIG: folder.write('kubeconfig', files.kubeconfig),
      READBACK_CONFIG: folder.write(
        'readback.yaml',
        own.size > 0 ? files.readbackYaml : files.readbackYaml + monitoring.yaml,
      ),
      READBACK_POLICY: folder.write('roles.yaml', files.rolesYaml),
      READBACK_DATA: join(folder.path, 'data'),
      READBACK_HTTP_HOST: '127.0.0.1',
      READBACK_HTTP_PORT: '0',
      ...monitoring.environment,
    },
    onChange: () => {
      feed?.stir('process')
      const state = bot.state()
      if (state.kind === 'broken') options.onBroken(state.said)
    },
  })
  bot.start()

  const typed: string[] = []
  // Its steps are about the shop.
  const story = createStory(own.size > 0 ? [] : firstMinute, {
    workload: (cluster, name) => {
      const found = clusters
        .find((one) => one.name === cluster)
        ?.workloads()
        .find((one) => one.name === name)
      if (found === undefined) return undefined
      const { tag, wanted, pods } = found
      return { tag, settled: pods.length === wanted && pods.every((pod) => pod.state === 'ready' && pod.tag === tag) }
    },
    typed: () => typed,
    messages: (channel) =>
      slack.messages
        .in(channel)
        .slice(-40)
        .map(({ blocks }) => ({ blocks: blocks ?? [] })),
  })
  const notice = (): void => {
    if (story.notice()) feed?.stir('story')
  }
  const checkAudit = createAuditCheck({
    program: options.program[0] ?? '',
    data: join(folder.path, 'data'),
    environment: options.environment,
  })
  const view = createWorkspaceView(slack)
  const accidents = createAccidents({
    slack,
    bot,
    simulated,
    allowChanges: (name, on) => {
      own.get(name)?.allowChanges(on)
      return own.has(name)
    },
    setMetricsAway: monitoring.setAway,
    changed: () => feed?.stir('clusters'),
    meddled: () => {
      story.remember('meddled')
      notice()
    },
    checkAudit: async (of) => {
      const said = await checkAudit(of)
      if (of === 'trail') story.remember('verified')
      notice()
      return said
    },
  })
  feed = createFeed({
    clock,
    slack,
    view,
    run: randomBytes(6).toString('hex'),
    process: () => pageBot(bot.state(), slack.sockets.open() > 0),
    clusters: () =>
      clusters.map((cluster) => {
        const metricsAway = monitoring.isAway(cluster.name)
        return { ...cluster.look(), ...(metricsAway === undefined ? {} : { metricsAway }) }
      }),
    chatLimited: accidents.chatLimited,
    story,
  })
  for (const cluster of clusters) {
    cluster.onChange(() => {
      feed.stir('clusters')
      notice()
    })
  }
  slack.onChange((change) => {
    if (change.kind === 'message') notice()
  })
  const untilHeard = async (): Promise<void> => {
    if (bot.state().kind !== 'starting') return
    const patience = new Promise<void>((resolve) => clock.after(startMs, resolve))
    // Ends with an error where the sandbox stops meanwhile: nobody waits for it then.
    await Promise.race([patience, slack.waitFor(() => slack.sockets.open() > 0).catch(() => {})])
  }
  const page = await createPageServer({
    clock,
    slack,
    view,
    feed,
    accidents,
    completion: createCompletion({
      commandLine,
      clusters,
      placeOf: (channel) => (own.size > 0 ? {} : (places[channel] ?? {})),
      tags: knownTags,
    }),
    onLine: (line) => {
      typed.push(line)
      if (typed.length > 500) typed.shift()
      notice()
    },
    untilHeard,
    onSpent: options.onSpent,
    files: options.page,
    port: options.port,
  })

  return {
    address: page.address,
    stop: async () => {
      feed.close()
      await Promise.all([page.close(), bot.stop()])
      await monitoring.close()
      await slack.stop()
      await surroundings.close()
      folder.remove()
    },
  }
}
