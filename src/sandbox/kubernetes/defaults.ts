import type { Json, JsonObject } from '../../json.ts'
import type { Resource } from './resources.ts'
import { compact, isObject, list, put, record, text } from './fields.ts'

/** Fills in what the API server fills in. What is set stays, so defaulting twice changes nothing. */
export function withDefaults(resource: Resource, object: JsonObject): JsonObject {
  switch (resource.kind) {
    case 'Deployment':
      return under(object, 'spec', (spec) =>
        template(
          filled(
            { ...spec, strategy: rolling(record(spec, 'strategy'), { maxUnavailable: '25%', maxSurge: '25%' }) },
            { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 },
          ),
        ),
      )
    case 'ReplicaSet':
      return under(object, 'spec', (spec) => template(filled(spec, { replicas: 1 })))
    case 'StatefulSet':
      return under(object, 'spec', (spec) =>
        template(
          filled(
            { ...spec, updateStrategy: rolling(record(spec, 'updateStrategy'), { partition: 0, maxUnavailable: 1 }) },
            {
              replicas: 1,
              revisionHistoryLimit: 10,
              podManagementPolicy: 'OrderedReady',
              persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
            },
          ),
        ),
      )
    case 'DaemonSet':
      return under(object, 'spec', (spec) =>
        template(
          filled(
            { ...spec, updateStrategy: rolling(record(spec, 'updateStrategy'), { maxUnavailable: 1, maxSurge: 0 }) },
            { revisionHistoryLimit: 10 },
          ),
        ),
      )
    case 'Pod':
      return under(object, 'spec', (spec) => filled(podSpec(spec), { enableServiceLinks: true }))
    case 'HorizontalPodAutoscaler':
      return under(object, 'spec', (spec) => filled(spec, { minReplicas: 1, metrics: [averageCpu] }))
    case 'Namespace':
      return filled(
        put(object, ['metadata', 'labels', 'kubernetes.io/metadata.name'], text(object, 'metadata', 'name')),
        { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } },
      )
    case 'Secret':
      return filled(object, { type: 'Opaque' })
    default:
      return object
  }
}

const averageCpu = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
}

function filled(object: JsonObject, defaults: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...object }
  for (const [key, value] of Object.entries(defaults)) result[key] ??= value
  return result
}

function under(object: JsonObject, key: string, change: (inner: JsonObject) => JsonObject): JsonObject {
  return { ...object, [key]: change(record(object, key)) }
}

function rolling(strategy: JsonObject, limits: JsonObject): JsonObject {
  const type = text(strategy, 'type') || 'RollingUpdate'
  if (type !== 'RollingUpdate') return { ...strategy, type }
  return { ...strategy, type, rollingUpdate: { ...limits, ...record(strategy, 'rollingUpdate') } }
}

function template(spec: JsonObject): JsonObject {
  return under(spec, 'template', (inner) => under({ metadata: {}, ...inner }, 'spec', podSpec))
}

function podSpec(spec: JsonObject): JsonObject {
  const containers = (key: string) => (Array.isArray(spec[key]) ? list(spec, key).map(container) : spec[key])
  return filled(
    compact({ ...spec, initContainers: containers('initContainers'), containers: containers('containers') }),
    {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
    },
  )
}

function container(one: JsonObject): JsonObject {
  const probed: Record<string, Json> = { ...one }
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = one[key]
    if (isObject(probe))
      probed[key] = filled(withProbeTarget(probe), {
        timeoutSeconds: 1,
        periodSeconds: 10,
        successThreshold: 1,
        failureThreshold: 3,
      })
  }
  if (Array.isArray(one['ports'])) probed['ports'] = list(one, 'ports').map((port) => filled(port, { protocol: 'TCP' }))
  return filled(probed, {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy(text(one, 'image')),
  })
}

function withProbeTarget(probe: JsonObject): JsonObject {
  return isObject(probe['httpGet'])
    ? under(probe, 'httpGet', (get) => filled(get, { path: '/', scheme: 'HTTP' }))
    : probe
}

function pullPolicy(image: string): string {
  return /@/.test(image) || (/:[^/]+$/.test(image) && !image.endsWith(':latest')) ? 'IfNotPresent' : 'Always'
}
