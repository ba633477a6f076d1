import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { simulatedClusters } from '../support/clusters.ts'
import { builtBot } from '../support/bot.ts'
import { aWorkspace } from '../support/house.ts'

/** Rights bind everybody but root, so the bot runs as nobody where the tests run as root. */
const nobody = 65_534
const runsAs = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

/** The bot as a process of its own, on a folder whose data it may read and not write. */
async function startOn(files: Readonly<Record<string, string>>) {
  const [bundle, kubeconfig] = await Promise.all([builtBot(), simulatedClusters()])
  const { folder, environment } = await aWorkspace({ kubeconfig })
  for (const path of [folder, dirname(kubeconfig), dirname(bundle)]) chmodSync(path, 0o755)
  const data = join(folder, 'data')
  mkdirSync(data)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(data, name), content)
  for (const name of readdirSync(data)) chmodSync(join(data, name), 0o444)
  if ('uid' in runsAs) chownSync(data, nobody, nobody)
  chmodSync(data, 0o500)
  const child = spawn(process.execPath, [bundle, 'start'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...runsAs,
  })
  const [said] = await Promise.all([text(child.stderr), once(child, 'close')])
  chmodSync(data, 0o700)
  return { code: child.exitCode, said }
}

test('a data folder that may only be read keeps the bot from starting, with what to look at', async () => {
  const { code, said } = await startOn({})
  expect(said).toContain('READBACK_DATA')
  expect(said).toContain('data')
  expect(said).not.toMatch(/^\s+at .*\(/m)
  expect(code).toBe(2)
})

test('so does a journal of an earlier start that may only be read', async () => {
  const { code, said } = await startOn({ 'audit.jsonl': '' })
  expect(said).toContain('READBACK_DATA')
  expect(code).toBe(2)
})
