import type { WireCase } from './wire-case.ts'
import { apps, namespace, web, dry, webDetails } from './wire-case.ts'

export const writeCases: readonly WireCase[] = [
  {
    name: 'creating what exists',
    method: 'POST',
    path: `${apps}/deployments`,
    body: {
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'x' }] } },
      },
    },
    expect: {
      code: 409,
      reason: 'AlreadyExists',
      message: 'deployments.apps "web" already exists',
      details: webDetails,
    },
  },
  {
    name: 'creating in a namespace that is not there',
    method: 'POST',
    path: '/api/v1/namespaces/not-there/configmaps',
    body: { metadata: { name: 'a' } },
    expect: {
      code: 404,
      reason: 'NotFound',
      message: 'namespaces "not-there" not found',
      details: { name: 'not-there', kind: 'namespaces' },
    },
  },
  {
    name: 'creating another kind',
    method: 'POST',
    path: `${apps}/deployments`,
    body: { kind: 'Foo', apiVersion: 'v1' },
    expect: {
      code: 400,
      reason: 'BadRequest',
      message:
        /^Foo in version "v1" cannot be handled as a Deployment: no kind "Foo" is registered for version "v1" in scheme /,
    },
  },
  {
    name: 'creating from no JSON',
    method: 'POST',
    path: `${apps}/deployments`,
    body: '{',
    expect: {
      code: 400,
      reason: 'BadRequest',
      message:
        "the object provided is unrecognized (must be of type Deployment): couldn't get version/kind; json parse error: unexpected end of JSON input ({)",
    },
  },
  {
    name: 'creating from text',
    method: 'POST',
    path: `${apps}/deployments`,
    type: 'text/plain',
    body: '{}',
    expect: {
      code: 415,
      reason: 'UnsupportedMediaType',
      message:
        /^the body of the request was in an unknown format - accepted media types include: application\/json, application\/yaml/,
    },
  },
  {
    name: 'deleting another uid',
    method: 'DELETE',
    path: web,
    body: { preconditions: { uid: 'x' } },
    expect: {
      code: 409,
      reason: 'Conflict',
      message:
        /^Operation cannot be fulfilled on Deployment\.apps "web": the UID in the precondition \(x\) does not match the UID in record \([0-9a-f-]{36}\)\. The object might have been deleted and then recreated$/,
    },
  },
  {
    name: 'deleting as a dry run',
    method: 'DELETE',
    path: dry,
    expect: { code: 200, body: { kind: 'Status', status: 'Success' } },
  },
  {
    name: 'reviewing one’s own access',
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: { spec: { resourceAttributes: { namespace, verb: 'patch', group: 'apps', resource: 'deployments' } } },
    as: 'ann',
    expect: { code: 201, body: { kind: 'SelfSubjectAccessReview', status: { allowed: false } } },
  },
]
