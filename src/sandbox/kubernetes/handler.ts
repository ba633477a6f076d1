import type { Clock } from '../../time/clock.ts'
import type { Answer, ApiRequest } from './api-request.ts'
import type { LogBook } from './log-book.ts'
import type { OpenStream } from './open-stream.ts'
import type { ObjectStore } from './object-store.ts'
import type { Authorizer } from './rbac.ts'
import type { Resources } from './resources.ts'
import type { Target } from './routes.ts'
import type { ServerVersion } from './server-version.ts'
import type { Wire } from './wire.ts'
import type { Writes } from './writes.ts'
import { ApiError, forbidden, methodNotAllowed, noSuchRoute, notFound } from './api-error.ts'
import { ok } from './api-request.ts'
import { discoveryAnswer } from './discovery.ts'
import { text } from './fields.ts'
import { listAnswer } from './lists.ts'
import { playLogFile } from './log-file.ts'
import { logOptions } from './log-options.ts'
import { logStream } from './log-stream.ts'
import { createObjectVerbs } from './object-verbs.ts'
import { behaviourOf } from './pod-behaviour.ts'
import { queryFlag } from './query-number.ts'
import { refusal } from './rbac.ts'
import { readReview, reviewed } from './reviews.ts'
import { parseRoute } from './routes.ts'
import { watchStream } from './watch-stream.ts'

export interface HandlerParts {
  readonly clock: Clock
  readonly store: ObjectStore
  readonly writes: Writes
  readonly resources: Resources
  readonly wire: Wire
  readonly version: ServerVersion
  readonly logs: LogBook
  readonly authorize: Authorizer
  /** Whether pods may show a file of this machine as their log. */
  readonly logFiles: 'allowed' | 'refused'
  /** Continue tokens made before this version have expired. */
  readonly oldestContinue: () => number
}

/** One authenticated request → its answer. Throws `ApiError`. */
export function createHandler(parts: HandlerParts): (request: ApiRequest) => Answer {
  const { clock, store, resources, wire, version, logs, authorize } = parts
  const verbs = createObjectVerbs(parts)

  const demandPath = (request: ApiRequest) => {
    const verb = request.method.toLowerCase()
    if (!authorize(request.user, { verb, path: request.path }).allowed)
      throw new ApiError(403, {
        reason: 'Forbidden',
        message: `forbidden: User "${request.user.name}" cannot ${verb} path "${request.path}"`,
        details: {},
      })
  }

  const demand = (request: ApiRequest, target: Target, verb: string) => {
    const { resource, namespace, subresource } = target
    const attributes = {
      verb,
      group: resource.group,
      resource: subresource === '' ? resource.plural : `${resource.plural}/${subresource}`,
      namespace: resource.kind === 'Namespace' && target.name !== '' ? target.name : namespace,
      // A list or watch of one name counts as that name.
      name: target.name || singleName(request.query),
    }
    if (!authorize(request.user, attributes).allowed)
      throw forbidden(resource, { name: target.name, why: refusal(request.user, attributes) })
  }

  const log = (target: Target, request: ApiRequest): Answer => {
    const pod = store.get(target.resource, target.namespace, target.name)
    if (pod === undefined) throw notFound(target.resource, target.name)
    const options = logOptions(request.query, pod, clock.now())
    // A pod that is on no node yet has an empty log.
    if (text(pod, 'spec', 'nodeName') === '') return { kind: 'text', code: 200, body: '' }
    const file = parts.logFiles === 'allowed' ? behaviourOf(pod).logFile : ''
    const computed = logStream({ clock, logs, pod, options })
    const start = (stream: OpenStream) => {
      if (file === '') computed(stream)
      else void playLogFile(file, { clock, options, stream })
    }
    return { kind: 'stream', contentType: 'text/plain', start }
  }

  const read = (target: Target, request: ApiRequest): Answer => {
    const { resource, namespace, name } = target
    if (name === '' && isWatch(request)) {
      const start = watchStream({
        clock,
        store,
        wire,
        resource,
        namespace,
        query: request.query,
        streamsLists: version.streamsLists,
      })
      return { kind: 'stream', contentType: 'application/json', start }
    }
    if (name === '')
      return {
        kind: 'raw',
        body: listAnswer({ store, wire, resource, namespace, oldestContinue: parts.oldestContinue() }, request),
      }
    return target.subresource === 'log' ? log(target, request) : verbs.get(target)
  }

  const act = (target: Target, request: ApiRequest): Answer => {
    const { name } = target
    switch (request.method) {
      case 'GET':
        return read(target, request)
      case 'POST':
        if (name !== '') throw methodNotAllowed()
        return verbs.create(target, request)
      case 'PUT':
        if (name === '') throw methodNotAllowed()
        return verbs.update(target, request)
      case 'PATCH':
        if (name === '') throw methodNotAllowed()
        return verbs.patch(target, request)
      case 'DELETE':
        return name === '' ? verbs.removeMany(target, request) : verbs.remove(target, request)
      default:
        throw methodNotAllowed()
    }
  }

  const review = (request: ApiRequest): Answer => {
    const plural = request.path.split('/').at(-1) ?? ''
    const attributes = { verb: 'create', group: 'authorization.k8s.io', resource: plural, namespace: '', name: '' }
    if (!authorize(request.user, attributes).allowed)
      throw forbidden({ group: 'authorization.k8s.io', plural }, { name: '', why: refusal(request.user, attributes) })
    if (request.method !== 'POST') throw methodNotAllowed()
    return { kind: 'json', code: 201, body: reviewed(readReview(request), request.user, authorize) }
  }

  return (request) => {
    if (/^\/apis\/authorization\.k8s\.io\/v1\/(selfsubjectaccessreviews|subjectaccessreviews)$/.test(request.path))
      return review(request)
    const discovered = request.method === 'GET' ? discoveryAnswer(request.path, resources, version) : undefined
    if (discovered !== undefined) {
      demandPath(request)
      return typeof discovered === 'string' ? { kind: 'text', code: 200, body: discovered } : ok(discovered)
    }
    const target = parseRoute(request.path, resources)
    if (target === undefined) {
      demandPath(request)
      return { kind: 'text', code: 404, body: '404 page not found\n' }
    }
    if (target === 'no-resource') throw noSuchRoute()
    demand(request, target, verbOf(request, target))
    return act(target, request)
  }
}

const isWatch = (request: ApiRequest) => queryFlag(request.query, 'watch')

function verbOf(request: ApiRequest, target: Target): string {
  switch (request.method) {
    case 'GET':
      return target.name !== '' ? 'get' : isWatch(request) ? 'watch' : 'list'
    case 'POST':
      return 'create'
    case 'PUT':
      return 'update'
    case 'DELETE':
      return target.name === '' ? 'deletecollection' : 'delete'
    default:
      return request.method.toLowerCase()
  }
}

function singleName(query: URLSearchParams): string {
  const [, name] = /(?:^|,)metadata\.name==?([^,]+)/.exec(query.get('fieldSelector') ?? '') ?? []
  return name ?? ''
}
