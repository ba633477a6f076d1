import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../../src/time/clock.ts'
import { createKubernetesSimulation } from '../../../src/sandbox/kubernetes/simulation.ts'
import { openOwnClusters } from '../../../src/sandbox/own-clusters/own-clusters.ts'
import { shop } from '../../../src/sandbox/company/workloads.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const web = '/apis/apps/v1/namespaces/shop/deployments/web'
const patch = JSON.stringify([{ op: 'replace', path: '/spec/replicas', value: 7 }])

async function aGate() {
  const simulation = createKubernetesSimulation({ clock: systemClock, name: 'real', seed: shop('test') })
  const { url } = await simulation.listen()
  const file = join(temporaryFolder(), 'config')
  writeFileSync(file, simulation.kubeconfig(url, 'admin'))
  const [cluster] = await openOwnClusters(file, { clock: systemClock, environment: {} })
  if (cluster === undefined) throw new Error('no cluster')
  onTestFinished(async () => {
    await cluster.close()
    await simulation.close()
  })
  const ask = (path: string, { token = cluster.token, ...init }: RequestInit & { readonly token?: string } = {}) =>
    fetch(cluster.url + path, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json-patch+json' },
    })
  return { simulation, cluster, ask }
}

const replicas = (simulation: Awaited<ReturnType<typeof aGate>>['simulation']) =>
  JSON.stringify(simulation.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' })).match(
    /"replicas":(\d+)/,
  )?.[1]

/** But for what the page asks by itself. */
const asked = (simulation: Awaited<ReturnType<typeof aGate>>['simulation']) =>
  simulation.requests().filter(({ url }) => url !== '/version')

test('reads and dry runs pass with the credential that stands in the file; the bot never sees it', async () => {
  const { simulation, cluster, ask } = await aGate()
  expect(cluster.token).not.toBe('admin')
  expect(await (await ask('/version')).json()).toMatchObject({ gitVersion: simulation.version })
  const dry = await ask(`${web}?dryRun=All`, { method: 'PATCH', body: patch })
  expect(await dry.json()).toMatchObject({ spec: { replicas: 7 } })
  expect(replicas(simulation)).toBe('2')
  expect(simulation.requests().every(({ by }) => by === 'kubernetes-admin')).toBe(true)
})

test('a write is stopped until changes are allowed, and again after', async () => {
  const { simulation, cluster, ask } = await aGate()
  const write = async () => (await ask(web, { method: 'PATCH', body: patch })).status
  expect(await write()).toBe(403)
  expect(asked(simulation)).toEqual([])
  cluster.allowChanges('on')
  expect(cluster.look().changesAllowed).toBe(true)
  expect(await write()).toBe(200)
  expect(replicas(simulation)).toBe('7')
  cluster.allowChanges('off')
  expect(await write()).toBe(403)
})

test('the gate opens for nobody without its token', async () => {
  const { simulation, ask } = await aGate()
  for (const token of ['admin', '', 'wrong']) expect((await ask(web, { token })).status).toBe(401)
  expect(asked(simulation)).toEqual([])
})

test('a watch flows through as it happens', async () => {
  const { simulation, ask } = await aGate()
  const response = await ask('/apis/apps/v1/namespaces/shop/deployments?watch=true')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  simulation.patch(
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    { metadata: { labels: { seen: 'yes' } } },
  )
  let text = ''
  while (!text.includes('"seen":"yes"')) text += (await reader?.read())?.value ?? ''
  await reader?.cancel()
  expect(text).toContain('"type":"MODIFIED"')
})

test('a cluster that is away is answered as such, not by silence', async () => {
  const { simulation, ask } = await aGate()
  await simulation.faults.goDown()
  const response = await ask('/version')
  expect(response.status).toBe(502)
  expect(await response.json()).toMatchObject({ kind: 'Status', message: expect.stringContaining('could not reach') })
})
