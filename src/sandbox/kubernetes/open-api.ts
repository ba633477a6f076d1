import type { JsonObject } from '../../json.ts'
import type { Resources } from './resources.ts'
import { groupVersion } from './resources.ts'

/** Just enough OpenAPI for kubectl to learn that the server checks fields itself; no schemas. */

const addressOf = (name: string) => (name.includes('/') ? `apis/${name}` : `api/${name}`)

export function openApiIndex(resources: Resources): JsonObject {
  const names = [...new Set(resources.all().map(groupVersion))]
  const paths = names.map((name) => [addressOf(name), { serverRelativeURL: `/openapi/v3/${addressOf(name)}` }])
  return { paths: Object.fromEntries(paths) }
}

export function openApiDocument(address: string, resources: Resources): JsonObject | undefined {
  const found = resources.all().filter((resource) => addressOf(groupVersion(resource)) === address)
  if (found.length === 0) return undefined
  const paths = found.map(({ group, version, kind, plural, namespaced }) => {
    const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
      name,
      in: 'query',
      schema: { type: 'string' },
    }))
    const operation = { parameters, responses: {}, 'x-kubernetes-group-version-kind': { group, version, kind } }
    return [`/${address}/${namespaced ? 'namespaces/{namespace}/' : ''}${plural}/{name}`, { patch: operation }]
  })
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'simulated' }, paths: Object.fromEntries(paths) }
}
