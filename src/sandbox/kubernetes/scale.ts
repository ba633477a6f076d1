import type { JsonObject } from '../../json.ts'
import type { Resource } from './resources.ts'
import { badRequest, conflict, invalid } from './api-error.ts'
import { invalidValue } from './causes.ts'
import { compact, integer, put, record, text } from './fields.ts'
import { nameOf, namespaceOf } from './objects.ts'
import { selectorText } from './selectors.ts'

/** A workload seen through `/scale`: `autoscaling/v1` Scale, with the parent's uid and version. Zero replicas are left out, as Go leaves them out. */
export function scaleOf(workload: JsonObject): JsonObject {
  const replicas = integer(workload, 'spec', 'replicas') ?? 0
  const selector = selectorText(record(workload, 'spec', 'selector'))
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: compact({
      name: nameOf(workload),
      namespace: namespaceOf(workload),
      uid: text(workload, 'metadata', 'uid'),
      resourceVersion: text(workload, 'metadata', 'resourceVersion'),
      creationTimestamp: text(workload, 'metadata', 'creationTimestamp'),
    }),
    spec: replicas === 0 ? {} : { replicas },
    status: compact({ replicas: integer(workload, 'status', 'replicas') ?? 0, selector: selector || undefined }),
  }
}

/** The workload with the replicas of a changed Scale. */
export function scaled(resource: Resource, workload: JsonObject, scale: JsonObject): JsonObject {
  const name = nameOf(workload)
  const version = text(scale, 'metadata', 'resourceVersion')
  if (nameOf(scale) !== name)
    throw badRequest(`the name of the object (${nameOf(scale)}) does not match the name on the URL (${name})`)
  if (version !== '' && version !== text(workload, 'metadata', 'resourceVersion')) throw conflict(resource, name)
  const wanted = record(scale, 'spec')['replicas'] ?? 0
  if (typeof wanted !== 'number')
    throw badRequest(
      `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal ${typeof wanted} into Go struct field ScaleSpec.spec.replicas of type int32`,
    )
  if (wanted < 0)
    throw invalid({ group: 'autoscaling', kind: 'Scale' }, name, [
      invalidValue('spec.replicas', wanted, 'must be greater than or equal to 0'),
    ])
  return put(workload, ['spec', 'replicas'], wanted)
}
