import type { JsonObject } from '../../../../src/json.ts'
import { apps, namespace, ns } from './wire-case.ts'

const template = (name: string): JsonObject => ({
  metadata: { labels: { app: name } },
  spec: { containers: [{ name: 'app', image: `registry.example/shop/${name}:1.0` }] },
})
const pod = (name: string, containers: readonly JsonObject[]): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels: { app: name } },
  spec: { containers },
})

/** What must stand in the namespace, as `[collection, manifest]`. */
export const wireSetup: readonly (readonly [string, JsonObject])[] = [
  [
    `${apps}/deployments`,
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace },
      spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: template('web') },
    },
  ],
  [
    `${apps}/statefulsets`,
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace },
      spec: { replicas: 1, serviceName: 'db', selector: { matchLabels: { app: 'db' } }, template: template('db') },
    },
  ],
  [
    `${apps}/daemonsets`,
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent', namespace },
      spec: { selector: { matchLabels: { app: 'agent' } }, template: template('agent') },
    },
  ],
  [`${ns}/pods`, pod('plain', [{ name: 'app', image: 'registry.example/shop/plain:1.0' }])],
  [
    `${ns}/pods`,
    pod('pair', [
      { name: 'app', image: 'registry.example/shop/app:1.0' },
      { name: 'proxy', image: 'registry.example/shop/proxy:1.0' },
    ]),
  ],
  [`${ns}/pods`, pod('absent', [{ name: 'app', image: 'registry.example/shop/app:missing' }])],
]
