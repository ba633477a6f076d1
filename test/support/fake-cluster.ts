import type {
  ClusterAccess,
  KubernetesEvent,
  LogLine,
  LogQuery,
  Patched,
  WatchEvent,
} from '../../src/clusters/cluster.ts'
import { ClusterName } from '../../src/clusters/names.ts'
import type { ObjectRef } from '../../src/clusters/names.ts'
import { ClusterError } from '../../src/clusters/problems.ts'
import type { ClusterProblem } from '../../src/clusters/problems.ts'
import { readAutoscaler } from '../../src/clusters/reading/autoscaler.ts'
import { readPod } from '../../src/clusters/reading/pod.ts'
import { readControllerRevisions, readReplicaSets } from '../../src/clusters/reading/revision.ts'
import { readWorkload } from '../../src/clusters/reading/workload.ts'
import type { JsonObject } from '../../src/json.ts'
import { applyPatch } from '../../src/plans/json-patch.ts'
import { at, isObject, textAt } from '../../src/plans/pointer.ts'
import { EventEmitter, once } from 'node:events'

export const fakeClusterName = ClusterName.parse('prod')

/** Objects in memory behind the port, read by the real readers. What a test does not set up does not happen. */
export interface FakeCluster {
  readonly access: ClusterAccess
  /** Stores an object and tells its watchers. */
  put(object: JsonObject): void
  remove(object: JsonObject): void
  get(ref: ObjectRef): JsonObject | undefined
  /** What admission makes of every object that a patch would store. */
  admit(change: (object: JsonObject) => JsonObject, warnings?: readonly string[]): void
  /** Runs before each patch: the world moving between a read and a patch. */
  beforePatch(task: () => void): void
  /** Makes a method answer with a problem; undefined heals it. */
  break(method: keyof ClusterAccess, problem: ClusterProblem | undefined): void
  /** From now on access reviews say no. */
  forbid(): void
  happen(event: Partial<KubernetesEvent> & { readonly about: KubernetesEvent['about'] }): void
  log(pod: string, lines: readonly string[]): void
  readonly calls: readonly string[]
  readonly logQueries: readonly LogQuery[]
  /** Watches that are open now. */
  watching(): number
}

const keyOf = ({ kind, namespace, name }: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>) =>
  `${kind}/${namespace}/${name}`
const refOf = (object: JsonObject): ObjectRef => ({
  apiVersion: textAt(object, '/apiVersion'),
  kind: textAt(object, '/kind'),
  namespace: textAt(object, '/metadata/namespace'),
  name: textAt(object, '/metadata/name'),
})

const asItIs = (object: JsonObject): JsonObject => object
const nothing = (): void => undefined
const unused = async (): Promise<never> => {
  throw new Error('this fake does not answer that')
}

/** The API server leaves `paused: false` out. */
const stripped = (object: JsonObject): JsonObject => {
  const result =
    at(object, '/spec/paused') === false ? applyPatch(object, [{ op: 'remove', path: '/spec/paused' }]) : undefined
  return result?.ok && isObject(result.value) ? result.value : object
}

