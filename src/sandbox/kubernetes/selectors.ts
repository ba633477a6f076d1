import type { Json, JsonObject } from '../../json.ts'
import { badRequest } from './api-error.ts'
import { at, list, strings, text, texts } from './fields.ts'

export type Predicate = (object: JsonObject) => boolean
export type Labels = Readonly<Record<string, string>>

/** `app=web,tier in (a,b),!canary` → a test on labels. Throws 400 as the server words it. */
export function parseLabelSelector(source: string): (labels: Labels) => boolean {
  const tests = splitOutsideBrackets(source).map(labelTest)
  return (labels) => tests.every((test) => test(labels))
}

function splitOutsideBrackets(source: string): string[] {
  return source
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function labelTest(part: string): (labels: Labels) => boolean {
  const set = /^([^\s!=,()]+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part)
  if (set) {
    const [, key = '', operator, inside = ''] = set
    const values = new Set(inside.split(',').map((value) => value.trim()))
    return operator === 'in'
      ? (labels) => values.has(labels[key] ?? '') && Object.hasOwn(labels, key)
      : (labels) => !Object.hasOwn(labels, key) || !values.has(labels[key] ?? '')
  }
  const equality = /^([^\s!=,()]+)\s*(==|=|!=)\s*([^\s!=,()]*)$/.exec(part)
  if (equality) {
    const [, key = '', operator, value = ''] = equality
    return operator === '!=' ? (labels) => labels[key] !== value : (labels) => labels[key] === value
  }
  const presence = /^(!?)\s*([^\s!=,()]+)$/.exec(part)
  if (presence) {
    const [, not, key = ''] = presence
    return not === '!' ? (labels) => !Object.hasOwn(labels, key) : (labels) => Object.hasOwn(labels, key)
  }
  const found = /^[=!]*/.exec(part)?.[0] || part
  throw badRequest(`found '${found}', expected: !, identifier, or 'end of string'`)
}

/** `matchLabels` and `matchExpressions` of a workload. An absent or empty selector matches nothing here: workloads always have one. */
export function selectorMatcher(selector: Json | undefined): (labels: Labels) => boolean {
  const equal = Object.entries(strings(selector, 'matchLabels'))
  const expressions = list(selector, 'matchExpressions').map((expression) => ({
    key: text(expression, 'key'),
    operator: text(expression, 'operator'),
    values: new Set(texts(expression, 'values')),
  }))
  if (equal.length + expressions.length === 0) return () => false
  return (labels) =>
    equal.every(([key, value]) => labels[key] === value) &&
    expressions.every(({ key, operator, values }) => {
      const value = labels[key]
      if (operator === 'Exists') return value !== undefined
      if (operator === 'DoesNotExist') return value === undefined
      if (operator === 'In') return value !== undefined && values.has(value)
      return value === undefined || !values.has(value)
    })
}

/** A workload's selector as the query text that `/scale` carries. */
export function selectorText(selector: Json | undefined): string {
  const equal = Object.entries(strings(selector, 'matchLabels')).map(([key, value]) => `${key}=${value}`)
  const expressions = list(selector, 'matchExpressions').map((expression) => {
    const key = text(expression, 'key')
    const values = [...texts(expression, 'values')].sort().join(',')
    switch (text(expression, 'operator')) {
      case 'In':
        return `${key} in (${values})`
      case 'NotIn':
        return `${key} notin (${values})`
      case 'DoesNotExist':
        return `!${key}`
      default:
        return key
    }
  })
  return [...equal, ...expressions].sort().join(',')
}

const podFields = [
  'metadata.name',
  'metadata.namespace',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.schedulerName',
  'spec.serviceAccountName',
  'status.phase',
  'status.podIP',
]
const eventFields = [
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'involvedObject.apiVersion',
  'involvedObject.resourceVersion',
  'involvedObject.fieldPath',
  'reason',
  'reportingComponent',
  'source',
  'type',
  'metadata.name',
  'metadata.namespace',
]
const fieldsOf = new Map<string, readonly string[]>([
  ['Pod', podFields],
  ['Event', eventFields],
  ['Namespace', ['metadata.name', 'status.phase']],
  ['Node', ['metadata.name', 'spec.unschedulable']],
  ['ReplicaSet', ['metadata.name', 'metadata.namespace', 'status.replicas']],
  ['Secret', ['metadata.name', 'metadata.namespace', 'type']],
])

/** `metadata.name=web,status.phase!=Failed`; each kind knows only certain fields, and 400 says so. */
export function parseFieldSelector(source: string, kind: string): Predicate {
  const known = fieldsOf.get(kind)
  const tests = splitOutsideBrackets(source).map((part) => {
    const [, field = '', operator, value = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(part) ?? []
    if (operator === undefined) throw badRequest(`invalid selector: '${source}'; can't understand '${part}'`)
    if (known === undefined && field !== 'metadata.name' && field !== 'metadata.namespace')
      throw badRequest(`"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`)
    if (known !== undefined && !known.includes(field)) throw badRequest(`field label not supported: ${field}`)
    const wanted = operator !== '!='
    return (object: JsonObject) => (fieldText(object, field) === value) === wanted
  })
  return (object) => tests.every((test) => test(object))
}

function fieldText(object: JsonObject, field: string): string {
  const found = field === 'source' ? at(object, 'source', 'component') : at(object, ...field.split('.'))
  if (field === 'spec.unschedulable') return String(found === true)
  return found === undefined || found === null || typeof found === 'object' ? '' : String(found)
}
