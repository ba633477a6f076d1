import { describe, expect, test } from 'vitest'
import { aDaemonSet, aDeployment } from '../support/cluster-builder.ts'
import { planFor, problemFor, simple } from './planning.ts'

describe('restart', () => {
  test('rests on the template, changes nothing but bookkeeping, and has no way back', async () => {
    const plan = await planFor(simple('restart', 'DaemonSet'), [aDaemonSet()])
    expect(plan).toMatchObject({ patch: [], differences: [], effect: { kind: 'restart' }, images: [], rollsOut: true })
    expect(plan.tests.map(({ path }) => path)).toEqual(['/metadata/uid', '/spec/template'])
    expect(plan.inverse).toBeUndefined()
  })

  test('of a paused Deployment is refused', async () => {
    expect(await problemFor(simple('restart'), [aDeployment({ paused: true })])).toMatchObject({ why: 'paused' })
  })
})

describe('pause and resume', () => {
  test('pause adds the field and holds to its absence', async () => {
    const plan = await planFor(simple('pause'), [aDeployment()])
    expect(plan.patch).toEqual([{ op: 'add', path: '/spec/paused', value: true }])
    expect(plan.tests).toContainEqual({ op: 'test', path: '/spec/paused', value: null })
    expect(plan).toMatchObject({
      effect: { kind: 'paused', after: true },
      rollsOut: false,
      inverse: { action: 'resume' },
    })
  })

  test('resume rests on the template too, for that is what rolls out', async () => {
    const plan = await planFor(simple('resume'), [aDeployment({ paused: true })])
    expect(plan.patch).toEqual([{ op: 'replace', path: '/spec/paused', value: false }])
    expect(plan.tests.map(({ path }) => path)).toEqual(['/metadata/uid', '/spec/paused', '/spec/template'])
    expect(plan).toMatchObject({
      effect: { kind: 'paused', after: false },
      rollsOut: true,
      inverse: { action: 'pause' },
    })
  })

  test.each([
    ['pause', 'already-paused', aDeployment({ paused: true })],
    ['resume', 'not-paused', aDeployment()],
    ['pause', 'deleting', aDeployment({ deleting: true })],
  ] as const)('%s is refused: %s', async (action, why, web) => {
    expect(await problemFor(simple(action), [web])).toMatchObject({ code: 'plan_cannot', action, why })
  })

  test('a DaemonSet cannot be paused', async () => {
    expect(await problemFor(simple('pause', 'DaemonSet'), [aDaemonSet()])).toMatchObject({ why: 'kind-has-no-pause' })
  })
})
