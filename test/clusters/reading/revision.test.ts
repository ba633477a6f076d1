import type { JsonObject } from '../../../src/json.ts'
import { readControllerRevisions, readReplicaSets } from '../../../src/clusters/reading/revision.ts'
import { readWorkload } from '../../../src/clusters/reading/workload.ts'
import { describe, expect, it } from 'vitest'
import { aDeployment, aTemplate, aWorkload, shop } from '../objects.ts'

const owner = { kind: 'Deployment', name: 'web', uid: 'uid-web', controller: true }

function aReplicaSet(revision: string, image: string, metadata: JsonObject = {}): JsonObject {
  const annotations = { 'deployment.kubernetes.io/revision': revision, 'kubernetes.io/change-cause': `to ${image}` }
  return {
    metadata: {
      name: `web-${revision}`,
      creationTimestamp: `2026-01-0${revision}T00:00:00Z`,
      annotations,
      ownerReferences: [owner],
      ...metadata,
    },
    spec: { replicas: 1, template: aTemplate(image, { app: 'web', 'pod-template-hash': `h${revision}` }) },
    status: { readyReplicas: 1 },
  }
}

describe('revisions of a Deployment', () => {
  it('come oldest first, as templates that could be put back', () => {
    const revisions = readReplicaSets(aWorkload(), [aReplicaSet('2', 'web:1'), aReplicaSet('1', 'web:0')])
    expect(revisions.map(({ number, current }) => [number, current])).toEqual([
      [1, false],
      [2, true],
    ])
    expect(revisions[0]).toMatchObject({
      template: aTemplate('web:0'),
      images: ['web:0'],
      changeCause: 'to web:0',
      pods: { ready: 1, wanted: 1 },
    })
  })

  it('leave out ReplicaSets that only carry the same labels', () => {
    const foreign = aReplicaSet('9', 'other:1', { ownerReferences: [{ ...owner, uid: 'another' }] })
    const merelyOwned = aReplicaSet('8', 'other:1', { ownerReferences: [{ ...owner, controller: false }] })
    expect(
      readReplicaSets(aWorkload(), [foreign, merelyOwned, aReplicaSet('2', 'web:1')]).map(({ number }) => number),
    ).toEqual([2])
  })

  it('have one present one: the oldest with the same template, as the controller picks', () => {
    const revisions = readReplicaSets(aWorkload(), [
      aReplicaSet('3', 'web:1'),
      aReplicaSet('1', 'web:1'),
      aReplicaSet('2', 'web:0'),
    ])
    expect(revisions.filter(({ current }) => current).map(({ number }) => number)).toEqual([1])
  })
})

const revision = (number: number): JsonObject => ({
  metadata: { name: `web-${number}`, creationTimestamp: '2026-01-01T00:00:00Z', ownerReferences: [owner] },
  data: { spec: { template: { ...aTemplate(`web:${number}`), $patch: 'replace' } } },
  revision: number,
})

describe('revisions of a StatefulSet or DaemonSet', () => {
  it('lose the directive of the stored patch', () => {
    const [first] = readControllerRevisions(aWorkload(), [revision(1)])
    expect(first?.template).toEqual(aTemplate('web:1'))
  })

  it('the present one is what the StatefulSet names, or the highest of a DaemonSet', () => {
    const stateful = readWorkload(aDeployment({ status: { updateRevision: 'web-1' } }), {
      cluster: shop,
      kind: 'StatefulSet',
    })
    const daemon = readWorkload(aDeployment(), { cluster: shop, kind: 'DaemonSet' })
    const present = (workload: typeof stateful) =>
      readControllerRevisions(workload, [revision(2), revision(1)]).find(({ current }) => current)?.name
    expect([present(stateful), present(daemon)]).toEqual(['web-1', 'web-2'])
  })
})
