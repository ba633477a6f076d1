import type { Json, JsonObject } from '../../json.ts'
import type { Revision, Workload } from '../nouns.ts'
import { at, count, isJsonObject, Metadata, objectsIn, without } from './fields.ts'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'

const ReplicaSet = z.object({
  metadata: Metadata,
  spec: z.object({ replicas: count }),
  status: z.object({ readyReplicas: count }).prefault({}),
})
const ControllerRevision = z.object({ metadata: Metadata, revision: count })

/** A Deployment's earlier templates from the ReplicaSets that it controls, oldest first. Foreign ReplicaSets are left out. */
export function readReplicaSets(workload: Workload, objects: readonly JsonObject[]): readonly Revision[] {
  const present = templateOf(at(workload.object, 'spec', 'template'))
  const owned = objects
    .filter((object) => controlledBy(object, workload.uid))
    .map((object) => {
      const { metadata, spec, status } = ReplicaSet.parse(object)
      const number = Number.parseInt(metadata.annotations['deployment.kubernetes.io/revision'] ?? '', 10)
      return {
        ...described(metadata, templateOf(at(object, 'spec', 'template'))),
        number: Number.isNaN(number) ? 0 : number,
        pods: { ready: status.readyReplicas, wanted: spec.replicas },
      }
    })
  // As the controller does: of several with the present template, the oldest is the current one.
  const current = owned
    .filter(({ template }) => isDeepStrictEqual(template, present))
    .sort((a, b) => a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1))[0]
  return sorted(owned.map((revision) => ({ ...revision, current: revision === current })))
}

/** A StatefulSet's or DaemonSet's earlier templates from its ControllerRevisions, oldest first. */
export function readControllerRevisions(workload: Workload, objects: readonly JsonObject[]): readonly Revision[] {
  const owned = objects
    .filter((object) => controlledBy(object, workload.uid))
    .map((object) => {
      const { metadata, revision } = ControllerRevision.parse(object)
      return { ...described(metadata, templateOf(at(object, 'data', 'spec', 'template'))), number: revision }
    })
  // A StatefulSet names its update revision. A DaemonSet does not: its controller gives the present one the highest number.
  const named = at(workload.object, 'status', 'updateRevision')
  const highest = Math.max(...owned.map(({ number }) => number))
  return sorted(
    owned.map((revision) => ({
      ...revision,
      current: typeof named === 'string' ? revision.name === named : revision.number === highest,
    })),
  )
}

function described(metadata: z.infer<typeof Metadata>, template: JsonObject) {
  return {
    name: metadata.name,
    createdAt: metadata.creationTimestamp,
    template,
    images: objectsIn(at(template, 'spec', 'containers')).flatMap(({ image }) =>
      typeof image === 'string' ? [image] : [],
    ),
    changeCause: metadata.annotations['kubernetes.io/change-cause'] ?? '',
    annotations: metadata.annotations,
  }
}

function sorted(revisions: readonly Revision[]): readonly Revision[] {
  return [...revisions].sort((a, b) => a.number - b.number || a.createdAt - b.createdAt)
}

function controlledBy(object: JsonObject, uid: string): boolean {
  return objectsIn(at(object, 'metadata', 'ownerReferences')).some(
    (owner) => owner['controller'] === true && owner['uid'] === uid,
  )
}

/** The template as a user would write it: without the controller's hash label and the stored patch's directive. */
function templateOf(value: Json | undefined): JsonObject {
  if (!isJsonObject(value)) return {}
  const template = without(value, '$patch')
  const { metadata } = template
  if (!isJsonObject(metadata) || !isJsonObject(metadata['labels'])) return template
  return { ...template, metadata: { ...metadata, labels: without(metadata['labels'], 'pod-template-hash') } }
}
