import type { JsonObject } from '../../json.ts'
import type { Resources } from './resources.ts'
import type { Writes } from './writes.ts'
import { put, text } from './fields.ts'
import { namespaceOf } from './objects.ts'

/** What a cluster starts with: manifests as one would `kubectl create` them, in that order. Namespaces that they name are made where absent. */
export type Seed = readonly JsonObject[]

export function plant(
  seed: Seed,
  {
    writes,
    resources,
    has,
  }: { readonly writes: Writes; readonly resources: Resources; readonly has: (namespace: string) => boolean },
) {
  const namespaces = resources.of('v1', 'Namespace')
  const options = { manager: 'seed' }
  for (const manifest of seed) {
    const resource = resources.of(text(manifest, 'apiVersion'), text(manifest, 'kind'))
    const namespace = namespaceOf(manifest) || 'default'
    if (resource.namespaced && !has(namespace)) writes.create(namespaces, { metadata: { name: namespace } }, options)
    const placed = resource.namespaced ? put(manifest, ['metadata', 'namespace'], namespace) : manifest
    writes.create(resource, placed, resource.kind === 'Node' ? { ...options, subresource: 'status' } : options)
  }
}

const condition = (type: string, status: string, reason: string): JsonObject => ({ type, status, reason })

/** A node as the kubelet registers it: 32 cores, 128 GiB, 1000 pods. */
export function nodeManifest(
  name: string,
  more: { readonly labels?: JsonObject; readonly taints?: readonly JsonObject[]; readonly version?: string } = {},
): JsonObject {
  const room = { cpu: '32', memory: '128Gi', pods: '1000' }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        ...more.labels,
      },
    },
    spec: more.taints === undefined ? {} : { taints: more.taints },
    status: {
      capacity: room,
      allocatable: room,
      conditions: [
        condition('Ready', 'True', 'KubeletReady'),
        condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
      ],
      addresses: [
        { type: 'InternalIP', address: '127.0.0.1' },
        { type: 'Hostname', address: name },
      ],
      nodeInfo: {
        kubeletVersion: more.version ?? 'v1.37.2',
        operatingSystem: 'linux',
        architecture: 'amd64',
        containerRuntimeVersion: 'containerd://2.1.4',
      },
    },
  }
}
