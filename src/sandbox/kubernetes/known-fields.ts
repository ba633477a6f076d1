import type { Json, JsonObject } from '../../json.ts'
import type { Resource } from './resources.ts'
import { isList, isObject } from './fields.ts'

/** The fields of the kinds that people change, deep enough to find a misspelt one or a wrong type. What is `free` is not looked into. */
type Leaf = 'free' | 'int32' | 'bool' | 'string' | 'strings'
type Shape = Leaf | { readonly [field: string]: Shape } | { readonly each: Shape }

const free = 'free' as const
const types: Readonly<Record<string, Leaf>> = {
  replicas: 'int32',
  minReadySeconds: 'int32',
  revisionHistoryLimit: 'int32',
  progressDeadlineSeconds: 'int32',
  minReplicas: 'int32',
  maxReplicas: 'int32',
  paused: 'bool',
  image: 'string',
  labels: 'strings',
  annotations: 'strings',
}
const anyOf = (names: string): Readonly<Record<string, Shape>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, types[name] ?? free]))

const container: Shape = anyOf(
  'name image command args workingDir ports envFrom env resources resizePolicy restartPolicy restartPolicyRules volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext stdin stdinOnce tty',
)
const podSpec: Shape = {
  ...anyOf(
    'volumes ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases priorityClassName priority dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates resourceClaims resources hostnameOverride workloadRef schedulingGroup',
  ),
  containers: { each: container },
  initContainers: { each: container },
}
const metadata: Shape = anyOf(
  'name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields',
)
const template: Shape = { metadata, spec: podSpec }
const top = (spec: Shape): Shape => ({ apiVersion: free, kind: free, metadata, spec, status: free })

const shapes: Readonly<Record<string, Shape>> = {
  Deployment: top({
    ...anyOf('replicas selector strategy minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds'),
    template,
  }),
  ReplicaSet: top({ ...anyOf('replicas selector minReadySeconds'), template }),
  StatefulSet: top({
    ...anyOf(
      'replicas selector volumeClaimTemplates serviceName podManagementPolicy updateStrategy revisionHistoryLimit minReadySeconds persistentVolumeClaimRetentionPolicy ordinals',
    ),
    template,
  }),
  DaemonSet: top({ ...anyOf('selector updateStrategy minReadySeconds revisionHistoryLimit'), template }),
  Pod: top(podSpec),
  HorizontalPodAutoscaler: top(anyOf('scaleTargetRef minReplicas maxReplicas metrics behavior')),
}

export interface FieldCheck {
  /** Without fields that its kind does not have. */
  readonly object: JsonObject
  /** The server's words about each of them. */
  readonly unknown: readonly string[]
  /** What Go's decoder says of the first value of a wrong type. */
  readonly fault: string | undefined
}

export function checkFields(resource: Resource, object: JsonObject): FieldCheck {
  const shape = resource.custom ? undefined : shapes[resource.kind]
  if (shape === undefined) return { object, unknown: [], fault: undefined }
  const walk: Walk = { path: '', struct: resource.kind, unknown: [], faults: [] }
  const kept = pruned(object, shape, walk)
  return { object: isObject(kept) ? kept : object, unknown: walk.unknown, fault: walk.faults[0] }
}

interface Walk {
  readonly path: string
  /** The Go type around, as the decoder names it. */
  readonly struct: string
  readonly unknown: string[]
  readonly faults: string[]
}

function pruned(value: Json, shape: Shape, walk: Walk): Json {
  if (typeof shape === 'string') {
    const fault = value === null ? undefined : typeFault(value, shape)
    if (fault !== undefined)
      walk.faults.push(
        `json: cannot unmarshal ${fault} into Go struct field ${walk.struct}.${walk.path.replace(/\[\d+\]/g, '')} of type ${shape === 'strings' ? 'string' : shape}`,
      )
    return value
  }
  if (isList(value)) {
    const each = shape['each']
    return each === undefined
      ? value
      : value.map((item, index) => pruned(item, each, { ...walk, path: `${walk.path}[${index}]`, struct: 'Container' }))
  }
  if (!isObject(value)) return value
  const result: Record<string, Json> = {}
  for (const [key, member] of Object.entries(value)) {
    const path = walk.path === '' ? key : `${walk.path}.${key}`
    const below = Object.entries(shape).find(([name]) => name === key)?.[1]
    if (below === undefined) walk.unknown.push(`unknown field ${JSON.stringify(path)}`)
    else result[key] = pruned(member, below, { ...walk, path, struct: structAt(path, walk.struct) })
  }
  return result
}

function structAt(path: string, around: string): string {
  if (path.endsWith('.metadata') || path === 'metadata') return 'ObjectMeta'
  if (path === 'spec') return `${around}Spec`
  return path.endsWith('.template.spec') ? 'PodSpec' : around
}

/** What the decoder found instead, or undefined when the value fits. */
function typeFault(value: Json, type: Exclude<Shape, object>): string | undefined {
  const found = isList(value)
    ? 'array'
    : isObject(value)
      ? 'object'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value
  switch (type) {
    case 'int32':
      return found === 'number' && !Number.isInteger(value)
        ? `number ${JSON.stringify(value)}`
        : found === 'number'
          ? undefined
          : found
    case 'bool':
    case 'string':
      return found === type ? undefined : found
    case 'strings':
      return isObject(value)
        ? Object.values(value)
            .map((member) => (member === null ? undefined : typeFault(member, 'string')))
            .find((fault) => fault !== undefined)
        : found
    default:
      return undefined
  }
}
