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

const autoscaler = (
  namespace: string,
  name: string,
  bounds: { readonly min: number; readonly max: number },
): JsonObject => ({
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

const registry = 'registry.example'

/** The version that each cluster is at, and how many of it: production runs behind, with more of everything. */
const services = [
  { namespace: 'shop', name: 'web', test: ['1.5.0-rc1', 2], prod: ['1.4.2', 4] },
  { namespace: 'shop', name: 'orders', test: ['2.9.0', 1], prod: ['2.8.1', 3], label: '订单' },
  { namespace: 'shop', name: 'search', test: ['0.9.7', 1], prod: ['0.9.7', 3] },
  { namespace: 'shop', name: 'recommend', test: ['4.2.0', 1], prod: ['4.1.3', 2], label: '推荐' },
  { namespace: 'pay', name: 'payments', test: ['3.1.0', 1], prod: ['3.1.0', 3], label: '支付' },
  { namespace: 'pay', name: 'invoices', test: ['1.0.4', 1], prod: ['1.0.4', 2], label: '发票' },
] as const

/** Tags that the page offers besides those that run; the last ones end badly, each in its own way. */
export const knownTags: Readonly<Record<string, readonly string[]>> = {
  web: ['1.5.0', '1.5.1', '1.6.0-missing', '1.7.0-crash', '1.8.0-neverready', '1.9.0-slow'],
  orders: ['2.9.0', '2.9.1', '3.0.0-crash'],
  search: ['0.9.8', '1.0.0-neverready'],
  recommend: ['4.2.0', '4.3.0-missing'],
  payments: ['3.1.1', '3.2.0-crash'],
  invoices: ['1.0.5'],
  cart: ['1.1.1', '1.2.0-crash'],
}

/** What runs on a cluster of the trial. */
export function shop(cluster: 'test' | 'prod'): readonly JsonObject[] {
  const many = cluster === 'prod'
  const ready = { 'kubelab/ready-after': many ? '1500ms' : '1s', 'kubelab/stop-after': '700ms' }
  const deployments = services.map((service) => {
    const { namespace, name } = service
    const [tag, replicas] = service[cluster]
    const labels = 'label' in service ? { 'shop.example/team': service.name } : {}
    const annotations = 'label' in service ? { ...ready, 'shop.example/display-name': service.label } : ready
    return workload('Deployment', {
      namespace,
      name,
      image: `${registry}/${namespace}/${name}:${tag}`,
      replicas,
      labels,
      annotations,
    })
  })
  return [
    ...deployments,
    workload(
      'StatefulSet',
      {
        namespace: 'shop',
        name: 'cart',
        image: `${registry}/shop/cart:1.1.0`,
        replicas: many ? 3 : 1,
        annotations: ready,
      },
      { serviceName: 'cart' },
    ),
    workload('DaemonSet', {
      namespace: 'kube-system',
      name: 'node-agent',
      image: `${registry}/ops/node-agent:7`,
      replicas: 0,
    }),
    ...(many ? [autoscaler('shop', 'search', { min: 3, max: 8 })] : []),
  ]
}
