import type { JsonObject } from '../../json.ts'
import type { Cause } from './api-error.ts'
import type { Resource } from './resources.ts'
import { forbiddenValue, invalidValue, requiredValue } from './causes.ts'
import { integer, list, record, same, text } from './fields.ts'
import { metadataCauses } from './metadata-validation.ts'
import { workloadCauses } from './workload-validation.ts'

/** What the server would list in `details.causes`; empty for a valid object. `before` is absent on create. */
export function causesOf(resource: Resource, object: JsonObject, before: JsonObject | undefined): readonly Cause[] {
  const own = resource.custom ? [] : kindCauses(resource.kind, object, before)
  return [...metadataCauses(resource, object), ...own]
}

function kindCauses(kind: string, object: JsonObject, before: JsonObject | undefined): readonly Cause[] {
  switch (kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Pod':
      return workloadCauses(kind, object, before)
    case 'HorizontalPodAutoscaler':
      return autoscalerCauses(object)
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return before === undefined || same(before['roleRef'], object['roleRef'])
        ? []
        : [invalidValue('roleRef', object['roleRef'], 'cannot change roleRef')]
    default:
      return []
  }
}

function autoscalerCauses(object: JsonObject): readonly Cause[] {
  const min = integer(object, 'spec', 'minReplicas')
  const max = integer(object, 'spec', 'maxReplicas') ?? 0
  const target = record(object, 'spec', 'scaleTargetRef')
  const causes: Cause[] = []
  if (target['kind'] === undefined) causes.push(requiredValue('spec.scaleTargetRef.kind'))
  if (target['name'] === undefined) causes.push(requiredValue('spec.scaleTargetRef.name'))
  if (min !== undefined && min < 0)
    causes.push(invalidValue('spec.minReplicas', min, 'must be greater than or equal to 0'))
  if (max < 1) causes.push(invalidValue('spec.maxReplicas', max, 'must be greater than 0'))
  if (min !== undefined && max < min)
    causes.push(invalidValue('spec.maxReplicas', max, 'must be greater than or equal to `minReplicas`'))
  const external = list(object, 'spec', 'metrics').some((metric) =>
    ['Object', 'External'].includes(text(metric, 'type')),
  )
  if (min === 0 && !external)
    causes.push(
      forbiddenValue(
        'spec.metrics',
        'must specify at least one Object or External metric to support scaling to zero replicas',
      ),
    )
  return causes
}
