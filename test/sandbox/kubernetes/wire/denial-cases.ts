import type { WireCase } from './wire-case.ts'
import { apps, dry, json, merge, namespace, web, webDetails } from './wire-case.ts'

const denied = (verb: string, what: string, scope: string) =>
  `User "ann" cannot ${verb} resource "${what}" in API group "apps" ${scope}`
const inside = `in the namespace "${namespace}"`
export const deniedCases: readonly WireCase[] = [
  {
    name: 'getting one without the right',
    method: 'GET',
    path: web,
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps "web" is forbidden: ${denied('get', 'deployments', inside)}`,
      details: webDetails,
    },
  },
  {
    name: 'listing without the right',
    method: 'GET',
    path: `${apps}/deployments`,
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps is forbidden: ${denied('list', 'deployments', inside)}`,
      details: { group: 'apps', kind: 'deployments' },
    },
  },
  {
    name: 'listing everywhere without the right',
    method: 'GET',
    path: '/apis/apps/v1/deployments',
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps is forbidden: ${denied('list', 'deployments', 'at the cluster scope')}`,
    },
  },
  {
    name: 'patching without the right',
    method: 'PATCH',
    path: web,
    type: json,
    body: [],
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps "web" is forbidden: ${denied('patch', 'deployments', inside)}`,
    },
  },
  {
    name: 'a dry run without the right',
    method: 'PATCH',
    path: dry,
    type: json,
    body: [],
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps "web" is forbidden: ${denied('patch', 'deployments', inside)}`,
    },
  },
  {
    name: 'scaling without the right',
    method: 'PATCH',
    path: `${web}/scale`,
    type: merge,
    body: {},
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message: `deployments.apps "web" is forbidden: ${denied('patch', 'deployments/scale', inside)}`,
    },
  },
  {
    name: 'a cluster-wide object without the right',
    method: 'GET',
    path: '/api/v1/nodes/node-1',
    as: 'ann',
    expect: {
      code: 403,
      reason: 'Forbidden',
      message:
        'nodes "node-1" is forbidden: User "ann" cannot get resource "nodes" in API group "" at the cluster scope',
      details: { name: 'node-1', kind: 'nodes' },
    },
  },
  {
    name: 'a path without the right',
    method: 'GET',
    path: '/foo',
    as: 'ann',
    expect: { code: 403, reason: 'Forbidden', message: 'forbidden: User "ann" cannot get path "/foo"', details: {} },
  },
  {
    name: 'the version as anybody',
    method: 'GET',
    path: '/version',
    as: 'ann',
    expect: { code: 200, body: { major: '1' } },
  },
]
