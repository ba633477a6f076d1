import type { JsonObject } from '../../json.ts'
import type { Resource } from './resources.ts'
import { withDefaults } from './defaults.ts'
import { compact, integer, put, record, same } from './fields.ts'
import { groupVersion } from './resources.ts'

interface Update {
  readonly proposed: JsonObject
  readonly current: JsonObject
  readonly subresource: string | undefined
}

/** What of an update is taken: `/status` changes only the status, the main resource everything but; the server's own metadata stays. */
export function prepareUpdate(resource: Resource, { proposed, current, subresource }: Update): JsonObject {
  const system = record(current, 'metadata')
  const metadata = compact({
    ...record(proposed, 'metadata'),
    uid: system['uid'],
    creationTimestamp: system['creationTimestamp'],
    deletionTimestamp: system['deletionTimestamp'],
    deletionGracePeriodSeconds: system['deletionGracePeriodSeconds'],
    generation: system['generation'],
    resourceVersion: system['resourceVersion'],
    managedFields: system['managedFields'],
    generateName: system['generateName'],
  })
  if (subresource === 'status')
    return compact({ ...current, metadata: { ...metadata, ...kept(system, 'labels') }, status: proposed['status'] })
  const hasStatus = resource.subresources.includes('status')
  const whole = compact({
    ...proposed,
    apiVersion: groupVersion(resource),
    kind: resource.kind,
    metadata,
    status: hasStatus ? current['status'] : proposed['status'],
  })
  const next = withDefaults(resource, whole)
  const generation = integer(current, 'metadata', 'generation')
  return generation !== undefined && raisesGeneration(resource, next, current)
    ? put(next, ['metadata', 'generation'], generation + 1)
    : next
}

const kept = (metadata: JsonObject, field: string): JsonObject => compact({ [field]: metadata[field] })

const body = (object: JsonObject) => compact({ ...object, metadata: undefined, status: undefined })

function raisesGeneration(resource: Resource, next: JsonObject, current: JsonObject): boolean {
  switch (resource.generation) {
    case 'spec':
      return !same(next['spec'], current['spec'])
    case 'spec-or-annotations':
      return (
        !same(next['spec'], current['spec']) ||
        !same(record(next, 'metadata', 'annotations'), record(current, 'metadata', 'annotations'))
      )
    case 'all-but-status': {
      return !same(body(next), body(current))
    }
    default:
      return false
  }
}
