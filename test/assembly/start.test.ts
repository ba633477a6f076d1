import { createServer } from 'node:http'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { en } from '../../src/cards/texts/en.ts'
import { sayStart } from '../../src/cards/start-problem.ts'
import { loadConfig } from '../../src/config/load.ts'
import { ReadbackError } from '../../src/errors.ts'
import type { Log } from '../../src/log.ts'
import { startReadback } from '../../src/main.ts'
import type { Readback, StartParts } from '../../src/main.ts'
import { systemClock } from '../../src/time/clock.ts'
import { simulatedClusters } from '../support/clusters.ts'
import { createFaultyDisk } from '../support/faulty-disk.ts'
import { aWorkspace } from '../support/house.ts'

type Workspace = Awaited<ReturnType<typeof aWorkspace>>

const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

async function start(
  { environment, folder }: Workspace,
  more: Partial<StartParts> & { readonly port?: number } = {},
): Promise<Readback> {
  const { port = 0, ...parts } = more
  const set = { ...environment, READBACK_HTTP_PORT: String(port) }
  const config = await loadConfig(set, { cwd: folder, home: folder, slack: 'required' })
  const { slack } = config
  if (!slack) throw new Error('no tokens')
  const onFatal = (): void => {}
  return startReadback({ ...config, slack }, { clock: systemClock, log: quiet, environment: set, onFatal, ...parts })
}

/** What it says when it cannot start. */
async function refusal(starting: Promise<Readback>): Promise<string> {
  try {
    const bot = await starting
    await bot.stop()
    return 'it started'
  } catch (error) {
    if (error instanceof ReadbackError) return sayStart(error.problem, en)
    throw error
  }
}

/** What would keep the process alive: timers, sockets, watchers of folders. */
const held = (): readonly string[] =>
  process
    .getActiveResourcesInfo()
    .filter((one) => /Timeout|TCP|TLS|FSEvent|Immediate/.test(one))
    .toSorted()

/** Connections to the sandbox's own servers close a moment after those of the bot. */
async function settles(before: readonly string[]): Promise<void> {
  await expect.poll(() => held().length, { timeout: 8_000 }).toBeLessThanOrEqual(before.length)
}

async function takenPort(): Promise<number> {
  const other = createServer()
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const address = other.address()
  return typeof address === 'object' && address ? address.port : 0
}

const fullDisk = () => {
  const disk = createFaultyDisk()
  disk.breakWith('write')
  return disk
}

test.each([
  {
    what: 'the port for health is taken',
    parts: async () => ({ port: await takenPort() }),
    says: /Port \d+ on 127\.0\.0\.1 is in use/,
  },
  {
    what: 'the trail cannot take the record of the start',
    parts: async () => ({ disk: fullDisk() }),
    says: /audit\.jsonl cannot be written/,
  },
])('where $what, nothing stays open, and the next start finds everything free', async ({ parts, says }) => {
  const workspace = await aWorkspace({ kubeconfig: await simulatedClusters() })
  // What is loaded when it is first used stays.
  const warm = await start(workspace)
  await warm.stop()
  const failing = await parts()
  await expect.poll(() => workspace.slack.sockets.connections().length).toBe(0)
  const before = held()
  expect(await refusal(start(workspace, failing))).toMatch(says)
  await expect.poll(() => workspace.slack.sockets.connections().length).toBe(0)
  await settles(before)
  const bot = await start(workspace)
  await bot.stop()
})

test('a policy that cannot be used leaves nothing open either', async () => {
  const workspace = await aWorkspace({ kubeconfig: await simulatedClusters() })
  const file = join(workspace.folder, 'roles.yaml')
  const warm = await start(workspace)
  await warm.stop()
  const before = held()
  rmSync(file)
  expect(await refusal(start(workspace))).toContain('roles.yaml: there is no such file')
  await settles(before)
  writeFileSync(file, 'roles:\n  a: { allow: [{ actions: [status] }] }\n')
  const bot = await start(workspace)
  await bot.stop()
})
