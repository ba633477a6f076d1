import type { JsonObject } from '../../../src/json.ts'
import { deployment, deployments, mergePatch, shop, startCluster } from './test-cluster.ts'
import { describe, expect, test } from 'vitest'

const rbac = 'rbac.authorization.k8s.io/v1'
const role = (kind: 'Role' | 'ClusterRole', name: string, rules: readonly JsonObject[]): JsonObject => ({
  apiVersion: rbac,
  kind,
  metadata: { name, ...(kind === 'Role' ? { namespace: 'shop' } : {}) },
  rules,
})
const binding = (
  kind: 'RoleBinding' | 'ClusterRoleBinding',
  roleRef: { readonly kind: string; readonly name: string },
  subject: JsonObject,
): JsonObject => ({
  apiVersion: rbac,
  kind,
  metadata: { name: `b-${roleRef.name}`, ...(kind === 'RoleBinding' ? { namespace: 'shop' } : {}) },
  roleRef,
  subjects: [subject],
})
const seed: readonly JsonObject[] = [
  shop,
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bank' } },
  deployment('web'),
  deployment('api'),
  role('ClusterRole', 'impersonator', [
    { apiGroups: [''], resources: ['users'], verbs: ['impersonate'], resourceNames: ['ann', 'bo'] },
    {
      apiGroups: [''],
      resources: ['groups'],
      verbs: ['impersonate'],
      resourceNames: ['readback:sre', 'readback:dev', 'a,b'],
    },
  ]),
  binding('ClusterRoleBinding', { kind: 'ClusterRole', name: 'impersonator' }, { kind: 'User', name: 'bot' }),
  role('Role', 'deployer', [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'patch'] }]),
  binding('RoleBinding', { kind: 'Role', name: 'deployer' }, { kind: 'Group', name: 'readback:sre' }),
  role('Role', 'one', [
    { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list'], resourceNames: ['web'] },
  ]),
  binding('RoleBinding', { kind: 'Role', name: 'one' }, { kind: 'User', name: 'bo' }),
]
const start = () =>
  startCluster({
    seed,
    tokens: { bot: { name: 'bot', groups: [] }, admin: { name: 'root', groups: ['system:masters'] } },
  })
const as = (user: string, groups: string[] = []) => ({
  token: 'bot',
  headers: { 'impersonate-user': user, ...(groups.length === 0 ? {} : { 'impersonate-group': groups }) },
})

describe('who asks', () => {
  test('a token nobody knows is 401; none is anonymous and gets 403', async () => {
    const { call } = await start()
    expect(await call('GET', deployments, { token: 'wrong' })).toMatchObject({
      code: 401,
      body: { reason: 'Unauthorized', message: 'Unauthorized' },
    })
    const { code, body } = await call('GET', deployments, { token: '' })
    expect([code, body['message']]).toEqual([
      403,
      'deployments.apps is forbidden: User "system:anonymous" cannot list resource "deployments" in API group "apps" in the namespace "shop"',
    ])
    expect((await call('GET', '/readyz', { token: '' })).text).toBe('ok')
    expect((await call('GET', '/apis', { token: '' })).code).toBe(403)
  })

  test('an expired token is 401 from then on', async () => {
    const { call, simulation } = await start()
    simulation.tokens.expire('admin')
    expect((await call('GET', deployments)).code).toBe(401)
  })

  test('impersonation needs a right for the user and for every group', async () => {
    const { call } = await start()
    const user = await call('GET', deployments, as('eve'))
    expect([user.code, user.body['message']]).toEqual([
      403,
      'users "eve" is forbidden: User "bot" cannot impersonate resource "users" in API group "" at the cluster scope',
    ])
    const group = await call('GET', deployments, as('ann', ['readback:sre', 'system:masters']))
    expect([group.code, group.body['message']]).toEqual([
      403,
      'groups "system:masters" is forbidden: User "bot" cannot impersonate resource "groups" in API group "" at the cluster scope',
    ])
    expect(
      (await call('GET', deployments, { token: 'bot', headers: { 'impersonate-group': 'readback:sre' } })).code,
    ).toBe(400)
  })

  test('each header line is one group; a line with a comma is a group with a comma', async () => {
    const { call, simulation } = await start()
    expect((await call('GET', deployments, as('ann', ['readback:dev', 'readback:sre']))).code).toBe(200)
    expect((await call('GET', deployments, as('ann', ['a,b']))).code).toBe(403)
    const [both, comma] = simulation.requests().slice(-2)
    expect(both).toMatchObject({
      by: 'bot',
      user: 'ann',
      groups: ['readback:dev', 'readback:sre', 'system:authenticated'],
    })
    expect(comma?.groups).toEqual(['a,b', 'system:authenticated'])
  })

  test('a role holds in its namespace, for its verbs, for its names', async () => {
    const { call } = await start()
    const sre = as('ann', ['readback:sre'])
    const patch = { type: mergePatch, body: { spec: { replicas: 3 } } }
    expect((await call('PATCH', `${deployments}/web`, { ...sre, ...patch })).code).toBe(200)
    expect((await call('PATCH', `${deployments}/web/scale`, { ...sre, ...patch })).code).toBe(403)
    expect((await call('DELETE', `${deployments}/web`, sre)).code).toBe(403)
    expect((await call('GET', '/apis/apps/v1/namespaces/bank/deployments', sre)).code).toBe(403)
    expect((await call('GET', `${deployments}/web`, as('bo'))).code).toBe(200)
    expect((await call('GET', `${deployments}/api`, as('bo'))).code).toBe(403)
    expect((await call('GET', deployments, as('bo'))).code).toBe(403)
    expect((await call('GET', `${deployments}?fieldSelector=metadata.name%3Dweb`, as('bo'))).code).toBe(200)
  })

  test('a review that is none, and an address that is none, are 400 and harm nobody', async () => {
    const { call } = await start()
    const review = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
    for (const body of ['', 'nothing', '[]']) expect((await call('POST', review, { body })).code, body).toBe(400)
    for (const path of ['//', '/api/v1/%zz']) expect((await call('GET', path)).code, path).toBe(400)
    expect((await call('GET', '/version')).code).toBe(200)
  })

  test('an access review answers as the request itself would', async () => {
    const { call } = await start()
    const ask = async (verb: string, namespace: string) => {
      const body = { spec: { resourceAttributes: { namespace, verb, group: 'apps', resource: 'deployments' } } }
      const reply = await call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        ...as('ann', ['readback:sre']),
        body,
      })
      return reply.body['status']
    }
    expect(await ask('patch', 'shop')).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by RoleBinding "b-deployer/shop" of Role "deployer" to Group "readback:sre"',
    })
    expect(await ask('patch', 'bank')).toEqual({ allowed: false })
    expect(await ask('delete', 'shop')).toEqual({ allowed: false })
  })
})
