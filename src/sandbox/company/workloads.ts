import type { JsonObject } from '../../json.ts'

interface Sketch {
  readonly namespace: string
  readonly name: string
  readonly image: string
  readonly replicas: number
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

const template = ({ name, image, labels, annotations }: Sketch): JsonObject => ({
  metadata: { labels: { app: name, ...labels }, ...(annotations ? { annotations } : {}) },
  spec: {
    containers: [
      {
        name,
        image,
        ports: [{ containerPort: 8080 }],
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
        readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
      },
    ],
  },
})

const workload = (kind: string, sketch: Sketch, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: sketch.name, namespace: sketch.namespace, labels: { app: sketch.name, ...sketch.labels } },
  spec: {
    ...(kind === 'DaemonSet' ? {} : { replicas: sketch.replicas }),
    selector: { matchLabels: { app: sketch.name } },
    template: template(sketch),
    ...more,
  },
})

const autoscaler = (namespace: string, name: string, bounds: { readonly min: number; readonly max: number }): JsonObject => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name, namespace },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: bounds.min,
    maxReplicas: bounds.max,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
  },
})

/** What runs on a cluster of the trial; production runs one version behind, with more of everything. */
export function shop(cluster: 'test' | 'prod'): readonly JsonObject[] {
  const many = cluster === 'prod'
  const ready = { 'kubelab/ready-after': many ? '2s' : '1s' }
  const image = (name: string, tag: string) => `registry.example/shop/${name}:${tag}`
  const deployment = (name: string, tag: string, replicas: number) =>
    workload('Deployment', { namespace: 'shop', name, image: image(name, tag), replicas, annotations: ready })
  return [
    deployment('web', many ? '1.4.2' : '1.5.0-rc1', many ? 4 : 2),
    deployment('orders', '2.8.1', many ? 3 : 1),
    deployment('search', '0.9.7', many ? 3 : 1),
    workload('Deployment', {
      namespace: 'pay',
      name: 'payments',
      image: 'registry.example/pay/payments:3.1.0',
      replicas: many ? 3 : 1,
      annotations: { ...ready, 'shop.example/team': '支付' },
    }),
    workload('StatefulSet', { namespace: 'shop', name: 'cart', image: image('cart', '1.1.0'), replicas: many ? 3 : 1, annotations: ready }, { serviceName: 'cart' }),
    workload('DaemonSet', { namespace: 'kube-system', name: 'node-agent', image: 'registry.example/ops/node-agent:7', replicas: 0 }),
    ...(many ? [autoscaler('shop', 'search', { min: 3, max: 8 })] : []),
  ]
}
