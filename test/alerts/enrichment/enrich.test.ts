import { describe, expect, it } from 'vitest'
import { operations } from '../../../src/operations/operation.ts'
import type { Operation } from '../../../src/operations/operation.ts'
import { put } from '../../../src/store/store.ts'
import { aFiringGroup } from '../../support/alert-group-builder.ts'
import { aReplicaSet } from '../../support/cluster-builder.ts'
import { everyState } from '../../support/operation-builder.ts'
import { aPod } from '../../support/pod-builder.ts'
import {
  aGroup,
  bySubject,
  made,
  minute,
  noon,
  ownedBy,
  podLabels,
  scene,
  succeeded,
  template,
  workload,
} from './enriching.ts'
describe('the workload behind the labels', () => {
  it('is found from the pod by its owners', async () => {
    const { enrich } = scene()
    expect(await enrich(aGroup([podLabels]))).toMatchObject({
      target: { value: { kind: 'subject', subject: { workload, pods: ['web-r2-abcde'], container: 'web' } } },
    })
  })

  it('is found when the pod is gone but a revision of that name is kept', async () => {
    const { enrich, cluster } = scene()
    cluster.access.workloads = async () => {
      const found = await cluster.access.workload({ kind: 'Deployment', namespace: 'shop', name: 'web' })
      return found ? [found] : []
    }
    const gone = { ...podLabels, pod: 'web-r1-zzzzz' }
    expect(await enrich(aGroup([gone]))).toMatchObject({ target: { value: { subject: { workload } } } })
    expect(await enrich(aGroup([{ ...podLabels, pod: 'web-r9-zzzzz' }]))).toMatchObject({
      target: { value: { kind: 'nothing', why: 'gone' } },
    })
  })

  it.each([
    ['on a cluster that is not ours', [{ ...podLabels, cluster: 'moon' }], 'elsewhere'],
    ['without a cluster', [{ namespace: 'shop', pod: 'web-r2-abcde' }], 'elsewhere'],
    ['without a pod or workload', [{ cluster: 'prod', namespace: 'shop' }], 'unnamed'],
    ['in two namespaces', [podLabels, { ...podLabels, namespace: 'bank' }], 'several'],
    ['of a bare pod', [{ ...podLabels, pod: 'bare' }], 'unowned'],
  ] as const)('is not guessed %s', async (_, labels, why) => {
    const { enrich } = scene([aPod({ name: 'bare' })])
    const found = await enrich(aGroup(labels))
    expect(found).toMatchObject({ target: { ok: true, value: { kind: 'nothing', why } } })
    expect(found.about).toBeUndefined()
  })

  it('is gone where labels name one that is not there', async () => {
    const { enrich } = scene()
    const group = aFiringGroup([bySubject], { at: noon, workload: { ...workload, kind: 'Deployment', name: 'old' } })
    expect(await enrich(group)).toMatchObject({ target: { value: { kind: 'nothing', why: 'gone' } } })
  })
})

describe('what failed', () => {
  it('says the last lines of the container before its crash, masked', async () => {
    const { enrich, cluster } = scene()
    cluster.log('web-r2-abcde', ['starting', 'panic: password=hunter2'])
    const { about } = await enrich(aGroup([podLabels]))
    expect(about?.words).toMatchObject({
      ok: true,
      value: { of: 'previous', container: 'web', lines: [{ text: 'starting' }, { text: 'panic: password=***' }] },
    })
    expect(cluster.logQueries).toMatchObject([{ pod: 'web-r2-abcde', previous: true }])
    expect(JSON.stringify(about?.status)).not.toContain('hunter2')
  })

  it('says nothing where all containers run well', async () => {
    const { enrich, cluster } = scene()
    cluster.put(aPod({ name: 'web-r2-abcde', hash: 'r2', ...ownedBy('ReplicaSet', 'web-r2') }))
    const { about } = await enrich(aGroup([podLabels]))
    expect(about?.words).toEqual({ ok: true, value: undefined })
  })
})

