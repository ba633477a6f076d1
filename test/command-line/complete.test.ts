import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LiveNames } from '../../src/command-line/complete.ts'
import { commandLine } from './typing.ts'

const names: LiveNames = {
  clusters: ['test', 'prod'],
  namespaces: ['shop', 'pay'],
  workloads: ['prod:shop/web', 'test:shop/web', 'prod:pay/orders'],
  containers: ['app', 'proxy'],
  images: ['1.4.2', '1.5.0'],
  operations: ['7F3K'],
}

const offered = (typed: string) => commandLine.complete(typed, names).candidates.map(({ text }) => text)
const expecting = (typed: string) => commandLine.complete(typed, names).expecting?.argument.name

describe('completion', () => {
  test.each([
    ['/', ['/ops', '/deploy', '/scale', '/rollback', '/logs', '/metrics']],
    ['/de', ['/deploy']],
    ['/ops re', ['restart', 'resume', 'reject']],
    ['rest', ['restart']],
    ['/deploy we', ['prod:shop/web', 'test:shop/web']],
    ['/deploy prod:', ['prod:shop/web', 'prod:pay/orders']],
    ['/deploy web ', ['1.4.2', '1.5.0']],
    ['/deploy web 1.5.0 to ', ['test', 'prod']],
    ['/deploy web 1.5.0 on p', ['prod']],
    ['/deploy web 1.5.0 in ', ['shop', 'pay']],
    ['/deploy web 1.5.0 --cont', ['--container']],
    ['/deploy web 1.5.0 --container ', ['app', 'proxy']],
    ['/deploy web 1.5.0 -c a', ['app']],
    ['/deploy web 1.5.0 t', ['to']],
    ['/ops status --p', ['--private']],
    ['/ops approve ', ['7F3K']],
    ['/ops can dep', ['deploy']],
    ['/ops freeze ', ['test', 'prod']],
    ['/ops nonsense ', []],
    ['/ops reject 7F3K "not ', []],
  ])('after “%s” offers %j', (typed, texts) => {
    expect(offered(typed)).toEqual(texts)
  })

  test('offers a flag no second time', () => {
    expect(offered('/logs web --follow --fol')).toEqual([])
    expect(offered('/deploy web 1.5.0 to prod o')).toEqual([])
  })

  test('tells what the line waits for, where nothing can be offered', () => {
    expect(expecting('/scale web ')).toBe('replicas')
    expect(expecting('/scale web to ')).toBe('cluster')
    expect(expecting('/logs web --since ')).toBe('since')
    expect(expecting('/scale web 5 ')).toBeUndefined()
  })

  test('says where the word begins that it would replace', () => {
    expect(commandLine.complete('/deploy web 1.5.0 to pr', names).from).toBe(21)
    expect(commandLine.complete('/deploy ', names).from).toBe(8)
  })

  test('never throws, and offers a bounded list', () => {
    const many = { ...names, workloads: Array.from({ length: 5000 }, (_, n) => `prod:shop/web-${String(n)}`) }
    expect(commandLine.complete('/deploy web', many).candidates).toHaveLength(30)
    fc.assert(fc.property(fc.string(), (typed) => commandLine.complete(`/ops ${typed}`, names).candidates.length <= 30))
  })
})
