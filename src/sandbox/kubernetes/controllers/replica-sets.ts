import type { JsonObject } from '../../../json.ts'
import { canonical, compact, integer, put, record, same } from '../fields.ts'
import { annotationsOf, controllerReference, labelsOf, nameOf, namespaceOf, timeAt } from '../objects.ts'
import { nameHash } from '../random.ts'

/** ReplicaSets as revisions of a Deployment. */

export const revisionKey = 'deployment.kubernetes.io/revision'
const historyKey = 'deployment.kubernetes.io/revision-history'
const hashLabel = 'pod-template-hash'
const notCopied = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionKey,
  historyKey,
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
])

export const revisionOf = (object: JsonObject) => Number(annotationsOf(object)[revisionKey] ?? 0)

const templateOf = (object: JsonObject) =>
  put(record(object, 'spec', 'template'), ['metadata', 'labels', hashLabel], undefined)

/** The oldest set whose template is the Deployment's, the hash label aside. */
export function findNewSet(deployment: JsonObject, sets: readonly JsonObject[]): JsonObject | undefined {
  const wanted = normalised(templateOf(deployment))
  return [...sets].sort(byAge).find((set) => same(normalised(templateOf(set)), wanted))
}

/** A template read from a set or a Deployment may spell "no metadata" in two ways. */
function normalised(template: JsonObject): JsonObject {
  const metadata = compact({ ...record(template, 'metadata'), creationTimestamp: undefined })
  const labels = record(metadata, 'labels')
  return {
    ...template,
    metadata: compact({ ...metadata, labels: Object.keys(labels).length === 0 ? undefined : labels }),
  }
}

export const byAge = (a: JsonObject, b: JsonObject) =>
  timeAt(a, 'metadata', 'creationTimestamp') - timeAt(b, 'metadata', 'creationTimestamp') ||
  nameOf(a).localeCompare(nameOf(b))

export function newSet(
  deployment: JsonObject,
  size: { replicas: number; max: number; revision: number; salt: string },
): JsonObject {
  const template = templateOf(deployment)
  const hash = nameHash(canonical(template) + size.salt)
  const labels = { ...labelsOf({ metadata: record(template, 'metadata') }), [hashLabel]: hash }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${nameOf(deployment)}-${hash}`,
      namespace: namespaceOf(deployment),
      labels,
      annotations: setAnnotations(deployment, {}, size),
      ownerReferences: [controllerReference(deployment)],
    },
    spec: compact({
      replicas: size.replicas,
      minReadySeconds: record(deployment, 'spec')['minReadySeconds'],
      selector: put(record(deployment, 'spec', 'selector'), ['matchLabels', hashLabel], hash),
      template: put(template, ['metadata', 'labels'], labels),
    }),
  }
}

/** The annotations of a set that is the current revision: the Deployment's, and the bookkeeping. */
export function setAnnotations(
  deployment: JsonObject,
  present: Readonly<Record<string, string>>,
  size: { readonly max: number; readonly revision: number },
): JsonObject {
  const copied = Object.entries(annotationsOf(deployment)).filter(([key]) => !notCopied.has(key))
  const old = present[revisionKey] ?? ''
  const revision = Math.max(size.revision, Number(old || 0))
  const history = (present[historyKey] ?? '').split(',').filter((one) => one !== '')
  if (old !== '' && Number(old) < revision && !history.includes(old)) history.push(old)
  return compact({
    ...present,
    ...Object.fromEntries(copied),
    [revisionKey]: String(revision),
    [historyKey]: history.length === 0 ? undefined : history.join(','),
    'deployment.kubernetes.io/desired-replicas': String(integer(deployment, 'spec', 'replicas') ?? 1),
    'deployment.kubernetes.io/max-replicas': String(size.max),
  })
}
