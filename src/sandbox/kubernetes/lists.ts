import type { ApiRequest } from './api-request.ts'
import type { ObjectStore } from './object-store.ts'
import type { Resource } from './resources.ts'
import type { Predicate } from './selectors.ts'
import type { Wire } from './wire.ts'
import { ApiError, badRequest, expired } from './api-error.ts'
import { labelsOf, nameOf, namespaceOf } from './objects.ts'
import { queryNumber } from './query-number.ts'
import { groupVersion } from './resources.ts'
import { parseFieldSelector, parseLabelSelector } from './selectors.ts'
import { z } from 'zod'

/** The selectors of a list, watch or delete of many. */
export function queryPredicate(query: URLSearchParams, kind: string): Predicate {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '')
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '', kind)
  return (object) => labels(labelsOf(object)) && fields(object)
}

const Continue = z.object({ v: z.literal('meta.k8s.io/v1'), rv: z.number(), start: z.string() })

interface Listing {
  readonly store: ObjectStore
  readonly wire: Wire
  readonly resource: Resource
  readonly namespace: string
  /** Continue tokens made before this version are answered with 410. */
  readonly oldestContinue: number
}

const key = (object: Parameters<Predicate>[0]) => `/${namespaceOf(object)}/${nameOf(object)}`

/** A list as text, page by page where `limit` asks for it. */
export function listAnswer(
  { store, wire, resource, namespace, oldestContinue }: Listing,
  request: Pick<ApiRequest, 'query'>,
): string {
  const { query } = request
  const limit = queryNumber(query, 'limit') ?? 0
  const token = query.get('continue') ?? ''
  checkVersion(query, store.version())
  const from = token === '' ? undefined : parseContinue(token)
  if (from !== undefined && from.rv < oldestContinue)
    throw expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    )
  const matches = queryPredicate(query, resource.kind)
  const all = store
    .list(resource, namespace)
    .filter((object) => matches(object) && (from === undefined || key(object) > from.start))
  const page = limit > 0 ? all.slice(0, limit) : all
  const last = page.at(-1)
  const version = from?.rv ?? store.version()
  const metadata: Record<string, string | number> = { resourceVersion: String(version) }
  if (last !== undefined && page.length < all.length) {
    metadata['continue'] = Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: version, start: key(last) })).toString(
      'base64url',
    )
    // With a selector the server does not count what is left.
    if (!query.get('labelSelector') && !query.get('fieldSelector'))
      metadata['remainingItemCount'] = all.length - page.length
  }
  const head = JSON.stringify({ kind: `${resource.kind}List`, apiVersion: groupVersion(resource), metadata })
  return `${head.slice(0, -1)},"items":[${page.map((object) => wire.item(resource, object)).join(',')}]}`
}

function parseContinue(token: string): z.infer<typeof Continue> {
  try {
    return Continue.parse(JSON.parse(Buffer.from(token, 'base64url').toString()))
  } catch {
    throw badRequest(
      "invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value",
    )
  }
}

/** `resourceVersion` of a read: 500 when it is no number, 504 when it lies in the future. */
export function checkVersion(query: URLSearchParams, current: number): number | undefined {
  const source = query.get('resourceVersion') ?? ''
  if (source === '') return undefined
  if (!/^\d+$/.test(source))
    throw new ApiError(500, {
      message: `resourceVersion: Invalid value: ${JSON.stringify(source)}: strconv.ParseUint: parsing ${JSON.stringify(source)}: invalid syntax`,
    })
  const version = Number(source)
  if (version > current && !query.has('watch'))
    throw new ApiError(504, {
      reason: 'Timeout',
      message: `Timeout: Too large resource version: ${version}, current: ${current}`,
      details: {
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
        retryAfterSeconds: 1,
      },
    })
  return version
}
