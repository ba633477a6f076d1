import type { Json, JsonObject } from '../../../src/json.ts'
import { applyJsonPatch } from '../../../src/sandbox/kubernetes/json-patch.ts'
import { applyMergePatch } from '../../../src/sandbox/kubernetes/merge-patch.ts'
import { applyStrategicMerge } from '../../../src/sandbox/kubernetes/strategic-merge.ts'
import { assert, jsonValue, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('JSON Patch', () => {
  test.each<[string, JsonObject, Json, JsonObject]>([
    ['adds a member', { a: 1 }, [{ op: 'add', path: '/b', value: 2 }], { a: 1, b: 2 }],
    ['inserts into a list', { a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2, 3] }],
    ['appends to a list', { a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }], { a: [1, 2] }],
    ['removes from a list', { a: [1, 2, 3] }, [{ op: 'remove', path: '/a/1' }], { a: [1, 3] }],
    [
      'replaces an absent member, as the server does',
      { a: 1 },
      [{ op: 'replace', path: '/b', value: 2 }],
      { a: 1, b: 2 },
    ],
    [
      'unescapes keys',
      { 'a/b': { '~c': 1 } },
      [{ op: 'replace', path: '/a~1b/~0c', value: 2 }],
      { 'a/b': { '~c': 2 } },
    ],
    ['moves', { a: { b: 1 }, c: {} }, [{ op: 'move', from: '/a/b', path: '/c/d' }], { a: {}, c: { d: 1 } }],
    ['copies', { a: [1] }, [{ op: 'copy', from: '/a/0', path: '/a/-' }], { a: [1, 1] }],
    ['counts from the end', { a: [1, 2] }, [{ op: 'replace', path: '/a/-1', value: 3 }], { a: [1, 3] }],
    [
      'compares whatever the order of members',
      { a: { b: 1, c: [{}] } },
      [{ op: 'test', path: '/a', value: { c: [{}], b: 1 } }],
      { a: { b: 1, c: [{}] } },
    ],
  ])('%s', (...[, document, patch, result]) => {
    expect(applyJsonPatch(document, patch)).toEqual(result)
  })

  test.each<[string, Json]>([
    ['a test that does not hold', [{ op: 'test', path: '/a', value: 2 }]],
    ['a test of a string for a number', [{ op: 'test', path: '/a', value: '1' }]],
    ['a test for null where something stands', [{ op: 'test', path: '/a', value: null }]],
    ['an absent parent', [{ op: 'add', path: '/x/y', value: 1 }]],
    ['a parent that every object inherits', [{ op: 'add', path: '/__proto__/y', value: 1 }]],
    ['an index that is no number', [{ op: 'replace', path: '/l/x', value: 1 }]],
    ['an index past the end', [{ op: 'add', path: '/l/3', value: 1 }]],
    ['a path without its slash', [{ op: 'add', path: 'a', value: 1 }]],
  ])('refuses %s with the one fixed text', (_name, patch) => {
    expect(() => applyJsonPatch({ a: 1, l: [1] }, patch)).toThrow(
      'the server rejected our request due to an error in our request',
    )
  })

  test('leaves the document it was given as it was', () => {
    assert(
      property(jsonValue({ maxDepth: 3 }), string(), (value, key) => {
        const document = { a: { b: [1, 2, { c: 3 }] } }
        const before = JSON.stringify(document)
        const given: Json = JSON.parse(JSON.stringify(value))
        applyJsonPatch(
          document,
          [
            { op: 'add', path: `/a/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, value: given },
            { op: 'replace', path: '/a/b/2/c', value: given },
          ].slice(key === 'b' ? 1 : 0),
        )
        expect(JSON.stringify(document)).toBe(before)
      }),
    )
  })
})

test('a merge patch is idempotent and removes with null', () => {
  const patch = { a: { b: null, c: 2 }, l: [3] }
  const once = applyMergePatch({ a: { b: 1, d: 4 }, l: [1, 2] }, patch)
  expect(once).toEqual({ a: { c: 2, d: 4 }, l: [3] })
  expect(applyMergePatch(once, patch)).toEqual(once)
})

const pod = (containers: readonly JsonObject[]): JsonObject => ({
  spec: { containers },
})

describe('a strategic merge', () => {
  const app: JsonObject = {
    name: 'app',
    image: 'app:1',
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
    ports: [{ containerPort: 80, protocol: 'TCP' }],
    args: ['a', 'b'],
  }
  const proxy: JsonObject = { name: 'proxy', image: 'proxy:1' }

  test.each<[string, JsonObject, JsonObject]>([
    [
      'finds a container by its name',
      pod([{ name: 'proxy', image: 'proxy:2' }]),
      pod([app, { name: 'proxy', image: 'proxy:2' }]),
    ],
    ['appends a new container', pod([{ name: 'new', image: 'n' }]), pod([app, proxy, { name: 'new', image: 'n' }])],
    ['deletes a container', pod([{ name: 'app', $patch: 'delete' }]), pod([proxy])],
    [
      'replaces a whole list',
      pod([{ $patch: 'replace' }, { name: 'only', image: 'o' }]),
      pod([{ name: 'only', image: 'o' }]),
    ],
    [
      'merges env by name',
      pod([{ name: 'app', env: [{ name: 'B', value: '3' }] }]),
      pod([
        {
          ...app,
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '3' },
          ],
        },
        proxy,
      ]),
    ],
    [
      'merges ports by number',
      pod([{ name: 'app', ports: [{ containerPort: 80, name: 'web' }, { containerPort: 81 }] }]),
      pod([{ ...app, ports: [{ containerPort: 80, protocol: 'TCP', name: 'web' }, { containerPort: 81 }] }, proxy]),
    ],
    ['replaces lists without merge key', pod([{ name: 'app', args: ['c'] }]), pod([{ ...app, args: ['c'] }, proxy])],
    [
      'puts elements into the order of the patch',
      {
        spec: {
          '$setElementOrder/containers': [{ name: 'proxy' }, { name: 'app' }],
          containers: [{ name: 'app', image: 'app:2' }],
        },
      },
      pod([proxy, { ...app, image: 'app:2' }]),
    ],
    [
      'removes a member with null',
      pod([{ name: 'app', args: null }]),
      pod([{ name: 'app', image: 'app:1', env: app['env'] ?? [], ports: app['ports'] ?? [] }, proxy]),
    ],
  ])('%s', (_name, patch, result) => {
    expect(applyStrategicMerge(pod([app, proxy]), patch)).toEqual(result)
  })

  test('keeps what retainKeys names, and replaces an object where told', () => {
    const document = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } }
    expect(applyStrategicMerge(document, { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } })).toEqual({
      spec: { strategy: { type: 'Recreate' } },
    })
    expect(applyStrategicMerge(document, { spec: { strategy: { $patch: 'replace', type: 'Recreate' } } })).toEqual({
      spec: { strategy: { type: 'Recreate' } },
    })
  })

  test('joins and takes from primitive lists', () => {
    const document = { metadata: { finalizers: ['a', 'b'] } }
    expect(applyStrategicMerge(document, { metadata: { finalizers: ['c'] } })).toEqual({
      metadata: { finalizers: ['a', 'b', 'c'] },
    })
    expect(applyStrategicMerge(document, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } })).toEqual({
      metadata: { finalizers: ['b'] },
    })
  })
})
