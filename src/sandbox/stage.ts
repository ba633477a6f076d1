import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../time/clock.ts'
import { readbackYaml, rolesYaml } from './company/files.ts'
import { company } from './company/people.ts'
import { createSlackServer } from './slack/server.ts'
import { worldFrom } from './slack/world/seed.ts'

/** What the rehearsal of a built bot plays on: a workspace, and the files the bot starts with. */
export interface Stage {
  readonly environment: Readonly<Record<string, string>>
  /** Resolves once the bot has answered. */
  play(): Promise<void>
}

const asker = 'U0ANN'

export async function openStage(folder: string): Promise<Stage> {
  const world = worldFrom(company([{ command: '/ops' }]))
  const slack = await createSlackServer({ clock: systemClock, world })
  const config = join(folder, 'readback.yaml')
  const policy = join(folder, 'roles.yaml')
  writeFileSync(config, readbackYaml)
  writeFileSync(policy, rolesYaml)
  return {
    environment: {
      SLACK_BOT_TOKEN: world.app.botToken,
      SLACK_APP_TOKEN: world.app.appToken,
      SLACK_API_URL: slack.apiUrl,
      KUBECONFIG: join(folder, 'kubeconfig'),
      READBACK_CONFIG: config,
      READBACK_POLICY: policy,
      READBACK_DATA: join(folder, 'data'),
      READBACK_HTTP_PORT: '0',
      READBACK_LOG_LEVEL: 'error',
    },
    play: async () => {
      await slack.waitFor(() => slack.sockets.open() > 1)
      for (const line of ['/ops whoami', '/ops help', '/ops whoami']) {
        const before = slack.driver.ephemeralsFor(asker).length
        await slack.driver.typeCommand(asker, 'C0SHOP', line)
        await slack.waitFor(() => slack.driver.ephemeralsFor(asker).length > before)
      }
    },
  }
}
