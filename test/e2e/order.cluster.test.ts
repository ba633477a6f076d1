import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ordersOn } from '../contract/orders.ts'
import { allowGroup, deploymentNamed } from '../support/clusters.ts'
import { aScene } from '../support/scene.ts'

async function kubeconfig(): Promise<string> {
  const file = process.env['KUBECONFIG']
  if (!file) throw new Error('test:cluster needs KUBECONFIG with contexts test and prod')
  return file
}

ordersOn(kubeconfig)

test("the API server's own audit log names the person, and no group but those of their roles", async () => {
  const file = await kubeconfig()
  const scene = await aScene(file, { impersonate: 'everybody' })
  const { namespace, test: cluster } = scene
  await allowGroup(cluster, namespace, 'readback:developer')
  await cluster.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/deploy web 1.5.0')
  await scene.card('Deploy web on test', 'Rolled out.')
  const patches = readFileSync(join(dirname(file), 'test', 'audit.log'), 'utf8')
    .split('\n')
    .filter(
      (line) =>
        line.includes(`"namespace":"${namespace}"`) &&
        line.includes('"verb":"patch"') &&
        line.includes('"resource":"deployments"'),
    )
    .filter((line) => !line.includes('dryRun=All') && line.includes('readback'))
  expect(patches.length).toBeGreaterThan(0)
  for (const line of patches) {
    const { impersonatedUser } = JSON.parse(line)
    expect(impersonatedUser.username).toBe('readback:U0ANN')
    expect([...impersonatedUser.groups].sort((a: string, b: string) => a.localeCompare(b))).toEqual([
      'readback:developer',
      'readback:viewer',
      'system:authenticated',
    ])
  }
})
