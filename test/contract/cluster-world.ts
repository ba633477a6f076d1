import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Cluster, ClusterAccess } from '../../src/clusters/cluster.ts'
import type { ApiClient } from './api-client.ts'

/** One cluster with a way to it under test, and another way to set the scene. */
export interface ClusterWorld {
  readonly cluster: Cluster
  readonly api: ApiClient
  /** Lets time pass there. */
  pass(ms: number): Promise<void>
  close(): Promise<void>
}

export interface ClusterScene {
  readonly world: ClusterWorld
  readonly bot: ClusterAccess
  /** Of one test alone. */
  readonly namespace: string
}

/** One world for a suite, and a fresh namespace in it before each test. */
export function setScenes(
  begin: () => Promise<ClusterWorld>,
  { prefix, onScene }: { readonly prefix: string; readonly onScene: (scene: ClusterScene) => void },
): void {
  let world: ClusterWorld
  beforeAll(async () => {
    world = await begin()
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    const namespace = `${prefix}-${randomBytes(4).toString('hex')}`
    await world.api.post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
    onScene({ world, bot: world.cluster.as('bot'), namespace })
  })
}

/** Looks again and again until it finds what it looks for. */
export async function untilFound<Found>(
  world: ClusterWorld,
  look: () => Promise<Found | undefined | false>,
): Promise<Found> {
  for (let turn = 0; turn < 300; turn += 1) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    await world.pass(100)
  }
  throw new Error('it did not come to that')
}
