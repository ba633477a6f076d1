import { describe, expect, test } from 'vitest'
import {
  aControllerRevision,
  aDaemonSet,
  aDeployment,
  aReplicaSet,
  aStatefulSet,
  aTemplate,
} from '../support/cluster-builder.ts'
import type { FailedOperation } from '../../src/plans/rollback.ts'
import { planFor, problemFor, rollback } from './planning.ts'

const image = (version: string) => `registry.example/shop/web:${version}`
const template = (version: string) => aTemplate({ containers: [{ image: image(version) }] })
const web = aDeployment({ containers: [{ image: image('3') }] })
const history = [1, 2, 3].map((number) => aReplicaSet({ number, template: template(String(number)) }))

describe('rollback', () => {
  test('takes the whole pod template of the second-highest revision, without the controller’s hash, and nothing else', async () => {
    const plan = await planFor(rollback(), [web, ...history])
    expect(plan.patch).toEqual([{ op: 'replace', path: '/spec/template', value: template('2') }])
    expect(plan.differences).toEqual([
      { path: '/spec/template/spec/containers[web]/image', before: image('3'), after: image('2') },
    ])
    expect(plan.effect).toMatchObject({
      kind: 'template',
      fromRevision: 3,
      toRevision: 2,
      images: [{ container: 'web', before: image('3'), after: image('2') }],
      others: [{ number: 1, images: [image('1')] }],
    })
    expect(plan.images).toEqual([image('2')])
    expect(plan.tests.map(({ path }) => path)).toEqual(['/metadata/uid', '/spec/template'])
  })

  test('to a revision by number', async () => {
    expect((await planFor(rollback(1), [web, ...history])).effect).toMatchObject({
      toRevision: 1,
      others: [{ number: 2 }],
    })
  })

  test('to a revision that does not exist names those that do', async () => {
    expect(await problemFor(rollback(9), [web, ...history])).toEqual({
      code: 'plan_no_revision',
      target: 'prod:shop/web',
      revision: 9,
      available: [3, 2, 1],
    })
  })

  test('without an earlier revision there is nothing to go back to', async () => {
    expect(await problemFor(rollback(), [web, ...history.slice(2)])).toMatchObject({
      code: 'plan_no_revision',
      available: [3],
    })
  })

  test('to the template that runs now is nothing to change', async () => {
    expect(await problemFor(rollback(3), [web, ...history])).toMatchObject({
      code: 'plan_nothing_to_change',
      what: '#3',
    })
  })

  test('of a paused Deployment is refused', async () => {
    expect(await problemFor(rollback(), [aDeployment({ paused: true }), ...history])).toMatchObject({ why: 'paused' })
  })

  test('warns of a revision that failed before', async () => {
    const marked = [1, 2, 3].map((number) =>
      aReplicaSet({
        number,
        template: template(String(number)),
        annotations: { 'readback.dev/operation': `${number + 2}QX9` },
      }),
    )
    const { warnings } = await planFor(rollback(), [web, ...marked], {
      failedOperations: [{ operation: '3QX9' }, { operation: '4QX9' }],
    })
    expect(warnings).toContainEqual({ kind: 'revision-failed', revision: 2, operation: '4QX9' })
    const other = await planFor(rollback(), [web, ...marked], { failedOperations: [{ operation: '3QX9' }] })
    expect(other.warnings.map(({ kind }) => kind)).not.toContain('revision-failed')
  })

  test.each([
    ['StatefulSet', aStatefulSet({ containers: [{ image: image('3') }] })],
    ['DaemonSet', aDaemonSet({ containers: [{ image: image('3') }] })],
  ] as const)(
    'of a %s warns of a revision that failed when it was made, or when it was gone back to',
    async (kind, set) => {
      const revisions = [1, 2, 3].map((number) =>
        aControllerRevision({
          number,
          kind,
          template: template(String(number)),
          createdAt: `2026-11-2${number}T08:00:00Z`,
          annotations: { 'readback.dev/operation': `${number + 2}QX9` },
        }),
      )
      const warned = async (failed: FailedOperation) =>
        (await planFor(rollback(1, kind), [set, ...revisions], { failedOperations: [failed] })).warnings.filter(
          (one) => one.kind === 'revision-failed',
        )
      const createdAt = Date.parse('2026-11-21T08:00:00Z')
      expect(await warned({ operation: '3QX9' })).toEqual([{ kind: 'revision-failed', revision: 1, operation: '3QX9' }])
      expect(await warned({ operation: '7F3K', restored: { createdAt, images: [image('1')] } })).toEqual([
        { kind: 'revision-failed', revision: 1, operation: '7F3K' },
      ])
      expect(await warned({ operation: '7F3K', restored: { createdAt, images: [image('0')] } })).toEqual([])
      expect(await warned({ operation: '7F3K', restored: { createdAt: createdAt + 1000, images: [] } })).toEqual([])
    },
  )

  test.each([
    ['StatefulSet', aStatefulSet({ containers: [{ image: image('2') }] })],
    ['DaemonSet', aDaemonSet({ containers: [{ image: image('2') }] })],
  ] as const)('of a %s takes the ControllerRevision’s template without its directive', async (kind, workload) => {
    const revisions = [1, 2].map((number) => aControllerRevision({ number, kind, template: template(String(number)) }))
    const plan = await planFor(rollback(undefined, kind), [workload, ...revisions])
    expect(plan.patch).toEqual([{ op: 'replace', path: '/spec/template', value: template('1') }])
  })
})
