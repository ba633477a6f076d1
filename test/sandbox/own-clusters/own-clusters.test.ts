import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSandbox } from '../../../src/cli/sandbox.ts'
import { openOwnClusters } from '../../../src/sandbox/own-clusters/own-clusters.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const context = (name: string) => ({ name, context: { cluster: 'one', user: 'one' } })
const kubeconfig = {
  clusters: [{ name: 'one', cluster: { server: 'https://127.0.0.1:1' } }],
  users: [{ name: 'one', user: { token: 'letters' } }],
  contexts: [context('Prod EU'), context('prod-eu'), context('???')],
}

function aFile(text: string): string {
  const file = join(temporaryFolder(), 'kubeconfig')
  writeFileSync(file, text)
  return file
}
const open = (file: string) => openOwnClusters(file, { clock: createManualClock(), environment: {} })

test('each context becomes a cluster of a name that can be typed, behind a gate that is shut', async () => {
  const clusters = await open(aFile(JSON.stringify(kubeconfig)))
  expect(clusters.map(({ name }) => name)).toEqual(['prod-eu', 'prod-eu-2', 'cluster'])
  expect(clusters.map((cluster) => cluster.look().changesAllowed)).toEqual([false, false, false])
  clusters[0]?.allowChanges('on')
  expect(clusters.map((cluster) => cluster.look().changesAllowed)).toEqual([true, false, false])
  await Promise.all(clusters.map((cluster) => cluster.close()))
})

test.each([
  ['is not there', () => join(temporaryFolder(), 'kubeconfig'), /kubeconfig: there is no such file$/],
  ['is a folder', folder, /that is a folder$/],
  ['has no contexts', () => aFile('clusters: []'), /there are no contexts in it$/],
  ['is no YAML', () => aFile('{ [ a'), /that is no YAML$/],
])('a file that %s is refused in words', async (_case, file, words) => {
  await expect(open(file())).rejects.toThrow(words)
})

test('a file that is not there ends the command with 2, before anything is opened', async () => {
  const place = join(temporaryFolder(), 'nowhere')
  expect(await startSandbox({ kubeconfig: place, port: 0 })).toBe(2)
})

function folder(): string {
  const path = join(temporaryFolder(), 'folder')
  mkdirSync(path)
  return path
}
