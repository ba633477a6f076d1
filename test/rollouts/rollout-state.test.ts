import { describe, expect, test } from 'vitest'
import type { WorkloadKind } from '../../src/clusters/names.ts'
import type { JsonObject } from '../../src/json.ts'
import type { Aim } from '../../src/rollouts/aim.ts'
import { Observed } from '../../src/rollouts/observed.ts'
import { rolloutState } from '../../src/rollouts/rollout-state.ts'
import { aDaemonSet, aDeployment, aStatefulSet, aTemplate } from '../support/cluster-builder.ts'

const startedAt = Date.UTC(2026, 0, 1)
const ours: Aim = { kind: 'template', template: aTemplate() }

interface Looked {
  readonly aim?: Aim
  readonly kind?: WorkloadKind
  readonly after?: number
  readonly bounds?: { readonly min: number; readonly max: number }
}

const stateOf = (object: JsonObject, { aim = ours, kind = 'Deployment', after = 0, bounds }: Looked = {}) =>
  rolloutState({
    kind,
    aim,
    workload: Observed.parse(object),
    ...(bounds ? { bounds } : {}),
    startedAt,
    now: startedAt + after,
  }).state

const status = (numbers: JsonObject): JsonObject => ({
  observedGeneration: 1,
  replicas: 4,
  updatedReplicas: 4,
  readyReplicas: 4,
  availableReplicas: 4,
  ...numbers,
})

const exceeded = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: '' }]

describe('a Deployment', () => {
  test.each([
    ['waiting', 'the controller has not seen the change', { observedGeneration: 0 }],
    ['progressing', 'new pods are missing', { updatedReplicas: 1 }],
    ['progressing', 'old pods are still there', { replicas: 5 }],
    ['progressing', 'new pods are not available', { availableReplicas: 3 }],
    ['progressing', 'its status has no numbers yet', { updatedReplicas: null, availableReplicas: null }],
    ['done', 'all pods are new and available', {}],
  ])('is %s while %s', (state, _, numbers) => {
    expect(stateOf(aDeployment({ status: status(numbers) }))).toBe(state)
  })

  test('has failed when its progress deadline is over, but not by the condition that an earlier rollout left', () => {
    const failing = aDeployment({ status: status({ updatedReplicas: 1, conditions: exceeded }) })
    expect(stateOf(failing, { after: 1_000 })).toBe('progressing')
    expect(stateOf(failing, { after: 600_000 })).toBe('failed')
  })

  test('is stored while it is paused', () => {
    expect(stateOf(aDeployment({ paused: true, status: status({ updatedReplicas: 0 }) }))).toBe('stored')
  })

  test('is superseded once the template is another one, and not by a null that the server writes sometimes', () => {
    expect(stateOf(aDeployment({ containers: [{ image: 'web:9' }] }))).toBe('superseded')
    const template = aTemplate()
    const withNull = { ...template, spec: { ...Object(template['spec']), affinity: null } }
    expect(stateOf(aDeployment({ spec: { template: withNull } }))).toBe('done')
  })
})

describe('a StatefulSet', () => {
  const kind = 'StatefulSet'
  test.each([
    ['progressing', { readyReplicas: 3 }],
    ['progressing', { updatedReplicas: 3 }],
    ['done', {}],
  ])('is %s with %o', (state, numbers) => {
    expect(stateOf(aStatefulSet({ replicas: 4, status: status(numbers) }), { kind })).toBe(state)
  })

  test('with a partition is done when the pods above it are new', () => {
    const strategy = { type: 'RollingUpdate', rollingUpdate: { partition: 3 } }
    expect(stateOf(aStatefulSet({ replicas: 4, strategy, status: status({ updatedReplicas: 0 }) }), { kind })).toBe(
      'progressing',
    )
    expect(stateOf(aStatefulSet({ replicas: 4, strategy, status: status({ updatedReplicas: 1 }) }), { kind })).toBe(
      'done',
    )
  })

  test('with OnDelete stores and rolls nothing', () => {
    const strategy = { type: 'OnDelete' }
    expect(stateOf(aStatefulSet({ strategy, status: status({ updatedReplicas: 0 }) }), { kind })).toBe('stored')
  })
})

const nodes = (updated: number, available: number): JsonObject => ({
  observedGeneration: 1,
  desiredNumberScheduled: 3,
  updatedNumberScheduled: updated,
  numberReady: available,
  numberAvailable: available,
})

describe('a DaemonSet', () => {
  const kind = 'DaemonSet'
  test.each([
    ['progressing', nodes(2, 3)],
    ['progressing', nodes(3, 2)],
    ['done', nodes(3, 3)],
  ])('is %s with %o', (state, numbers) => {
    expect(stateOf(aDaemonSet({ status: numbers }), { kind })).toBe(state)
  })
})

describe('a scale', () => {
  const aim: Aim = { kind: 'replicas', replicas: 4 }
  test.each([
    ['progressing', { readyReplicas: 2 }],
    ['progressing', { replicas: 6 }],
    ['done', {}],
  ])('is %s with %o', (state, numbers) => {
    expect(stateOf(aDeployment({ status: status(numbers) }), { aim })).toBe(state)
  })

  test('to nothing is done when no pod is left', () => {
    const none = { aim: { kind: 'replicas', replicas: 0 } } as const
    expect(stateOf(aDeployment({ replicas: 0, status: status({ replicas: 1, readyReplicas: 0 }) }), none)).toBe(
      'progressing',
    )
    expect(stateOf(aDeployment({ replicas: 0, status: { observedGeneration: 1 } }), none)).toBe('done')
  })

  test('is superseded when somebody else set another number, and not by another template', () => {
    expect(stateOf(aDeployment({ replicas: 9 }), { aim })).toBe('superseded')
    expect(stateOf(aDeployment({ containers: [{ image: 'web:9' }] }), { aim })).toBe('done')
  })

  test('of a paused Deployment goes on', () => {
    expect(stateOf(aDeployment({ paused: true, status: status({ readyReplicas: 1 }) }), { aim })).toBe('progressing')
  })
})

describe('a change of an autoscaler’s bounds', () => {
  const aim: Aim = { kind: 'bounds', bounds: { min: 6, max: 12 } }
  test('is done when the replicas are within and ready', () => {
    const bounds = { min: 6, max: 12 }
    expect(stateOf(aDeployment({ replicas: 4 }), { aim, bounds })).toBe('progressing')
    expect(stateOf(aDeployment({ replicas: 7 }), { aim, bounds })).toBe('done')
  })

  test('is superseded when the bounds are others', () => {
    expect(stateOf(aDeployment({ replicas: 7 }), { aim, bounds: { min: 2, max: 12 } })).toBe('superseded')
  })
})
