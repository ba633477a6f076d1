import { createEnrich } from '../../../src/alerts/enrichment/enrich.ts'
import type { ChartAsk, Charted } from '../../../src/alerts/enrichment/chart.ts'
import type { Labels } from '../../../src/alerts/alert.ts'
import type { Cluster, Clusters } from '../../../src/clusters/cluster.ts'
import { ClusterName } from '../../../src/clusters/names.ts'
import { isJsonObject } from '../../../src/clusters/reading/fields.ts'
import type { JsonObject } from '../../../src/json.ts'
import type { Operation } from '../../../src/operations/operation.ts'
import { createMemoryStore } from '../../chat/outbox/memory-store.ts'
import { aFiringGroup } from '../../support/alert-group-builder.ts'
import { aDeployment, aReplicaSet, aTemplate } from '../../support/cluster-builder.ts'
import { createFakeCluster } from '../../support/fake-cluster.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { everyState } from '../../support/operation-builder.ts'
import { aPod } from '../../support/pod-builder.ts'

export const noon = Date.UTC(2026, 0, 1, 12)
export const minute = 60_000
const at = (ms: number): string => new Date(ms).toISOString()

export const made = (object: JsonObject, ms: number, name?: string): JsonObject => {
  const known = isJsonObject(object['metadata']) ? object['metadata'] : {}
  return { ...object, metadata: { ...known, creationTimestamp: at(ms), ...(name === undefined ? {} : { name }) } }
}
export const template = (tag: string) => aTemplate({ containers: [{ image: `registry.example/shop/web:${tag}` }] })
export const ownedBy = (kind: string, name: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `uid-${name}`, controller: true }],
})
const crashing = aPod({
  name: 'web-r2-abcde',
  hash: 'r2',
  ready: false,
  restarts: 7,
  waiting: { reason: 'CrashLoopBackOff', message: 'back-off, password=hunter2' },
  crashed: { reason: 'Error', exitCode: 1 },
  ...ownedBy('ReplicaSet', 'web-r2'),
})

export function scene(objects: readonly JsonObject[] = []) {
  const clock = createManualClock(noon)
  const store = createMemoryStore(clock)
  const cluster = createFakeCluster([
    made(
      aDeployment({
        containers: [{ image: 'registry.example/shop/web:1.5.0-crash' }],
        annotations: { 'deployment.kubernetes.io/revision': '2' },
      }),
      noon - 90 * 86_400_000,
    ),
    made(aReplicaSet({ number: 1, template: template('1.4.2') }), noon - 90 * 86_400_000),
    made(aReplicaSet({ number: 2, template: template('1.5.0-crash') }), noon - 10 * minute),
    crashing,
    ...objects,
  ])
  const one: Cluster = {
    name: ClusterName.parse('prod'),
    environment: 'production',
    impersonate: true,
    as: (caller) => {
      if (caller !== 'bot') throw new Error('enrichment reads as the bot')
      return cluster.access
    },
    health: () => ({ state: 'up', since: 0 }),
    close: async () => {},
  }
  const clusters: Clusters = new Map([[one.name, one]])
  const asked: ChartAsk[] = []
  const faults: unknown[] = []
  let charted: Promise<Charted> = Promise.resolve({ kind: 'none', why: 'no_data' })
  const enrich = createEnrich({
    clusters,
    store,
    clock,
    chartOf: (ask) => {
      asked.push(ask)
      return charted
    },
    mask: (text) => text.replaceAll(/password=\S+/g, 'password=***'),
    report: (error) => {
      faults.push(error)
      return `F${faults.length}`
    },
  })
  return {
    clock,
    store,
    cluster,
    asked,
    faults,
    enrich,
    chart: (next: Promise<Charted>) => {
      charted = next
    },
  }
}

export const podLabels: Labels = {
  alertname: 'KubePodCrashLooping',
  cluster: 'prod',
  namespace: 'shop',
  pod: 'web-r2-abcde',
  container: 'web',
}
export const bySubject = { alertname: 'KubePodCrashLooping', cluster: 'prod', namespace: 'shop', deployment: 'web' }
export const aGroup = (labels: readonly Labels[]) => aFiringGroup(labels, { at: noon })
export const workload = { cluster: 'prod', namespace: 'shop', kind: 'Deployment', name: 'web' }

export const succeeded = (more: { readonly startedAt: number; readonly id?: Operation['id'] }): Operation => ({
  ...everyState.succeeded,
  createdAt: more.startedAt,
  ...more,
})
