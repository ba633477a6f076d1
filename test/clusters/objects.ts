import type { JsonObject } from '../../src/json.ts'
import type { Workload } from '../../src/clusters/nouns.ts'
import { ClusterName } from '../../src/clusters/names.ts'
import { readWorkload } from '../../src/clusters/reading/workload.ts'

export const shop = ClusterName.parse('test')

/** A Deployment as the API server sends it; `changes` lie on top, members of the top level replaced whole. */
export function aDeployment(changes: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'uid-web',
      generation: 3,
      resourceVersion: '100',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { app: 'web' },
      annotations: { 'deployment.kubernetes.io/revision': '2' },
      managedFields: [{ manager: 'kubectl' }],
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      strategy: { type: 'RollingUpdate' },
      template: aTemplate('web:1'),
    },
    status: { observedGeneration: 3, replicas: 2, readyReplicas: 2, updatedReplicas: 1, availableReplicas: 1 },
    ...changes,
  }
}

export function aTemplate(image: string, labels: JsonObject = { app: 'web' }): JsonObject {
  return { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } }
}

export function aWorkload(changes: JsonObject = {}): Workload {
  return readWorkload(aDeployment(changes), { cluster: shop, kind: 'Deployment' })
}

/** A running, ready pod; `status` and `spec` are merged member by member. */
export function aPod({
  metadata = {},
  spec = {},
  status = {},
}: { metadata?: JsonObject; spec?: JsonObject; status?: JsonObject } = {}): JsonObject {
  return {
    metadata: {
      name: 'web-1',
      namespace: 'shop',
      uid: 'uid-1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...metadata,
    },
    spec: { containers: [{ name: 'web', image: 'web:1' }], ...spec },
    status: {
      phase: 'Running',
      conditions: [
        { type: 'Initialized', status: 'True' },
        { type: 'Ready', status: 'True' },
      ],
      containerStatuses: [aContainer({ running: {} })],
      ...status,
    },
  }
}

export function aContainer(state: JsonObject, changes: JsonObject = {}): JsonObject {
  return { name: 'web', ready: 'running' in state, restartCount: 0, state, lastState: {}, ...changes }
}