export function createFakeCluster(objects: readonly JsonObject[] = []): FakeCluster {
  const stored = new Map(objects.map((object) => [keyOf(refOf(object)), object]))
  const changes = new EventEmitter().setMaxListeners(0)
  const broken = new Map<keyof ClusterAccess, ClusterProblem>()
  const events: KubernetesEvent[] = []
  const logs = new Map<string, readonly string[]>()
  const calls: string[] = []
  const logQueries: LogQuery[] = []
  let admission = asItIs
  let admissionWarnings: readonly string[] = []
  let before = nothing
  let watches = 0
  let allowing = true

  const called = (method: keyof ClusterAccess): void => {
    calls.push(method)
    const problem = broken.get(method)
    if (problem) throw new ClusterError(problem)
  }
  const ofKind = (kind: string, namespace: string) =>
    [...stored.values()].filter(
      (object) => textAt(object, '/kind') === kind && textAt(object, '/metadata/namespace') === namespace,
    )
  const put = (object: JsonObject): void => {
    stored.set(keyOf(refOf(object)), object)
    changes.emit(keyOf(refOf(object)), { type: 'changed', object } satisfies WatchEvent)
  }
  const patched = (
    ref: ObjectRef,
    { operations, mode }: { operations: Parameters<typeof applyPatch>[1]; mode: string },
  ): Patched => {
    before()
    const present = stored.get(keyOf(ref))
    if (!present) throw new ClusterError({ code: 'cluster_not_found', cluster: fakeClusterName, detail: ref.name })
    const result = applyPatch(present, operations)
    if (!result.ok || !isObject(result.value))
      throw new ClusterError({ code: 'cluster_moved', cluster: fakeClusterName })
    const generation = at(result.value, '/metadata/generation')
    const next = applyPatch(result.value, [
      { op: 'replace', path: '/metadata/generation', value: typeof generation === 'number' ? generation + 1 : 1 },
    ])
    const object = stripped(admission(next.ok && isObject(next.value) ? next.value : result.value))
    if (mode === 'write') put(object)
    return { object, warnings: admissionWarnings }
  }

  const access: ClusterAccess = {
    version: unused,
    nodes: unused,
    namespaces: unused,
    workloads: unused,
    mayI: async () => {
      called('mayI')
      return allowing
    },
    workload: async ({ kind, namespace, name }) => {
      called('workload')
      const object = stored.get(keyOf({ kind, namespace, name }))
      return object && readWorkload(object, { cluster: fakeClusterName, kind })
    },
    pods: async ({ namespace, selector }) => {
      called('pods')
      const wanted = selector.split(',').map((term) => term.split('='))
      return ofKind('Pod', namespace)
        .map(readPod)
        .filter(({ labels }) => wanted.every(([key = '', value]) => labels[key] === value))
    },
    revisions: async (workload) => {
      called('revisions')
      return workload.kind === 'Deployment'
        ? readReplicaSets(workload, ofKind('ReplicaSet', workload.namespace))
        : readControllerRevisions(workload, ofKind('ControllerRevision', workload.namespace))
    },
    autoscalers: async (namespace) => {
      called('autoscalers')
      return ofKind('HorizontalPodAutoscaler', namespace).map(readAutoscaler)
    },
    events: async ({ about }) => {
      called('events')
      return events.filter((event) => about === undefined || keyOfEvent(event.about) === keyOfEvent(about))
    },
    read: async (ref) => {
      called('read')
      return stored.get(keyOf(ref))
    },
    patch: async (ref, operations, mode) => {
      called('patch')
      return patched(ref, { operations, mode })
    },
    watch: async function* (ref, signal) {
      called('watch')
      watches += 1
      const queue: WatchEvent[] = []
      const bell = new EventEmitter()
      const listen = (event: WatchEvent): void => {
        queue.push(event)
        bell.emit('ring')
      }
      changes.on(keyOf(ref), listen)
      try {
        const present = stored.get(keyOf(ref))
        if (present) yield { type: 'changed', object: present }
        while (!signal.aborted) {
          const event = queue.shift()
          if (event) yield event
          else await once(bell, 'ring', { signal }).catch(() => undefined)
        }
      } finally {
        changes.off(keyOf(ref), listen)
        watches -= 1
      }
    },
    watchPods: async function* () {
      called('watchPods')
      yield await unused()
    },
    logs: async function* (query): AsyncIterable<LogLine> {
      called('logs')
      logQueries.push(query)
      for (const text of (logs.get(query.pod) ?? []).slice(-(query.tailLines ?? Infinity)))
        yield { stamp: '2026-01-01T00:00:00Z', text }
    },
  }

  return {
    access,
    put,
    remove: (object) => {
      stored.delete(keyOf(refOf(object)))
      changes.emit(keyOf(refOf(object)), { type: 'deleted', object } satisfies WatchEvent)
    },
    get: (ref) => stored.get(keyOf(ref)),
    admit: (change, warnings = []) => {
      admission = change
      admissionWarnings = warnings
    },
    beforePatch: (task) => {
      before = task
    },
    break: (method, problem) => {
      if (problem) broken.set(method, problem)
      else broken.delete(method)
    },
    forbid: () => {
      allowing = false
    },
    happen: (event) => {
      events.push({ type: 'Warning', reason: '', message: '', count: 1, firstAt: 0, lastAt: 0, ...event })
    },
    log: (pod, lines) => {
      logs.set(pod, lines)
    },
    calls,
    logQueries,
    watching: () => watches,
  }
}

const keyOfEvent = ({ kind, name }: KubernetesEvent['about']): string => `${kind}/${name}`
