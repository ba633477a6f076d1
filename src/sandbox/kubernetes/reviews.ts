import type { Json, JsonObject } from '../../json.ts'
import type { ApiRequest } from './api-request.ts'
import type { Attributes, Authorizer } from './rbac.ts'
import type { User } from './user.ts'
import { badRequest } from './api-error.ts'
import { at, compact, isObject, record, text, texts } from './fields.ts'
import { authenticated } from './user.ts'

/** SelfSubjectAccessReview and SubjectAccessReview: the same authorizer that guards the requests answers. */
export function reviewed(review: JsonObject, asking: User, authorize: Authorizer): JsonObject {
  const kind = text(review, 'kind') || 'SelfSubjectAccessReview'
  const user =
    kind === 'SubjectAccessReview'
      ? authenticated({ name: text(review, 'spec', 'user'), groups: texts(review, 'spec', 'groups') })
      : asking
  const verdict = authorize(user, attributesOf(record(review, 'spec')))
  return {
    kind,
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: record(review, 'spec'),
    status: compact({ allowed: verdict.allowed, reason: verdict.allowed ? verdict.reason || undefined : undefined }),
  }
}

/** The body of such a request; 400 for what is no object. */
export function readReview({ body }: Pick<ApiRequest, 'body'>): JsonObject {
  try {
    const parsed: Json = JSON.parse(body)
    if (isObject(parsed)) return parsed
  } catch {
    // Answered below, as for a body that is no object.
  }
  throw badRequest("couldn't get version/kind; json parse error: unexpected end of JSON input")
}

function attributesOf(spec: JsonObject): Attributes {
  const resource = spec['resourceAttributes']
  if (isObject(resource)) {
    const subresource = text(resource, 'subresource')
    return {
      verb: text(resource, 'verb'),
      group: text(resource, 'group'),
      resource: subresource === '' ? text(resource, 'resource') : `${text(resource, 'resource')}/${subresource}`,
      namespace: text(resource, 'namespace'),
      name: text(resource, 'name'),
    }
  }
  const path = at(spec, 'nonResourceAttributes', 'path')
  if (typeof path !== 'string')
    throw badRequest('exactly one of nonResourceAttributes or resourceAttributes must be specified')
  return { verb: text(spec, 'nonResourceAttributes', 'verb'), path }
}
