import type { JsonObject } from '../../json.ts'
import type { Cause } from './api-error.ts'
import { badRequest, invalid } from './api-error.ts'
import { forbiddenValue, invalidValue } from './causes.ts'
import { list, text } from './fields.ts'
import { nameOf } from './objects.ts'
import { queryFlag, queryNumber } from './query-number.ts'

/** The query of a pod's log after the API server's checks. */
export interface LogOptions {
  readonly container: string
  readonly follow: boolean
  readonly previous: boolean
  readonly timestamps: boolean
  readonly tailLines?: number
  readonly limitBytes?: number
  /** Epoch ms. */
  readonly since: number
}

export function logOptions(query: URLSearchParams, pod: JsonObject, now: number): LogOptions {
  const tailLines = queryNumber(query, 'tailLines')
  const limitBytes = queryNumber(query, 'limitBytes')
  const sinceSeconds = queryNumber(query, 'sinceSeconds')
  const sinceTime = query.get('sinceTime') ?? ''
  const causes: Cause[] = []
  if (tailLines !== undefined && tailLines < 0)
    causes.push(invalidValue('tailLines', tailLines, 'must be greater than or equal to 0'))
  if (limitBytes !== undefined && limitBytes < 1)
    causes.push(invalidValue('limitBytes', limitBytes, 'must be greater than 0'))
  if (sinceSeconds !== undefined && sinceTime !== '')
    causes.push(forbiddenValue('[]', 'at most one of `sinceTime` or `sinceSeconds` may be specified'))
  else if (sinceSeconds !== undefined && sinceSeconds < 1)
    causes.push(invalidValue('sinceSeconds', sinceSeconds, 'must be greater than 0'))
  if (causes.length > 0) throw invalid({ group: '', kind: 'PodLogOptions' }, nameOf(pod), causes)
  return {
    container: containerOf(pod, query.get('container') ?? ''),
    follow: queryFlag(query, 'follow'),
    previous: queryFlag(query, 'previous'),
    timestamps: queryFlag(query, 'timestamps'),
    since: sinceSeconds === undefined ? parseSince(sinceTime) : now - sinceSeconds * 1000,
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
  }
}

/** The API server hands the moment on to the kubelet in whole seconds: lines of that second come again. */
function parseSince(source: string): number {
  if (source === '') return 0
  const parsed = Date.parse(source)
  if (Number.isNaN(parsed))
    throw badRequest(
      `parsing time ${JSON.stringify(source)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(source)} as "2006"`,
    )
  return Math.floor(parsed / 1000) * 1000
}

function containerOf(pod: JsonObject, wanted: string): string {
  const names = (field: string) => list(pod, 'spec', field).map((one) => text(one, 'name'))
  const main = names('containers')
  const all = [...names('initContainers'), ...main, ...names('ephemeralContainers')]
  if (wanted !== '') {
    if (!all.includes(wanted)) throw badRequest(`container ${wanted} is not valid for pod ${nameOf(pod)}`)
    return wanted
  }
  if (main.length === 1) return main[0] ?? ''
  const inits = names('initContainers')
  const choice =
    inits.length === 0
      ? `[${main.join(' ')}]`
      : `[${main.join(' ')}] or one of the init containers: [${inits.join(' ')}]`
  throw badRequest(`a container name must be specified for pod ${nameOf(pod)}, choose one of: ${choice}`)
}
