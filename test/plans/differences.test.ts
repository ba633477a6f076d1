import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/json.ts'
import { differencesBetween } from '../../src/plans/differences.ts'
import { maskedDifferences } from '../../src/plans/masked.ts'

const between = (before: JsonObject, after: JsonObject) =>
  maskedDifferences(differencesBetween(before, after, { kind: 'images', images: [] }), (_, value) => value)

const bookkeeping = (n: number): JsonObject => ({
  metadata: {
    name: 'web',
    generation: n,
    resourceVersion: String(n),
    managedFields: [{ manager: `m${n}` }],
    annotations: { 'deployment.kubernetes.io/revision': String(n) },
  },
  status: { observedGeneration: n, replicas: n },
})

const restarted = (at: string): JsonObject => ({
  spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': at } } } },
})

describe('differences', () => {
  test('leave out what the server keeps for itself', () => {
    expect(between(bookkeeping(1), bookkeeping(2))).toEqual([])
  })

  test('go by name in lists, so that an injected first container is one difference', () => {
    const a = { name: 'a', image: 'a:1' }
    const sidecar = { name: 'sidecar', image: 's:1' }
    expect(between({ containers: [a] }, { containers: [sidecar, a] })).toEqual([
      { path: '/containers[sidecar]', after: sidecar },
    ])
  })

  test('show both lists whole when names are given twice, missing, or stand in another order', () => {
    const [a, b] = [{ name: 'a' }, { name: 'b' }]
    expect(between({ x: [a, b] }, { x: [b, a] })).toEqual([{ path: '/x', before: [a, b], after: [b, a] }])
    expect(between({ x: [1] }, { x: [2] })).toEqual([{ path: '/x', before: [1], after: [2] }])
    expect(between({ x: [a, a] }, { x: [a] })).toHaveLength(1)
  })

  test('tell what comes and what goes, and take null for nothing', () => {
    expect(between({ a: 1, c: null }, { b: 2 })).toEqual([
      { path: '/a', before: 1 },
      { path: '/b', after: 2 },
    ])
  })

  test('escape slashes in names', () => {
    expect(between({ metadata: { labels: {} } }, { metadata: { labels: { 'a/b': 'c' } } })).toEqual([
      { path: '/metadata/labels/a~1b', after: 'c' },
    ])
  })

  test('hide an older restart only where this change is one', () => {
    expect(between(restarted('1'), restarted('2'))).toHaveLength(1)
    expect(differencesBetween(restarted('1'), restarted('2'), { kind: 'restart' })).toEqual([])
  })
})
