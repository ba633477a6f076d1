import type { Audit } from '../../src/audit/audit.ts'
import { emptyHead, entryText, link } from '../../src/audit/chain.ts'
import { matches, parseRecord } from '../../src/audit/record.ts'
import type { AuditTrail } from '../../src/audit/record.ts'
import { verifyChain } from '../../src/audit/verify.ts'
import type { Verification } from '../../src/audit/verify.ts'
import type { JsonObject } from '../../src/json.ts'
import { operationAnnotation, operationOf } from '../../src/plans/bookkeeping.ts'
import { at, isObject } from '../../src/plans/pointer.ts'
import { createFakeChannel } from '../chat/outbox/fake-channel.ts'
import { createMemoryStore } from '../chat/outbox/memory-store.ts'
import { aDeployment, aReplicaSet, aTemplate } from '../support/cluster-builder.ts'
import { createFakeCluster } from '../support/fake-cluster.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { approvalsFor } from './errands.ts'
import { createOffice } from './office.ts'

/** What is left when every process is dead: store, trail, chat and cluster, on a clock that a test moves. */
export type World = ReturnType<typeof createWorld>

/** How long a rollout takes here. */
const rolloutMs = 4_000

export function createWorld() {
  const clock = createManualClock()
  const store = createMemoryStore(clock)
  const channel = createFakeChannel(clock)
  const trail = createTrail(() => clock.now())
  const names = ['web', 'api', ...Object.keys(approvalsFor)]
  const cluster = createFakeCluster(
    names.flatMap((name) => [aDeployment({ name }), aReplicaSet({ number: 1, template: aTemplate(), replicas: 4 })]),
  )
  /** Ids of operations in the order in which the API server stored their patches. */
  const writes: string[] = []
  const access: typeof cluster.access = {
    ...cluster.access,
    patch: async (ref, operations, mode) => {
      const patched = await cluster.access.patch(ref, operations, mode)
      if (mode === 'write') {
        writes.push(operationOf(patched.object))
        clock.after(rolloutMs, () => {
          const now = cluster.get(ref)
          if (now) cluster.put(rolledOut(now))
        })
      }
      return patched
    },
  }
  return { clock, store, channel, trail, office: createOffice(), cluster: { ...cluster, access }, writes }
}

/** As the controllers leave it. */
function rolledOut(object: JsonObject): JsonObject {
  const replicas = at(object, '/spec/replicas') ?? 1
  const counts = { replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas }
  return { ...object, status: { observedGeneration: at(object, '/metadata/generation') ?? 1, ...counts } }
}

/** Somebody else changes an object, our mark stays on it. */
export function touch(world: World, name: string, image: string): void {
  const object = world.cluster.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name })
  const spec = object && at(object, '/spec')
  if (!object || !isObject(spec)) throw new Error(`no ${name}`)
  const template = aTemplate({ labels: { app: name }, containers: [{ name: 'web', image }] })
  world.cluster.put({ ...object, spec: { ...spec, template } })
}

export const markOf = (object: JsonObject): string | undefined => operationOf(object) || undefined
export { operationAnnotation }

interface Trail {
  readonly audit: Audit & Pick<AuditTrail, 'recent'>
  readonly entries: readonly Parameters<Audit['record']>[0][]
  verify(): Promise<Verification>
}

/** The chain as it would lie on a disk. */
function createTrail(now: () => number): Trail {
  let head = emptyHead
  const lines: string[] = []
  const entries: Parameters<Audit['record']>[0][] = []
  return {
    entries,
    audit: {
      record: async (entry) => {
        const next = link(head, entryText(entry), now())
        head = next.head
        lines.push(next.line)
        entries.push(entry)
        return head
      },
      recent: async (query) => {
        const records = lines.map(parseRecord).filter((record) => record !== undefined)
        return { records: records.filter((record) => matches(record, query)), complete: true }
      },
    },
    verify: () =>
      verifyChain(
        (async function* () {
          yield Buffer.from(lines.map((line) => `${line}\n`).join(''))
        })(),
        head,
      ),
  }
}
