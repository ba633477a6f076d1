import type { JsonObject } from '../../json.ts'
import type { Owner } from '../nouns.ts'
import { at, Metadata, objectsIn, text } from './fields.ts'
import { z } from 'zod'

const Described = z.object({ kind: text, metadata: Metadata })

/**
 * Who else writes this object, by the marks they leave on it: labels, annotations, owner references, field managers.
 * `kind` is given for objects of a list, which carry none.
 */
export function ownersOf(object: JsonObject, kind?: string): readonly Owner[] {
  const { metadata, kind: ownKind } = Described.parse(object)
  const { labels, annotations } = metadata
  const managers = new Set(objectsIn(at(object, 'metadata', 'managedFields')).map((entry) => entry['manager']))
  const found: Owner[] = []
  const add = (owner: Owner['kind'], name: string | undefined): void => {
    if (name !== undefined) found.push({ kind: owner, name })
  }

  const instance = labels['app.kubernetes.io/instance'] ?? ''
  add(
    'argo-cd',
    tracked(annotations['argocd.argoproj.io/tracking-id'], kind ?? ownKind, metadata.name) ??
      labels['argocd.argoproj.io/instance'] ??
      (managers.has('argocd-controller') || managers.has('argocd-application-controller') ? instance : undefined),
  )

  const released = labels['helm.toolkit.fluxcd.io/name']
  if (annotations['kustomize.toolkit.fluxcd.io/reconcile'] !== 'disabled') {
    add(
      'flux',
      qualified(labels, 'kustomize.toolkit.fluxcd.io') ??
        qualified(labels, 'helm.toolkit.fluxcd.io') ??
        (managers.has('kustomize-controller') || managers.has('helm-controller') ? instance : undefined),
    )
  }
  const release = annotations['meta.helm.sh/release-name']
  if (released === undefined && (release !== undefined || labels['app.kubernetes.io/managed-by'] === 'Helm'))
    add('helm', release ?? instance)
  add('fleet', annotations['objectset.rio.cattle.io/id'] ?? labels['objectset.rio.cattle.io/hash'])
  add('kapp', labels['kapp.k14s.io/app'])
  for (const owner of metadata.ownerReferences) if (owner.controller) add('controller', `${owner.kind}/${owner.name}`)
  return found
}

/** `app:group/Kind:namespace/name`; an id that names another object was copied along and says nothing about this one. */
function tracked(id: string | undefined, kind: string, name: string): string | undefined {
  const [app, type, object] = id?.split(':') ?? []
  if (app === undefined || type === undefined || object === undefined) return undefined
  const sameKind = kind === '' || type.endsWith(`/${kind}`)
  return sameKind && object.endsWith(`/${name}`) ? app : undefined
}

function qualified(labels: Readonly<Record<string, string>>, prefix: string): string | undefined {
  const name = labels[`${prefix}/name`]
  const namespace = labels[`${prefix}/namespace`]
  return name === undefined || namespace === undefined ? name : `${namespace}/${name}`
}
