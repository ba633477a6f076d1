import type { JsonObject } from '../../json.ts'
import type { ClusterAccess } from '../cluster.ts'
import type { ClusterName, WorkloadKind } from '../names.ts'
import type { KubernetesEvent } from '../nouns.ts'
import type { Client } from './client.ts'
import type { LogParts } from './logs.ts'
import type { WatchParts } from './watch-stream.ts'
import { workloadKinds } from '../names.ts'
import { readAutoscaler } from '../reading/autoscaler.ts'
import { readEvent } from '../reading/event.ts'
import { at, isJsonObject, without } from '../reading/fields.ts'
import { readNode } from '../reading/node.ts'
import { readPod } from '../reading/pod.ts'
import { readControllerRevisions, readReplicaSets } from '../reading/revision.ts'
import { readWorkload } from '../reading/workload.ts'
import { warningsIn } from './answers.ts'
import { flatten } from './batches.ts'
import { readLog } from './logs.ts'
import { resourcePath, workloadResources } from './paths.ts'
import { watchObject } from './watch.ts'
import { watchPods } from './watch-pods.ts'

type AccessParts = LogParts & WatchParts & { readonly cluster: ClusterName; readonly client: Client }

/** Of a namespace with more events than this, the newest are given. */
const eventsKept = 1_000

/** Everything of `ClusterAccess` over one client. */
export function createAccess(parts: AccessParts): ClusterAccess {
  const { cluster, client } = parts

  return {
    version: () =>
      client.within(async (deadline) => {
        const { gitVersion } = await client.get('/version', deadline)
        return typeof gitVersion === 'string' ? gitVersion : ''
      }),
    nodes: () =>
      client.within((deadline) =>
        client.list('/api/v1/nodes', { deadline, keep: (page, all) => [...all, ...page.map(readNode)] }),
      ),
    namespaces: () =>
      client.within((deadline) =>
        client.list<string>('/api/v1/namespaces', {
          deadline,
          keep: (page, all) => [...all, ...page.map((object) => nameOf(object))],
        }),
      ),
    workload: ({ kind, namespace, name }) =>
      client.within(async (deadline) => {
        const path = resourcePath({ apiVersion: 'apps/v1', resource: workloadResources[kind], namespace, name })
        const object = await client.find(path, deadline)
        return object && readWorkload(object, { cluster, kind })
      }),
    workloads: ({ namespace, name, kind }) =>
      client.within(async (deadline) => {
        const kinds = kind === undefined ? workloadKinds : [kind]
        const lists = kinds.map((each) => workloadList(each, namespace, name))
        const found = await Promise.all(
          lists.map(({ kind: each, path, query }) =>
            client.list(path, {
              query,
              deadline,
              keep: (page, all: readonly ReturnType<typeof readWorkload>[]) => [
                ...all,
                ...page.map((object) => slim(readWorkload(object, { cluster, kind: each }))),
              ],
            }),
          ),
        )
        return found.flat()
      }),
    pods: ({ namespace, selector }) =>
      client.within((deadline) =>
        client.list(resourcePath({ apiVersion: 'v1', resource: 'pods', namespace }), {
          query: { labelSelector: selector },
          deadline,
          keep: (page, all) => [...all, ...page.map(readPod)],
        }),
      ),
    revisions: (workload) =>
      client.within(async (deadline) => {
        const { kind, namespace, selector } = workload
        const resource = kind === 'Deployment' ? 'replicasets' : 'controllerrevisions'
        const objects = await client.list<JsonObject>(resourcePath({ apiVersion: 'apps/v1', resource, namespace }), {
          query: { labelSelector: selector },
          deadline,
          keep: (page, all) => [...all, ...page],
        })
        return kind === 'Deployment' ? readReplicaSets(workload, objects) : readControllerRevisions(workload, objects)
      }),
    autoscalers: (namespace) =>
      client.within((deadline) =>
        client.list(resourcePath({ apiVersion: 'autoscaling/v2', resource: 'horizontalpodautoscalers', namespace }), {
          deadline,
          keep: (page, all) => [...all, ...page.map(readAutoscaler)],
        }),
      ),
    events: ({ namespace, about }) =>
      client.within((deadline) =>
        client.list(resourcePath({ apiVersion: 'v1', resource: 'events', namespace }), {
          ...(about && {
            query: { fieldSelector: `involvedObject.kind=${about.kind},involvedObject.name=${about.name}` },
          }),
          deadline,
          keep: (page, all) => newest([...all, ...page.map(readEvent)]),
        }),
      ),
    read: (ref) => client.within((deadline) => client.find(client.pathOf(ref, deadline), deadline)),
    patch: (ref, operations, mode) =>
      client.within(async (deadline) => {
        const { headers, body } = await client.send(
          {
            method: 'PATCH',
            path: await client.pathOf(ref, deadline),
            query: { fieldManager: 'readback', ...(mode === 'dry-run' && { dryRun: 'All' }) },
            body: { type: 'application/json-patch+json', json: JSON.stringify(operations) },
            kind: mode === 'write' ? 'write' : 'read',
          },
          deadline,
        )
        return { object: body, warnings: warningsIn(headers) }
      }),
    mayI: ({ verb, group, resource: asked, namespace, name }) =>
      client.within(async (deadline) => {
        const [resource, subresource] = asked.split('/')
        const { body } = await client.send(
          {
            method: 'POST',
            path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
            body: {
              type: 'application/json',
              json: JSON.stringify({
                apiVersion: 'authorization.k8s.io/v1',
                kind: 'SelfSubjectAccessReview',
                spec: { resourceAttributes: { verb, group, resource, subresource, namespace, name } },
              }),
            },
            kind: 'read',
          },
          deadline,
        )
        return at(body, 'status', 'allowed') === true
      }),
    watch: (ref, signal) => watchObject(parts, ref, signal),
    watchPods: (query, signal) => watchPods(parts, query, signal),
    logs: (query, signal, heed) => flatten(readLog({ ...parts, ...(heed && { heed }) }, query, signal)),
  }
}

function nameOf(object: Parameters<typeof readNode>[0]): string {
  const name = at(object, 'metadata', 'name')
  return typeof name === 'string' ? name : ''
}

/** Field managers are half of an object and of no use in a list; a single workload keeps them. */
function slim<Read extends ReturnType<typeof readWorkload>>(workload: Read): Read {
  const { metadata } = workload.object
  if (!isJsonObject(metadata)) return workload
  return { ...workload, object: { ...workload.object, metadata: without(metadata, 'managedFields') } }
}

function newest(events: readonly KubernetesEvent[]): readonly KubernetesEvent[] {
  return [...events].sort((a, b) => a.lastAt - b.lastAt).slice(-eventsKept)
}

function workloadList(kind: WorkloadKind, namespace: string | undefined, name: string | undefined) {
  const path = resourcePath({ apiVersion: 'apps/v1', resource: workloadResources[kind], namespace })
  return { kind, path, query: name === undefined ? {} : { fieldSelector: `metadata.name=${name}` } }
}
