import { readAutoscaler } from '../../../src/clusters/reading/autoscaler.ts'
import { readEvent } from '../../../src/clusters/reading/event.ts'
import { readNode } from '../../../src/clusters/reading/node.ts'
import { describe, expect, it } from 'vitest'

describe('an autoscaler', () => {
  const spec = { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 12 }

  it('has a minimum of one where none is set', () => {
    const hpa = readAutoscaler({
      metadata: { name: 'web', namespace: 'shop', uid: 'u' },
      spec,
      status: { currentReplicas: 4, desiredReplicas: 5 },
    })
    expect(hpa).toMatchObject({ target: { kind: 'Deployment', name: 'web' }, min: 1, max: 12, current: 4, desired: 5 })
    expect(hpa).not.toHaveProperty('scaledObject')
  })

  it('names the ScaledObject behind it, once', () => {
    const ownerReferences = [{ kind: 'ScaledObject', name: 'web-scaler', controller: true }]
    const hpa = readAutoscaler({
      metadata: { name: 'keda-hpa-web', ownerReferences },
      spec: { ...spec, minReplicas: 2 },
    })
    expect(hpa).toMatchObject({ scaledObject: 'web-scaler', min: 2, owners: [] })
  })
})

describe('an event', () => {
  const about = { kind: 'Pod', name: 'web-1' }

  it('of the old writers has first, last and count', () => {
    const event = readEvent({
      type: 'Warning',
      reason: 'BackOff',
      message: 'm',
      involvedObject: about,
      count: 7,
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:01:00Z',
    })
    expect(event).toEqual({
      type: 'Warning',
      reason: 'BackOff',
      message: 'm',
      about,
      count: 7,
      firstAt: Date.UTC(2026, 0, 1),
      lastAt: Date.UTC(2026, 0, 1, 0, 1),
    })
  })

  it('of the new writers has them in its series', () => {
    const event = readEvent({
      involvedObject: about,
      eventTime: '2026-01-01T00:00:00.500000Z',
      firstTimestamp: null,
      lastTimestamp: null,
      series: { count: 3, lastObservedTime: '2026-01-01T00:02:00.000000Z' },
    })
    expect(event).toMatchObject({ count: 3, firstAt: Date.UTC(2026, 0, 1) + 500, lastAt: Date.UTC(2026, 0, 1, 0, 2) })
  })
})

it('a node tells whether it is ready, takes pods, and what presses it', () => {
  const conditions = [
    { type: 'Ready', status: 'Unknown' },
    { type: 'DiskPressure', status: 'True' },
    { type: 'PIDPressure', status: 'False' },
  ]
  expect(readNode({ metadata: { name: 'n1' }, spec: { unschedulable: true }, status: { conditions } })).toEqual({
    name: 'n1',
    ready: false,
    schedulable: false,
    pressures: ['DiskPressure'],
  })
})
