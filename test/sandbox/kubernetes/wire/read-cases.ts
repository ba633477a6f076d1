import type { WireCase } from './wire-case.ts'
import { apps, ns, web } from './wire-case.ts'

export const readCases: readonly WireCase[] = [
  {
    name: 'one that is not there',
    method: 'GET',
    path: `${apps}/deployments/nope`,
    expect: {
      code: 404,
      reason: 'NotFound',
      message: 'deployments.apps "nope" not found',
      details: { name: 'nope', group: 'apps', kind: 'deployments' },
    },
  },
  {
    name: 'a pod that is not there',
    method: 'GET',
    path: `${ns}/pods/nope`,
    expect: {
      code: 404,
      reason: 'NotFound',
      message: 'pods "nope" not found',
      details: { name: 'nope', kind: 'pods' },
    },
  },
  {
    name: 'a resource that is not there',
    method: 'GET',
    path: `${apps}/foos`,
    expect: { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource', details: {} },
  },
  {
    name: 'a subresource that is not there',
    method: 'GET',
    path: `${web}/nope`,
    expect: { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource', details: {} },
  },
  {
    name: 'a group that is not there',
    method: 'GET',
    path: '/apis/foo.example/v1/foos',
    expect: { code: 404, text: '404 page not found\n' },
  },
  {
    name: 'a list of an empty namespace',
    method: 'GET',
    path: '/apis/apps/v1/namespaces/not-there/deployments',
    expect: { code: 200, body: { kind: 'DeploymentList', apiVersion: 'apps/v1', items: [] } },
  },
  {
    name: 'a field that pods have not',
    method: 'GET',
    path: `${ns}/pods?fieldSelector=foo=bar`,
    expect: { code: 400, reason: 'BadRequest', message: 'field label not supported: foo' },
  },
  {
    name: 'a field that deployments have not',
    method: 'GET',
    path: `${apps}/deployments?fieldSelector=foo=bar`,
    expect: {
      code: 400,
      reason: 'BadRequest',
      message: '"foo" is not a known field selector: only "metadata.name", "metadata.namespace"',
    },
  },
  {
    name: 'a field selector that is none',
    method: 'GET',
    path: `${apps}/deployments?fieldSelector=foo`,
    expect: { code: 400, reason: 'BadRequest', message: "invalid selector: 'foo'; can't understand 'foo'" },
  },
  {
    name: 'a label selector that is none',
    method: 'GET',
    path: `${apps}/deployments?labelSelector==`,
    expect: { code: 400, reason: 'BadRequest', message: "found '=', expected: !, identifier, or 'end of string'" },
  },
  {
    name: 'a continue token that is none',
    method: 'GET',
    path: `${ns}/pods?limit=1&continue=abc`,
    expect: { code: 400, reason: 'BadRequest', message: /^invalid continue token: continue key is not valid: / },
  },
  {
    name: 'a limit that is none',
    method: 'GET',
    path: `${ns}/pods?limit=x`,
    expect: { code: 400, reason: 'BadRequest', message: 'strconv.ParseInt: parsing "x": invalid syntax' },
  },
  {
    name: 'a version of the future',
    method: 'GET',
    path: `${ns}/pods?resourceVersion=99999999`,
    expect: { code: 504, reason: 'Timeout', message: /^Timeout: Too large resource version: 99999999, current: \d+$/ },
  },
  {
    name: 'posting to an object',
    method: 'POST',
    path: web,
    body: {},
    expect: {
      code: 405,
      reason: 'MethodNotAllowed',
      message: 'the server does not allow this method on the requested resource',
      details: {},
    },
  },
  {
    name: 'putting to a list',
    method: 'PUT',
    path: `${apps}/deployments`,
    body: {},
    expect: {
      code: 405,
      reason: 'MethodNotAllowed',
      message: 'the server does not allow this method on the requested resource',
      details: {},
    },
  },
]
