import type { Json, JsonObject } from '../../src/json.ts'

/** Kubernetes objects as an API server sends them, with what a test says instead of the usual. */
export interface Usual {
  readonly name?: string
  readonly namespace?: string
  readonly uid?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>> | undefined
  readonly ownerReferences?: readonly JsonObject[]
  readonly generation?: number
  readonly deleting?: boolean
}

export interface UsualContainer {
  readonly name?: string
  readonly image?: string
  readonly probe?: boolean
  readonly env?: Readonly<Record<string, string>>
}

export interface UsualTemplate {
  readonly containers?: readonly UsualContainer[]
  readonly initContainers?: readonly UsualContainer[]
  readonly templateAnnotations?: Readonly<Record<string, string>>
}

export interface UsualWorkload extends Usual, UsualTemplate {
  readonly replicas?: number
  readonly paused?: boolean
  readonly strategy?: JsonObject
  readonly spec?: JsonObject
  readonly status?: JsonObject
}

/** `metadata` as every object has it. */
export function metadata(usual: Usual): JsonObject {
  const { name = 'web', namespace = 'shop', uid = `uid-${name}`, generation = 1, labels = { app: name } } = usual
  return {
    name,
    namespace,
    uid,
    generation,
    resourceVersion: '100',
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels,
    ...(usual.annotations ? { annotations: usual.annotations } : {}),
    ...(usual.ownerReferences ? { ownerReferences: usual.ownerReferences } : {}),
    ...(usual.deleting ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
  }
}

export const aContainer = ({
  name = 'web',
  image = 'registry.example/shop/web:1.4.2',
  probe = true,
  env,
}: UsualContainer): JsonObject => ({
  name,
  image,
  imagePullPolicy: 'IfNotPresent',
  resources: {},
  ...(env ? { env: Object.entries(env).map(([variable, value]) => ({ name: variable, value })) } : {}),
  ...(probe ? { readinessProbe: { httpGet: { path: '/', port: 80 } } } : {}),
})

export function aTemplate(
  usual: UsualTemplate & { readonly labels?: Readonly<Record<string, string>> } = {},
): JsonObject {
  const { containers = [{}], initContainers, templateAnnotations, labels = { app: 'web' } } = usual
  return {
    metadata: { labels, ...(templateAnnotations ? { annotations: templateAnnotations } : {}) },
    spec: {
      ...(initContainers ? { initContainers: initContainers.map(aContainer) } : {}),
      containers: containers.map(aContainer),
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
    },
  }
}

const selector = (usual: Usual): JsonObject => ({ matchLabels: { app: usual.name ?? 'web' } })

export function aDeployment(usual: UsualWorkload = {}): JsonObject {
  const { replicas = 4, generation = 1, name = 'web', strategy } = usual
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata({ annotations: { 'deployment.kubernetes.io/revision': '1' }, ...usual }),
    spec: {
      replicas,
      ...(usual.paused ? { paused: true } : {}),
      progressDeadlineSeconds: 600,
      selector: selector(usual),
      strategy: strategy ?? { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: aTemplate({ labels: { app: name }, ...usual }),
      ...usual.spec,
    },
    status: usual.status ?? {
      observedGeneration: generation,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
    },
  }
}

export function aStatefulSet(usual: UsualWorkload = {}): JsonObject {
  const { replicas = 3, generation = 1, name = 'web', strategy } = usual
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadata(usual),
    spec: {
      replicas,
      selector: selector(usual),
      updateStrategy: strategy ?? { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      template: aTemplate({ labels: { app: name }, ...usual }),
      ...usual.spec,
    },
    status: usual.status ?? {
      observedGeneration: generation,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      currentRevision: `${name}-a1`,
      updateRevision: `${name}-a1`,
    },
  }
}

export function aDaemonSet(usual: UsualWorkload = {}): JsonObject {
  const { replicas = 3, generation = 1, name = 'web', strategy } = usual
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadata({ annotations: { 'deprecated.daemonset.template.generation': '1' }, ...usual }),
    spec: {
      selector: selector(usual),
      updateStrategy: strategy ?? { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      template: aTemplate({ labels: { app: name }, ...usual }),
      ...usual.spec,
    },
    status: usual.status ?? {
      observedGeneration: generation,
      desiredNumberScheduled: replicas,
      currentNumberScheduled: replicas,
      updatedNumberScheduled: replicas,
      numberReady: replicas,
      numberAvailable: replicas,
    },
  }
}

export interface UsualAutoscaler extends Usual {
  readonly min?: number
  readonly max?: number
  readonly of?: { readonly kind: string; readonly name: string }
}

export function anAutoscaler(usual: UsualAutoscaler = {}): JsonObject {
  const { min = 4, max = 12, of = { kind: 'Deployment', name: 'web' } } = usual
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata({ uid: 'uid-hpa', ...usual }),
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', ...of }, minReplicas: min, maxReplicas: max, metrics: [] },
    status: { currentReplicas: min, desiredReplicas: min },
  }
}

export interface UsualRevision {
  readonly number: number
  readonly of?: JsonObject
  readonly template: JsonObject
  readonly replicas?: number
}

const controlledBy = (kind: string): readonly JsonObject[] => [
  { apiVersion: 'apps/v1', kind, name: 'web', uid: 'uid-web', controller: true },
]

const withLabel = (template: JsonObject, label: readonly [string, string]): JsonObject => ({
  ...template,
  metadata: { labels: { app: 'web', [label[0]]: label[1] }, ...annotationsOf(template) },
})

const annotationsOf = (template: JsonObject): JsonObject => {
  const { metadata: inner } = template
  const annotations: Json | undefined =
    typeof inner === 'object' && inner !== null && 'annotations' in inner ? inner['annotations'] : undefined
  return annotations === undefined ? {} : { annotations }
}

/** A Deployment's revision; pods of it carry `pod-template-hash: r<number>`. */
export function aReplicaSet({
  number,
  template,
  replicas = 0,
  annotations = {},
}: UsualRevision & { readonly annotations?: Readonly<Record<string, string>> }): JsonObject {
  const hash = `r${number}`
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadata({
      name: `web-${hash}`,
      labels: { app: 'web', 'pod-template-hash': hash },
      annotations: { 'deployment.kubernetes.io/revision': String(number), ...annotations },
      ownerReferences: controlledBy('Deployment'),
    }),
    spec: { replicas, template: withLabel(template, ['pod-template-hash', hash]) },
    status: { replicas, readyReplicas: replicas },
  }
}

/** A StatefulSet's or DaemonSet's revision. */
export function aControllerRevision({
  number,
  template,
  kind,
  createdAt,
  annotations = {},
}: UsualRevision & {
  readonly kind: 'StatefulSet' | 'DaemonSet'
  readonly createdAt?: string
  readonly annotations?: Readonly<Record<string, string>>
}): JsonObject {
  const usual = metadata({ name: `web-a${number}`, annotations, ownerReferences: controlledBy(kind) })
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: { ...usual, ...(createdAt === undefined ? {} : { creationTimestamp: createdAt }) },
    data: { spec: { template: { ...template, $patch: 'replace' } } },
    revision: number,
  }
}
