import type { Resource, Resources } from './resources.ts'

/** What a URL addresses. */
export interface Target {
  readonly resource: Resource
  /** Empty for cluster-wide objects and for lists over all namespaces. */
  readonly namespace: string
  readonly name: string
  readonly subresource: string
}

/** Undefined when the group is unknown (plain 404), `no-resource` when only the resource is. */
export function parseRoute(path: string, resources: Resources): Target | 'no-resource' | undefined {
  const steps = path.split('/').filter((step) => step !== '')
  const core = steps[0] === 'api'
  const apiVersion = core ? steps[1] : steps.slice(1, 3).join('/')
  if (apiVersion === undefined || (!core && steps[0] !== 'apis') || !resources.hasGroupVersion(apiVersion))
    return undefined
  const rest = steps.slice(core ? 2 : 3)
  const [first = '', namespace = '', plural = ''] = rest
  // `namespaces/shop/pods`, but `namespaces/shop` and `namespaces/shop/status` are about the namespace itself.
  const scoped = first === 'namespaces' && rest.length >= 3 && resources.at(apiVersion, plural)?.namespaced === true
  const [own = '', name = '', subresource = '', tooMuch] = scoped ? rest.slice(2) : rest
  const resource = resources.at(apiVersion, own)
  if (resource === undefined || tooMuch !== undefined) return 'no-resource'
  if (scoped !== resource.namespaced && (scoped || name !== '')) return 'no-resource'
  if (subresource !== '' && !resource.subresources.includes(subresource)) return 'no-resource'
  return { resource, namespace: scoped ? namespace : '', name, subresource }
}
