import type { JsonObject } from '../../../src/json.ts'
import { ownersOf } from '../../../src/clusters/reading/owners.ts'
import { expect, it } from 'vitest'

const object = (metadata: JsonObject): JsonObject => ({
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
})

const cases: readonly [string, JsonObject, readonly string[]][] = [
  ['nobody', { labels: { app: 'web' } }, []],
  [
    'Argo CD by its tracking id',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'store:apps/Deployment:shop/web' } },
    ['argo-cd store'],
  ],
  [
    'nobody by a tracking id that was copied from another object',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'store:apps/Deployment:shop/db' } },
    [],
  ],
  ['Argo CD by its label', { labels: { 'argocd.argoproj.io/instance': 'store' } }, ['argo-cd store']],
  [
    'Argo CD by its field manager',
    { managedFields: [{ manager: 'argocd-controller' }], labels: { 'app.kubernetes.io/instance': 'store' } },
    ['argo-cd store'],
  ],
  [
    'Flux by a Kustomization',
    { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' } },
    ['flux flux-system/apps'],
  ],
  [
    'nobody where Flux was told to keep off',
    {
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' },
      annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' },
    },
    [],
  ],
  [
    'Flux alone for a HelmRelease',
    {
      labels: { 'helm.toolkit.fluxcd.io/name': 'web', 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': 'web' },
    },
    ['flux web'],
  ],
  [
    'Helm',
    { labels: { 'app.kubernetes.io/managed-by': 'Helm' }, annotations: { 'meta.helm.sh/release-name': 'web-prod' } },
    ['helm web-prod'],
  ],
  ['Fleet', { annotations: { 'objectset.rio.cattle.io/id': 'default-web' } }, ['fleet default-web']],
  ['kapp', { labels: { 'kapp.k14s.io/app': '170' } }, ['kapp 170']],
  [
    'an operator',
    {
      ownerReferences: [
        { kind: 'Shop', name: 'main', controller: true },
        { kind: 'Note', name: 'x' },
      ],
    },
    ['controller Shop/main'],
  ],
]
it.each(cases)('written by %s', (_, metadata, expected) => {
  expect(ownersOf(object(metadata)).map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected)
})
