import type { Json, JsonObject } from '../../json.ts'
import type { Resource } from './resources.ts'
import { isList, isObject } from './fields.ts'

/** The fields of the kinds that people change, deep enough to find a misspelt one. `any` is not looked into. */
type Shape = 'any' | { readonly [field: string]: Shape } | { readonly each: Shape }

const any = 'any' as const
const anyOf = (names: string): Readonly<Record<string, Shape>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, any]))

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
const top = (spec: Shape): Shape => ({ apiVersion: any, kind: any, metadata, spec, status: any })

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

/** The object without fields that its kind does not have, and the server's words about each of them. */
export function checkFields(
  resource: Resource,
  object: JsonObject,
): { readonly object: JsonObject; readonly unknown: readonly string[] } {
  const shape = resource.custom ? undefined : shapes[resource.kind]
  if (shape === undefined) return { object, unknown: [] }
  const unknown: string[] = []
  const kept = pruned(object, shape, { path: '', unknown })
  return { object: isObject(kept) ? kept : object, unknown }
}

interface Walk {
  readonly path: string
  readonly unknown: string[]
}

function pruned(value: Json, shape: Shape, walk: Walk): Json {
  if (shape === 'any') return value
  if (isList(value)) {
    const each = shape['each']
    return each === undefined
      ? value
      : value.map((item, index) => pruned(item, each, { ...walk, path: `${walk.path}[${index}]` }))
  }
  if (!isObject(value)) return value
  const result: Record<string, Json> = {}
  for (const [key, member] of Object.entries(value)) {
    const path = walk.path === '' ? key : `${walk.path}.${key}`
    const below = Object.hasOwn(shape, key) ? Object.entries(shape).find(([name]) => name === key)?.[1] : undefined
    if (below === undefined) walk.unknown.push(`unknown field ${JSON.stringify(path)}`)
    else result[key] = pruned(member, below, { ...walk, path })
  }
  return walk.unknown.length === 0 && Object.keys(result).length === Object.keys(value).length
    ? { ...value, ...result }
    : result
}
