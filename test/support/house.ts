import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import type { Clock } from '../../src/clock.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Log } from '../../src/log.ts'
import { startReadback } from '../../src/main.ts'
import type { Readback } from '../../src/main.ts'
import { readbackYaml, rolesYaml } from '../../src/sandbox/company/files.ts'
import { company } from '../../src/sandbox/company/people.ts'
import { shop } from '../../src/sandbox/company/workloads.ts'
import { createKubernetesSimulation } from '../../src/sandbox/kubernetes/simulation.ts'
import type { KubernetesSimulation } from '../../src/sandbox/kubernetes/simulation.ts'
import { createSlackServer } from '../../src/sandbox/slack/server.ts'
import type { SlackServer } from '../../src/sandbox/slack/server.ts'
import { worldFrom } from '../../src/sandbox/slack/world/seed.ts'

export interface House {
  readonly slack: SlackServer
  readonly test: KubernetesSimulation
  readonly prod: KubernetesSimulation
  readonly folder: string
  readonly faults: readonly { readonly fields: object; readonly message: string }[]
  bot: Readback
  /** Stops the bot as a signal would, and starts it again on the same folder. */
  restart(): Promise<void>
}

const slashCommands = ['/ops', '/deploy', '/scale', '/rollback', '/logs'].map((command) => ({ command }))

/** The whole product between a sandboxed chat and two simulated clusters, each a real server on loopback; only time may be another. */
export async function aHouse(options: { readonly clock?: Clock; readonly roles?: string; readonly yaml?: string } = {}): Promise<House> {
  const clock = options.clock ?? systemClock
  const folder = mkdtempSync(join(tmpdir(), 'readback-house-'))
  const slack = await createSlackServer({ clock, world: worldFrom(company(slashCommands)), tcpAfterClose: 'ends' })
  const test = createKubernetesSimulation({ clock, name: 'test', seed: shop('test') })
  const prod = createKubernetesSimulation({ clock, name: 'prod', seed: shop('prod') })
  const listening = { test: await test.listen(), prod: await prod.listen() }
  const context = (name: 'test' | 'prod') => ({ name, context: { cluster: name, user: name } })
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: (['test', 'prod'] as const).map((name) => ({ name, cluster: { server: listening[name].url, 'insecure-skip-tls-verify': true } })),
    users: (['test', 'prod'] as const).map((name) => ({ name, user: { token: 'admin' } })),
    contexts: [context('test'), context('prod')],
    'current-context': 'test',
  }
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(kubeconfig))
  writeFileSync(join(folder, 'readback.yaml'), options.yaml ?? readbackYaml)
  writeFileSync(join(folder, 'roles.yaml'), options.roles ?? rolesYaml)
  const environment = {
    SLACK_BOT_TOKEN: slack.world.state.app.botToken,
    SLACK_APP_TOKEN: slack.world.state.app.appToken,
    SLACK_API_URL: slack.apiUrl,
    KUBECONFIG: join(folder, 'kubeconfig'),
    READBACK_CONFIG: join(folder, 'readback.yaml'),
    READBACK_POLICY: join(folder, 'roles.yaml'),
    READBACK_DATA: join(folder, 'data'),
    READBACK_HTTP_PORT: '0',
  }
  const faults: { fields: object; message: string }[] = []
  const quiet = (): void => {}
  const log: Log = { debug: quiet, info: quiet, warn: quiet, error: (fields, message) => faults.push({ fields, message }) }

  const start = async (): Promise<Readback> => {
    const config = await loadConfig(environment, { cwd: folder, home: folder, slack: 'required' })
    const { slack: tokens } = config
    if (!tokens) throw new Error('no tokens')
    return startReadback({ ...config, slack: tokens }, { clock, log, environment, onFatal: (problem) => faults.push({ fields: problem, message: 'fatal' }) })
  }
  const house: House = {
    slack,
    test,
    prod,
    folder,
    faults,
    bot: await start(),
    restart: async () => {
      await house.bot.stop()
      house.bot = await start()
    },
  }
  onTestFinished(async () => {
    await house.bot.stop()
    await slack.stop()
    await Promise.all([test.close(), prod.close()])
    rmSync(folder, { recursive: true, force: true })
  })
  return house
}

/** All that a message shows, as one text. */
export const shownText = (message: { readonly text: string; readonly blocks?: unknown; readonly attachments?: unknown }): string =>
  `${message.text}\n${JSON.stringify(message.blocks ?? [])}\n${JSON.stringify(message.attachments ?? [])}`
