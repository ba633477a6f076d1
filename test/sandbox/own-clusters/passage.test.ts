import { expect, test } from 'vitest'
import { isHarmless, isWayIn } from '../../../src/sandbox/own-clusters/passage.ts'
import { clusterNameOf } from '../../../src/sandbox/own-clusters/own-clusters.ts'

const web = '/apis/apps/v1/namespaces/shop/deployments/web'

test.each([
  ['GET', '/version'],
  ['GET', `${web}?watch=true`],
  ['GET', '/api/v1/namespaces/shop/pods/web-1/log?follow=true'],
  ['GET', '/api/v1/namespaces/proxy/pods/exec'],
  ['PATCH', `${web}?dryRun=All&fieldManager=readback`],
  ['POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'],
])('%s %s changes nothing and passes', (method, url) => {
  expect(isHarmless({ method, url })).toBe(true)
})

test.each([
  ['PATCH', web],
  ['PATCH', `${web}?dryRun=`],
  ['PATCH', `${web}?dryRun=None`],
  ['PATCH', `${web}?dryRun=All&dryRun=`],
  ['PATCH', `${web}?dryrun=All`],
  ['PATCH', `${web}#?dryRun=All`],
  ['PUT', `${web}?dryRun=All`],
  ['DELETE', `${web}?dryRun=All`],
  ['POST', `${web}?dryRun=All`],
  ['POST', '/api/v1/namespaces/shop/pods/web-1/eviction?dryRun=All'],
  ['POST', '/apis/authorization.k8s.io/v1/../../../api/v1/pods'],
  ['GET', '/api/v1/namespaces/shop/pods/web-1/exec?command=sh'],
  ['GET', '/api/v1/namespaces/shop/pods/web-1/%65xec?command=sh'],
  ['GET', '/api/v1/namespaces/shop/services/web/proxy/admin/delete'],
  ['GET', '/api/v1/nodes/node-1/proxy/run'],
  ['GET', '/api/%'],
  ['GET', '//api/v1/pods'],
  ['GET', 'http://elsewhere.example/api'],
])('%s %s may change something and is stopped', (method, url) => {
  expect(isHarmless({ method, url })).toBe(false)
})

test('ways into pods stay shut whatever is allowed', () => {
  expect(isWayIn({ url: '/api/v1/namespaces/shop/pods/web-1/exec' })).toBe(true)
  expect(isWayIn({ url: web })).toBe(false)
})

test('contexts of any name become clusters that can be typed, each another one', () => {
  const taken = new Set<string>()
  const names = ['prod', 'PROD', 'arn:aws:eks:eu-west-1:1:cluster/shop', 'admin@生产', '生产', ''].map((context) => {
    const name = clusterNameOf(context, taken)
    taken.add(name)
    return name
  })
  expect(names).toEqual(['prod', 'prod-2', 'arn-aws-eks-eu-west-1-1-cluster-shop', 'admin', 'cluster', 'cluster-2'])
})
