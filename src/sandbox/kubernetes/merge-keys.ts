import type { Json } from '../../json.ts'

/** How strategic merge treats a list, by the name of its field: the tags `patchMergeKey` and `patchStrategy` of the API types. */
export type ListMerge = { readonly key: string } | 'primitive' | 'replace'

const keys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  imagePullSecrets: 'name',
  conditions: 'type',
  ownerReferences: 'uid',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
  addresses: 'type',
  taints: 'key',
  secrets: 'name',
  resourceClaims: 'name',
}

export function listMerge(field: string, parent: Json | undefined): ListMerge {
  if (field === 'finalizers') return 'primitive'
  // Containers have `containerPort`; a Service's ports have `port`.
  if (field === 'ports') return { key: parent === 'container' ? 'containerPort' : 'port' }
  const key = keys[field]
  return key === undefined ? 'replace' : { key }
}

export const isContainerList = (field: string) => /^(c|initC|ephemeralC)ontainers$/.test(field)
