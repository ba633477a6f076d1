import type { JsonObject } from '../../src/json.ts'
import type { WorkloadKind } from '../../src/clusters/names.ts'

/** A workload's manifest. What its pods do is chosen by the image's tag and by `kubelab/…` annotations of the template. */
export function aManifest(
  kind: WorkloadKind,
  {
    name = 'web',
    image = 'registry.example/shop/web:1.0',
    replicas = 2,
    annotations = {},
  }: { name?: string; image?: string; replicas?: number; annotations?: JsonObject } = {},
): JsonObject {
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, labels },
    spec: {
      ...(kind !== 'DaemonSet' && { replicas }),
      ...(kind === 'StatefulSet' && { serviceName: name }),
      selector: { matchLabels: labels, matchExpressions: [{ key: 'app', operator: 'Exists' }] },
      template: { metadata: { labels, annotations }, spec: { containers: [{ name: 'app', image }] } },
    },
  }
}

export function anAutoscaler(name = 'web'): JsonObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    },
  }
}

/** Lets one group read and patch Deployments of a namespace. */
export function aGrant(group: string): readonly JsonObject[] {
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'changer' },
      rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'patch'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'changer' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'changer' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
    },
  ]
}
