import type { JsonObject } from '../../json.ts'
import type { Cause } from './api-error.ts'
import { integer, isObject, list, put, record, same, strings, text } from './fields.ts'
import { selectorMatcher } from './selectors.ts'
import { forbiddenValue, invalidValue, requiredValue, unsupportedValue } from './causes.ts'

/** What never changes after creation, beside the selector. */
const fixedFields: Readonly<Record<string, readonly string[]>> = {
  StatefulSet: ['serviceName', 'podManagementPolicy', 'volumeClaimTemplates'],
}

export function workloadCauses(kind: string, object: JsonObject, before: JsonObject | undefined): readonly Cause[] {
  if (kind === 'Pod') return [...podSpecCauses(record(object, 'spec'), 'spec'), ...podChangeCauses(object, before)]
  const causes: Cause[] = []
  const replicas = integer(object, 'spec', 'replicas')
  for (const field of ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'])
    causes.push(...notNegative(object, field))
  const deadline = integer(object, 'spec', 'progressDeadlineSeconds')
  const settle = integer(object, 'spec', 'minReadySeconds') ?? 0
  if (deadline !== undefined && deadline <= settle && replicas !== undefined)
    causes.push(invalidValue('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'))
  const selector = record(object, 'spec', 'selector')
  if (Object.keys(selector).length === 0) causes.push(requiredValue('spec.selector'))
  const labels = strings(object, 'spec', 'template', 'metadata', 'labels')
  if (!selectorMatcher(selector)(labels))
    causes.push(
      invalidValue(
        'spec.template.metadata.labels',
        Object.keys(labels).length === 0 ? null : labels,
        '`selector` does not match template `labels`',
      ),
    )
  causes.push(...podSpecCauses(record(object, 'spec', 'template', 'spec'), 'spec.template.spec'))
  const policy = text(object, 'spec', 'template', 'spec', 'restartPolicy')
  if (policy !== 'Always') causes.push(unsupportedValue('spec.template.spec.restartPolicy', policy, ['Always']))
  causes.push(...strategyCauses(kind, object))
  if (before !== undefined) causes.push(...changeCauses(kind, object, before))
  return causes
}

function notNegative(object: JsonObject, field: string): readonly Cause[] {
  const value = integer(object, 'spec', field)
  return value !== undefined && value < 0
    ? [invalidValue(`spec.${field}`, value, 'must be greater than or equal to 0')]
    : []
}

function strategyCauses(kind: string, object: JsonObject): readonly Cause[] {
  const field = kind === 'Deployment' ? 'strategy' : 'updateStrategy'
  const type = text(object, 'spec', field, 'type')
  const allowed = kind === 'Deployment' ? ['Recreate', 'RollingUpdate'] : ['RollingUpdate', 'OnDelete']
  if (kind !== 'ReplicaSet' && !allowed.includes(type))
    return [strategyFault(kind, record(object, 'spec', field), allowed)]
  if (
    kind === 'Deployment' &&
    type === 'Recreate' &&
    object['spec'] !== undefined &&
    record(object, 'spec', field)['rollingUpdate'] !== undefined
  )
    return [forbiddenValue('spec.strategy.rollingUpdate', "may not be specified when strategy `type` is 'Recreate'")]
  const limits = record(object, 'spec', field, 'rollingUpdate')
  if (kind === 'Deployment' && isZero(limits['maxUnavailable']) && isZero(limits['maxSurge']))
    return [
      invalidValue(
        'spec.strategy.rollingUpdate.maxUnavailable',
        limits['maxUnavailable'],
        'may not be 0 when `maxSurge` is 0',
      ),
    ]
  return []
}

const capital = (members: JsonObject) =>
  Object.fromEntries(Object.entries(members).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]))

/** The server prints its Go struct here, whose fields begin with capitals. */
function strategyFault(kind: string, strategy: JsonObject, allowed: readonly string[]): Cause {
  const limits = strategy['rollingUpdate']
  const shown = { Type: text(strategy, 'type'), RollingUpdate: isObject(limits) ? capital(limits) : null }
  return kind === 'StatefulSet'
    ? invalidValue('spec.updateStrategy', shown, "must be 'RollingUpdate' or 'OnDelete'")
    : unsupportedValue(kind === 'Deployment' ? 'spec.strategy' : 'spec.updateStrategy', shown, allowed)
}

const isZero = (limit: unknown) => limit === 0 || limit === '0' || limit === '0%'

function changeCauses(kind: string, object: JsonObject, before: JsonObject): readonly Cause[] {
  const fixed = ['selector', ...(fixedFields[kind] ?? [])]
  const spec = record(object, 'spec')
  return fixed
    .filter((field) => !same(spec[field], record(before, 'spec')[field]))
    .map((field) => invalidValue(`spec.${field}`, spec[field], 'field is immutable'))
}

function podSpecCauses(spec: JsonObject, path: string): readonly Cause[] {
  const causes: Cause[] = []
  const containers = list(spec, 'containers')
  if (containers.length === 0) causes.push(requiredValue(`${path}.containers`))
  const names = new Set<string>()
  const all = [
    ...list(spec, 'initContainers').map((one, index) => ({ one, at: `${path}.initContainers[${index}]` })),
    ...containers.map((one, index) => ({ one, at: `${path}.containers[${index}]` })),
  ]
  for (const { one, at } of all) {
    const name = text(one, 'name')
    const image = text(one, 'image')
    if (name === '') causes.push(requiredValue(`${at}.name`))
    else if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
      causes.push(
        invalidValue(
          `${at}.name`,
          name,
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        ),
      )
    else if (names.has(name))
      causes.push({
        reason: 'FieldValueDuplicate',
        field: `${at}.name`,
        message: `Duplicate value: ${JSON.stringify(name)}`,
      })
    names.add(name)
    if (image === '') causes.push(requiredValue(`${at}.image`))
    else if (path === 'spec' && image !== image.trim())
      causes.push(invalidValue(`${at}.image`, image, 'must not have leading or trailing whitespace'))
  }
  return causes
}

const unchangeable = (one: JsonObject) => {
  const spec = record(one, 'spec')
  const bare = (key: string) => list(spec, key).map((container) => ({ ...container, image: '' }))
  const fixed = { ...spec, containers: bare('containers'), initContainers: bare('initContainers'), nodeName: '' }
  return ['activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds'].reduce<JsonObject>(
    (left, field) => put(left, [field], undefined),
    fixed,
  )
}

function podChangeCauses(pod: JsonObject, before: JsonObject | undefined): readonly Cause[] {
  if (before === undefined) return []
  return same(unchangeable(pod), unchangeable(before))
    ? []
    : [
        forbiddenValue(
          'spec',
          'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
        ),
      ]
}
