import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Argument } from '../../src/command-line/argument.ts'
import { action } from '../../src/command-line/arguments/actions.ts'
import { image } from '../../src/command-line/arguments/image.ts'
import { duration, since } from '../../src/command-line/arguments/moments.ts'
import { regex } from '../../src/command-line/arguments/regex.ts'
import { replicas } from '../../src/command-line/arguments/replicas.ts'
import { scope, target } from '../../src/command-line/arguments/target.ts'
import { clusters, container, count, operation, person, text } from '../../src/command-line/arguments/values.ts'
import { actions } from '../../src/policy/decision.ts'

function value(
  argument: Argument<unknown>,
  own: string | undefined,
  sides: Readonly<Record<string, string>> = {},
): unknown {
  const read = argument.read({ own, sides })
  if (!read.ok) throw new Error(JSON.stringify(read.fault))
  return read.value
}

function fault(argument: Argument<unknown>, own: string, sides: Readonly<Record<string, string>> = {}) {
  const read = argument.read({ own, sides })
  return read.ok ? { value: read.value } : read.fault
}

describe('a target', () => {
  test.each([
    ['web', { name: 'web' }],
    ['shop/web', { namespace: 'shop', name: 'web' }],
    ['prod:web', { cluster: 'prod', name: 'web' }],
    ['prod:shop/web', { cluster: 'prod', namespace: 'shop', name: 'web' }],
    ['prod:shop/sts/web', { cluster: 'prod', namespace: 'shop', kind: 'StatefulSet', name: 'web' }],
    ['deploy/web', { kind: 'Deployment', name: 'web' }],
    ['DaemonSet/web', { kind: 'DaemonSet', name: 'web' }],
    ['deployment.apps/web', { kind: 'Deployment', name: 'web' }],
    ['web.prod.svc', { name: 'web.prod.svc' }],
    ['shop/deploy', { namespace: 'shop', name: 'deploy' }],
  ])('reads %s', (typed, expected) => {
    expect(value(target(), typed)).toEqual(expected)
  })

  test('takes its place from flags, said twice only when they agree', () => {
    expect(value(target(), 'web', { cluster: 'prod', namespace: 'shop' })).toEqual({
      cluster: 'prod',
      namespace: 'shop',
      name: 'web',
    })
    expect(value(target(), 'prod:web', { cluster: 'prod' })).toEqual({ cluster: 'prod', name: 'web' })
    expect(fault(target(), 'prod:web', { cluster: 'test' })).toEqual({
      kind: 'target',
      why: 'contradiction',
      flag: '--cluster',
      one: 'prod',
      other: 'test',
    })
    expect(fault(target(), 'shop/web', { namespace: 'pay' })).toMatchObject({
      why: 'contradiction',
      flag: '--namespace',
    })
  })

  test('has a namespace called like a kind only by flag', () => {
    expect(value(target(), 'web', { namespace: 'deploy' })).toEqual({ namespace: 'deploy', name: 'web' })
  })

  test.each([
    ['a/b/c/d', { why: 'shape' }],
    ['a//b', { why: 'shape' }],
    ['/web', { why: 'shape' }],
    ['shop/', { why: 'shape' }],
    ['a:b:c', { why: 'shape' }],
    ['', { why: 'shape' }],
    [':web', { why: 'cluster', part: '' }],
    ['shop/web:1.5.0', { why: 'cluster', part: 'shop/web' }],
    ['Web', { why: 'name', part: 'Web', like: 'web' }],
    ['web_1', { why: 'name', part: 'web_1', like: undefined }],
    ['-web', { why: 'name' }],
    ['a'.repeat(64), { why: 'name' }],
    ['Shop/web', { why: 'namespace', part: 'Shop', like: 'shop' }],
    ['a.b/web', { why: 'namespace', part: 'a.b' }],
    ['PROD:web', { why: 'cluster', part: 'PROD', like: 'prod' }],
    ['pod/web-1', { why: 'kind', part: 'pod', kinds: ['deployment', 'statefulset', 'daemonset'] }],
    ['shop/deploymnt/web', { why: 'kind', part: 'deploymnt', near: ['deployment'] }],
    ['test,prod:web', { why: 'cluster', part: 'test,prod' }],
    ['we\u200Db', { why: 'name', part: 'we\u200Db' }],
  ])('refuses %s', (typed, expected) => {
    expect(fault(target(), typed)).toMatchObject({ kind: 'target', ...expected })
  })

  test('of a read may name several clusters, and no workload', () => {
    expect(value(scope(), undefined)).toEqual({ clusters: [] })
    expect(value(scope(), undefined, { cluster: 'test,prod', namespace: 'shop' })).toEqual({
      clusters: ['test', 'prod'],
      namespace: 'shop',
    })
    expect(value(scope(), 'test,prod:web')).toEqual({ clusters: ['test', 'prod'], name: 'web' })
    expect(fault(scope(), 'web', { cluster: 'test,,prod' })).toMatchObject({ why: 'cluster', part: '' })
  })

  test('is spelled so that it reads back', () => {
    const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/)
    const namespace = fc.oneof(name, fc.constantFrom('deploy', 'pod', 'sts', 'to', 'in'))
    const kind = fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet')
    fc.assert(
      fc.property(
        fc.record({ cluster: name, namespace, kind, name: fc.oneof(name, namespace) }, { requiredKeys: ['name'] }),
        (wanted) => {
          const { cluster, namespace, kind, name } = wanted
          const sides = {
            ...(cluster === undefined ? {} : { cluster }),
            ...(namespace === undefined ? {} : { namespace }),
          }
          const read = target().read({ own: kind === undefined ? name : `${kind}/${name}`, sides })
          expect(read).toMatchObject({ ok: true, value: wanted })
          expect(read.ok && target().read(read.canonical)).toEqual(read)
        },
      ),
    )
  })
})

