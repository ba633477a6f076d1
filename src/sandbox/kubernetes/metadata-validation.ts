import type { JsonObject } from '../../json.ts'
import type { Cause } from './api-error.ts'
import type { Resource } from './resources.ts'
import { invalidValue, requiredValue } from './causes.ts'
import { annotationsOf, labelsOf, nameOf } from './objects.ts'

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const namePart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/

/** Faults of name, labels and annotations. */
export function metadataCauses(resource: Resource, object: JsonObject): readonly Cause[] {
  const name = nameOf(object)
  const causes: Cause[] = []
  const rbac = resource.group === 'rbac.authorization.k8s.io'
  if (name === '') causes.push(requiredValue('metadata.name', 'name or generateName is required'))
  else if (resource.kind === 'Namespace' && (name.length > 63 || !label.test(name)))
    causes.push(
      invalidValue(
        'metadata.name',
        name,
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      ),
    )
  else if (!rbac && (name.length > 253 || !subdomain.test(name)))
    causes.push(
      invalidValue(
        'metadata.name',
        name,
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      ),
    )
  for (const [key, value] of Object.entries(labelsOf(object))) {
    causes.push(...keyCauses('metadata.labels', key))
    if (value.length > 63) causes.push(invalidValue('metadata.labels', value, 'must be no more than 63 bytes'))
    else if (!labelValue.test(value))
      causes.push(
        invalidValue(
          'metadata.labels',
          value,
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        ),
      )
  }
  let size = 0
  for (const [key, value] of Object.entries(annotationsOf(object))) {
    causes.push(...keyCauses('metadata.annotations', key))
    size += Buffer.byteLength(key) + Buffer.byteLength(value)
  }
  if (size > 262_144)
    causes.push({
      reason: 'FieldValueInvalid',
      field: 'metadata.annotations',
      message: 'Too long: may not be more than 262144 bytes',
    })
  return causes
}

function keyCauses(field: string, key: string): readonly Cause[] {
  const slash = key.lastIndexOf('/')
  const prefix = slash < 0 ? undefined : key.slice(0, slash)
  const name = key.slice(slash + 1)
  if (prefix !== undefined && !subdomain.test(prefix.toLowerCase()))
    return [
      invalidValue(
        field,
        key,
        'prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters',
      ),
    ]
  if (name.length > 63) return [invalidValue(field, key, 'name part must be no more than 63 bytes')]
  if (namePart.test(name)) return []
  return [
    invalidValue(
      field,
      key,
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ),
  ]
}
