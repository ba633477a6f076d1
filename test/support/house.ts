import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../src/time/clock.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Disk } from '../../src/disk/durable-file.ts'
import type { Log } from '../../src/log.ts'
import { startReadback } from '../../src/main.ts'
import type { Readback } from '../../src/main.ts'
import { readbackYaml, rolesYaml } from '../../src/sandbox/company/files.ts'
import { company } from '../../src/sandbox/company/people.ts'
import { createSlackServer } from '../../src/sandbox/slack/server.ts'
import type { LimitSettings } from '../../src/sandbox/slack/limits.ts'
import type { SlackServer } from '../../src/sandbox/slack/server.ts'
import { worldFrom } from '../../src/sandbox/slack/world/seed.ts'

export interface House {
  readonly slack: SlackServer
  readonly folder: string
  /** What the bot starts with, as its environment. */
  readonly environment: Readonly<Record<string, string>>
  /** Lines of the log from `error` up: a test that expects none says so. */
  readonly faults: readonly string[]
  bot: Readback
  /** Stops the bot as a signal would, and starts it again on the same folder. */
  restart(): Promise<void>
}

export interface HouseOptions {
  /** With contexts `test` and `prod`. */
  readonly kubeconfig: string
  readonly roles?: string
  readonly yaml?: string
  /** Slack's own unless told. */
  readonly limits?: LimitSettings
  /** What the audit trail is written to. */
  readonly disk?: Disk
  /** Draws charts; without one there is none. */
  readonly painter?: URL
  /** None unless told: webhooks are refused then. */
  readonly alertsToken?: string
}

const slashCommands = ['/ops', '/deploy', '/scale', '/rollback', '/logs', '/metrics'].map((command) => ({ command }))

/** A workspace of the sandbox, and a folder with everything that a bot needs to work in it. */
export async function aWorkspace(options: HouseOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'readback-house-'))
  const slack = await createSlackServer({
    clock: systemClock,
    world: worldFrom(company(slashCommands)),
    tcpAfterClose: 'ends',
    ...(options.limits ? { limits: options.limits } : {}),
  })
  writeFileSync(join(folder, 'readback.yaml'), options.yaml ?? readbackYaml)
  writeFileSync(join(folder, 'roles.yaml'), options.roles ?? rolesYaml)
  onTestFinished(async () => {
    await slack.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const environment = {
    SLACK_BOT_TOKEN: slack.world.state.app.botToken,
    SLACK_APP_TOKEN: slack.world.state.app.appToken,
    SLACK_API_URL: slack.apiUrl,
    KUBECONFIG: options.kubeconfig,
    READBACK_CONFIG: join(folder, 'readback.yaml'),
    READBACK_POLICY: join(folder, 'roles.yaml'),
    READBACK_DATA: join(folder, 'data'),
    READBACK_HTTP_PORT: '0',
    ...(options.alertsToken === undefined ? {} : { ALERTS_TOKEN: options.alertsToken }),
  }
  return { slack, folder, environment }
}

/** The whole bot in this process, between a sandboxed chat and the clusters of a kubeconfig; all of them real servers on loopback. */
export async function aHouse(options: HouseOptions): Promise<House> {
  const { slack, folder, environment } = await aWorkspace(options)
  const faults: string[] = []
  const quiet = (): void => {}
  const log: Log = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (fields, message) =>
      faults.push(`${message} ${'err' in fields ? String(fields.err) : JSON.stringify(fields)}`),
  }
  const start = async (): Promise<Readback> => {
    const config = await loadConfig(environment, { cwd: folder, home: folder, slack: 'required' })
    const { slack: tokens } = config
    if (!tokens) throw new Error('no tokens')
    const onFatal = (problem: object) => faults.push(`fatal ${JSON.stringify(problem)}`)
    const bot = await startReadback(
      { ...config, slack: tokens },
      {
        clock: systemClock,
        log,
        environment,
        onFatal,
        ...(options.disk ? { disk: options.disk } : {}),
        ...(options.painter ? { painter: options.painter } : {}),
      },
    )
    let stopped: Promise<void> | undefined
    return { ...bot, stop: () => (stopped ??= bot.stop()) }
  }
  const house: House = {
    slack,
    folder,
    environment,
    faults,
    bot: await start(),
    restart: async () => {
      await house.bot.stop()
      house.bot = await start()
    },
  }
  onTestFinished(() => house.bot.stop())
  return house
}
