import { readWorkload } from '../../../src/clusters/reading/workload.ts'
import { describe, expect, it } from 'vitest'
import { aDeployment, aTemplate, aWorkload, shop } from '../objects.ts'

describe('a workload', () => {
  it('reads a Deployment with its numbers, containers and the object itself', () => {
    const object = aDeployment()
    expect(readWorkload(object, { cluster: shop, kind: 'Deployment' })).toMatchObject({
      cluster: 'test',
      namespace: 'shop',
      name: 'web',
      uid: 'uid-web',
      generation: 3,
      observedGeneration: 3,
      replicas: 2,
      ready: 2,
      updated: 1,
      available: 1,
      paused: false,
      deleting: false,
      strategy: 'RollingUpdate',
      selector: 'app=web',
      containers: [{ name: 'web', image: 'web:1', role: 'main' }],
      object,
    })
  })

  it('reads a DaemonSet by the nodes that should run it', () => {
    const object = aDeployment({
      spec: {
        updateStrategy: { type: 'OnDelete' },
        selector: { matchLabels: { app: 'web' } },
        template: aTemplate('web:1'),
      },
      status: { desiredNumberScheduled: 5, numberReady: 4, updatedNumberScheduled: 3, numberAvailable: 2 },
    })
    expect(readWorkload(object, { cluster: shop, kind: 'DaemonSet' })).toMatchObject({
      replicas: 5,
      ready: 4,
      updated: 3,
      available: 2,
      strategy: 'OnDelete',
    })
  })

  it('counts what the server leaves out as zero, and wanted replicas as one', () => {
    const spec = { selector: { matchLabels: { app: 'web' } }, template: aTemplate('web:1') }
    expect(aWorkload({ spec, status: {} })).toMatchObject({
      replicas: 1,
      ready: 0,
      updated: 0,
      available: 0,
      observedGeneration: 0,
    })
  })

  it('names kind and version of an object from a list, where the server leaves them out', () => {
    const { kind, apiVersion, ...item } = aDeployment()
    expect(readWorkload(item, { cluster: shop, kind: 'Deployment' }).object).toMatchObject({ kind, apiVersion })
  })
})