describe('what changed', () => {
  it('is this bot’s deploy, once, with whoever asked for it, and where a rollback leads', async () => {
    const { enrich, store } = scene()
    const value = succeeded({ startedAt: noon - 10 * minute - 2_000 })
    await store.commit([put(operations, { id: value.id, value, expect: 'absent' })])
    const { about } = await enrich(aGroup([podLabels]))
    expect(about?.changes).toMatchObject({
      ok: true,
      value: { changes: [{ kind: 'operation', operation: { id: value.id } }], earlier: { number: 1 } },
    })
  })

  it('is a rollout by other hands, also where an operation of ours came later and left its mark on it', async () => {
    const { enrich, store } = scene()
    const scale = succeeded({ startedAt: noon - minute })
    const effect = { kind: 'replicas', before: 2, after: 3 } as const
    const value: Operation = { ...scale, plan: { ...scale.plan, effect } }
    await store.commit([put(operations, { id: value.id, value, expect: 'absent' })])
    const { about } = await enrich(aGroup([podLabels]))
    expect(about?.changes).toMatchObject({
      value: {
        changes: [
          { kind: 'operation', operation: { id: value.id } },
          { kind: 'rollout', at: noon - 10 * minute, revision: { number: 2 } },
        ],
      },
    })
  })

  it('is nothing that never reached the cluster, and nothing from long before', async () => {
    const { enrich, store, cluster } = scene()
    cluster.put(made(aReplicaSet({ number: 2, template: template('1.5.0') }), noon - 400 * minute))
    const old = succeeded({ startedAt: noon - 400 * minute })
    await store.commit([
      put(operations, { id: old.id, value: old, expect: 'absent' }),
      put(operations, { id: 'REJ3', value: { ...everyState.rejected, createdAt: noon - minute }, expect: 'absent' }),
    ])
    const { about } = await enrich(aGroup([podLabels]))
    expect(about?.changes).toMatchObject({ ok: true, value: { changes: [] } })
  })
})

describe('each part', () => {
  it('fails alone, with the cluster’s word', async () => {
    const { enrich, cluster } = scene()
    cluster.break('logs', { code: 'cluster_forbidden', cluster: 'prod', detail: 'no' })
    cluster.break('events', { code: 'cluster_failed', cluster: 'prod', status: 500, detail: 'boom' })
    const { about, chart } = await enrich(aGroup([podLabels]))
    expect(about?.events).toMatchObject({ ok: false, trouble: { code: 'cluster_failed' } })
    expect(about?.changes.ok).toBe(true)
    expect(chart.ok).toBe(true)
  })

  it('has its own deadline, and the others do not wait for it', async () => {
    const { enrich, chart, clock } = scene()
    chart(new Promise(() => {}))
    const enriching = enrich(aGroup([podLabels]))
    await clock.advance(8_000)
    const { about, chart: charted } = await enriching
    expect(charted).toEqual({ ok: false, trouble: { code: 'late' } })
    expect(about?.status.ok).toBe(true)
    expect(clock.pending()).toBe(0)
  })

  it('says a fault of ours by its reference', async () => {
    const { enrich, chart, faults } = scene()
    chart(Promise.reject(new TypeError('a bug')))
    expect((await enrich(aGroup([podLabels]))).chart).toEqual({
      ok: false,
      trouble: { code: 'fault', reference: 'F1' },
    })
    expect(faults).toHaveLength(1)
  })
})

describe('the chart', () => {
  it('is asked for the alert’s own expression, parted at its threshold, from an hour before', async () => {
    const { enrich, asked } = scene()
    const generatorUrl = 'http://prom:9090/graph?g0.expr=increase(restarts%5B10m%5D)+%3E+2'
    await enrich(aFiringGroup([podLabels, { ...podLabels, pod: 'web-r2-xxxxx' }], { at: noon, generatorUrl }))
    const { pod: _, ...shared } = podLabels
    expect(asked).toMatchObject([
      {
        cluster: 'prod',
        alertname: 'KubePodCrashLooping',
        expression: { measured: 'increase(restarts[10m])', threshold: 2 },
        from: noon - 3_600_000,
        to: noon,
      },
    ])
    expect(asked[0]?.labels).toEqual(shared)
  })

  it('is left to the rules of the source where alerts of the group have several expressions or none', async () => {
    const { enrich, asked } = scene()
    await enrich(aGroup([podLabels]))
    expect(asked[0]?.expression).toBeUndefined()
  })
})