describe('an image', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`
  test.each([
    '1.10',
    '1.5.0',
    'v2_rc-1',
    'latest',
    '5',
    digest,
    'nginx:1.25',
    'registry.example/shop/web',
    'registry.example:5000/shop/web:1.5.0',
    `registry.example/shop/web@${digest}`,
    `registry.example/shop/web:1.5.0@${digest}`,
    'localhost/web',
    'localhost:5000/web',
    'shop/web',
    'a/b__c/d---e',
    'Registry.Example/shop/web',
    '[2001:db8::1]:5000/web:1',
  ])('may be %s, and stays that text', (typed) => {
    expect(value(image(), typed)).toBe(typed)
  })

  test.each([
    ['-1.5', { why: 'tag' }],
    ['.5', { why: 'tag' }],
    ['a b', { why: 'tag' }],
    ['', { why: 'tag' }],
    ['a'.repeat(129), { why: 'tag' }],
    ['sha256:abc', { why: 'digest' }],
    [`sha256:${'0123456789ABCDEF'.repeat(4)}`, { why: 'digest', like: digest }],
    [`web@sha512:${'0'.repeat(128)}`, { why: 'digest' }],
    ['web@', { why: 'digest' }],
    [':1.5.0', { why: 'repository', like: '1.5.0' }],
    ['web:', { why: 'tag' }],
    ['web:1:2', { why: 'tag' }],
    ['Shop/Web:1.5', { why: 'upper-case', like: 'shop/web:1.5' }],
    ['https://registry.example/web', { why: 'repository' }],
    ['registry.example/', { why: 'repository' }],
    ['registry.example//web', { why: 'repository' }],
    ['-host.example/web', { why: 'repository' }],
    ['registry.example/web;rm', { why: 'repository' }],
    [`registry.example/${'a'.repeat(300)}`, { why: 'too-long' }],
    [`a/${'b'.repeat(2000)}`, { why: 'too-long' }],
  ])('is not %s', (typed, expected) => {
    expect(fault(image(), typed)).toMatchObject({ kind: 'image', ...expected })
  })
})

describe('replicas', () => {
  test.each([
    ['5', { to: 5 }],
    ['0', { to: 0 }],
    ['007', { to: 7 }],
    ['+2', { by: 2 }],
    ['-1', { by: -1 }],
    ['4..12', { bounds: { min: 4, max: 12 } }],
    ['4–12', { bounds: { min: 4, max: 12 } }],
    ['4..4', { bounds: { min: 4, max: 4 } }],
    ['150000', { to: 150_000 }],
  ])('reads %s', (typed, expected) => {
    expect(value(replicas(), typed)).toEqual(expected)
  })

  test.each([
    ['1.5', { why: 'fraction' }],
    ['1,5', { why: 'fraction' }],
    ['1e9', { why: 'too-many' }],
    ['1000000000', { why: 'too-many' }],
    ['9'.repeat(3000), { why: 'too-many' }],
    ['-999999', { why: 'too-many' }],
    ['ten', { why: 'not-a-number', like: '10' }],
    ['Five', { why: 'not-a-number', like: '5' }],
    ['', { why: 'not-a-number' }],
    ['--1', { why: 'not-a-number' }],
    ['0x10', { why: 'not-a-number' }],
    ['NaN', { why: 'not-a-number' }],
    ['+0', { why: 'no-change' }],
    ['12..4', { why: 'order', like: '4..12' }],
    ['4-12', { why: 'not-a-number', like: '4..12' }],
    ['4…12', { why: 'not-a-number', like: '4..12' }],
    ['1..1000000', { why: 'too-many' }],
    ['٣', { why: 'not-a-number' }],
  ])('refuses %s', (typed, expected) => {
    expect(fault(replicas(), typed)).toMatchObject({ kind: 'replicas', limit: 150_000, ...expected })
  })
})

describe('durations and times', () => {
  test.each([
    ['30m', 1_800_000],
    ['2H', 7_200_000],
    ['1h30m', 5_400_000],
    ['366d', 366 * 86_400_000],
  ])('reads %s', (typed, expected) => {
    expect(value(duration(), typed)).toBe(expected)
  })

  test.each([
    ['90', { why: 'shape', like: '90m' }],
    ['5min', { why: 'shape', like: '5m' }],
    ['2 hours', { why: 'shape', like: '2h' }],
    ['1.5h', { why: 'shape', like: undefined }],
    ['-5m', { why: 'shape' }],
    ['', { why: 'shape' }],
    ['0m', { why: 'zero' }],
    ['367d', { why: 'too-long', limit: '366d' }],
  ])('refuses %s as a duration', (typed, expected) => {
    expect(fault(duration(), typed)).toMatchObject({ kind: 'duration', ...expected })
  })

  test('takes no more than a command allows', () => {
    expect(fault(duration('at most 30d', 30 * 86_400_000), '31d')).toMatchObject({ why: 'too-long', limit: '30d' })
  })

  test('reads how far back, or since when', () => {
    expect(value(since(), '7d')).toEqual({ ago: 604_800_000 })
    expect(value(since(), '2026-10-01T09:00+08:00')).toEqual({ at: Date.UTC(2026, 9, 1, 1) })
    expect(value(since(), '2026-10-01t01:00:00z')).toEqual({ at: Date.UTC(2026, 9, 1, 1) })
  })

  test.each([
    ['2026-10-01', 'no-zone'],
    ['2026-10-01T09:00', 'no-zone'],
    ['2026-02-30T09:00Z', 'shape'],
    ['2026-13-01T09:00Z', 'shape'],
    ['2026-10-01T25:00Z', 'shape'],
    ['2026-yesterday', 'shape'],
  ])('refuses %s as a time', (typed, why) => {
    expect(fault(since(), typed)).toEqual({ kind: 'time', why })
  })
})

describe('other values', () => {
  test('takes patterns of RE2 and no others', () => {
    expect(value(regex(''), String.raw`time(out|d)\s+\d{2,}`)).toBe(String.raw`time(out|d)\s+\d{2,}`)
    expect(value(regex(''), '(x+x+)+y')).toBe('(x+x+)+y')
    expect(fault(regex(''), '(a')).toEqual({
      kind: 'regex',
      why: 'syntax',
      detail: 'missing closing ): `(a`',
      limit: 250,
    })
    expect(fault(regex(''), '(?=a)b')).toMatchObject({ why: 'syntax' })
    expect(fault(regex(''), '((a{1000}){1000})')).toMatchObject({ why: 'too-large' })
    expect(fault(regex(''), 'a'.repeat(251))).toMatchObject({ why: 'too-long' })
    expect(fault(regex(''), `(?:${'a'.repeat(200)}){1000}`)).toMatchObject({ why: 'too-large' })
    expect(fault(regex(''), 'a{200}'.repeat(41))).toMatchObject({ why: 'too-large' })
    expect(fault(regex(''), `(((${'b'.repeat(200)}){10}){10}){10}`)).toMatchObject({ why: 'too-large' })
    expect(fault(regex(''), `[^\\]](?:${'a|'.repeat(90)}b){0,900}`)).toMatchObject({ why: 'too-large' })
    for (const usual of [
      '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}',
      String.raw`\d{1,3}(?:\.\d{1,3}){3}`,
      String.raw`\p{Han}{2,}[{}]`,
    ]) {
      expect(value(regex(''), usual)).toBe(usual)
    }
  })

  test('takes whole numbers within bounds', () => {
    const tail = count({ min: 1, max: 100, about: '' })
    expect(value(tail, '100')).toBe(100)
    expect(fault(tail, '0')).toMatchObject({ why: 'too-small', min: 1 })
    expect(fault(tail, '-5')).toMatchObject({ why: 'too-small' })
    expect(fault(tail, '101')).toMatchObject({ why: 'too-large', max: 100 })
    expect(fault(tail, '1e2')).toMatchObject({ why: 'not-a-number' })
    expect(fault(tail, '5.0')).toMatchObject({ why: 'not-a-number' })
  })

  test('takes people by mention or id, never by name', () => {
    expect(value(person(''), '<@U0ANN>')).toBe('U0ANN')
    expect(value(person(''), 'W0BO')).toBe('W0BO')
    expect(fault(person(''), '@ann')).toEqual({ kind: 'person', why: 'plain-name' })
    expect(fault(person(''), 'ann')).toEqual({ kind: 'person', why: 'shape' })
    expect(fault(person(''), '<@U0ANN')).toEqual({ kind: 'person', why: 'shape' })
    expect(fault(person(''), '<!subteam^S0SRE>')).toEqual({ kind: 'person', why: 'shape' })
  })

  test('takes ids of operations however they are written', () => {
    expect(value(operation(), '7f3k')).toBe('7F3K')
    expect(value(operation(), '#7F3K')).toBe('7F3K')
    expect(fault(operation(), 'web')).toMatchObject({ kind: 'operation' })
    expect(fault(operation(), '7F3K!')).toMatchObject({ kind: 'operation' })
  })

  test('takes texts that are neither empty nor endless', () => {
    expect(value(text(''), '  fix 1432 ')).toBe('fix 1432')
    expect(fault(text(''), '  ')).toMatchObject({ why: 'empty' })
    expect(fault(text(''), 'a'.repeat(501))).toMatchObject({ why: 'too-long', limit: 500 })
  })

  test('takes lists of clusters, names of containers, and the actions of the policy', () => {
    expect(value(clusters(''), 'test,prod,test')).toEqual(['test', 'prod'])
    expect(fault(clusters(''), 'test,Prod')).toMatchObject({ part: 'Prod', like: 'prod' })
    expect(value(container(''), 'app')).toBe('app')
    expect(fault(container(''), 'App')).toMatchObject({ like: 'app' })
    expect(action('').choices).toEqual(actions)
    expect(fault(action(''), 'deplyo')).toMatchObject({ kind: 'choice', near: ['deploy'] })
  })
})
