import type { Connection } from './connection.ts'
import type { Environment } from './settings.ts'
import { isIPv6 } from 'node:net'
import { join } from 'node:path'

/** The pod's own service account: token and CA are files that the kubelet renews. Throws outside a cluster. */
export function inClusterConnection(
  environment: Environment,
  root = '/var/run/secrets/kubernetes.io/serviceaccount',
): Connection {
  const host = environment['KUBERNETES_SERVICE_HOST']
  const port = environment['KUBERNETES_SERVICE_PORT'] ?? '443'
  if (!host) throw new Error('not inside a cluster: KUBERNETES_SERVICE_HOST is not set')
  return {
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    ca: { file: join(root, 'ca.crt') },
    skipVerify: false,
    user: { tokenFile: join(root, 'token') },
  }
}
