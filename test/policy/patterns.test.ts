import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileImagePattern, splitImage } from '../../src/policy/images.ts'
import { compilePattern } from '../../src/policy/patterns.ts'
import { like } from './oracle.ts'

describe('patterns', () => {
  test.each([
    ['shop', 'shop', true],
    ['shop', 'shops', false],
    ['shop-*', 'shop-eu', true],
    ['shop-*', 'shop-', true],
    ['*', 'a/b', false],
    ['**', 'a/b', true],
    ['a/*/c', 'a/b/c', true],
    ['a/*/c', 'a/b/b/c', false],
    ['a/**/c', 'a/b/b/c', true],
    ['*-eu-*', 'a-eu-eu-b', true],
    ['a.b', 'axb', false],
    ['**a*', 'xx/ya', true],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(compilePattern(pattern)(text)).toBe(expected)
  })

  test('match as the regular expression that they stand for', () => {
    const letters = (extra: readonly string[]) =>
      fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', ...extra), maxLength: 8 })
    fc.assert(
      fc.property(letters(['*', '*', '**']), letters([]), (pattern, text) => {
        expect(compilePattern(pattern)(text)).toBe(like(pattern).test(text))
      }),
      { numRuns: 2000 },
    )
  })

  test('no text makes a pattern slow', () => {
    const pattern = compilePattern('*a'.repeat(100))
    expect(pattern('a'.repeat(300))).toBe(true)
    expect(pattern(`${'a'.repeat(300)}b`)).toBe(false)
  })
})

describe('images', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx', 'latest', undefined],
    ['nginx:1.27', 'docker.io/library/nginx', '1.27', undefined],
    ['shop/web:1', 'docker.io/shop/web', '1', undefined],
    ['docker.io/nginx', 'docker.io/library/nginx', 'latest', undefined],
    ['index.docker.io/shop/web', 'docker.io/shop/web', 'latest', undefined],
    ['localhost/web', 'localhost/web', 'latest', undefined],
    ['registry.example:5000/shop/web', 'registry.example:5000/shop/web', 'latest', undefined],
    ['registry.example/web@sha256:ab', 'registry.example/web', undefined, 'sha256:ab'],
    ['Registry.EXAMPLE:443/shop/web:1', 'registry.example/shop/web', '1', undefined],
    ['Index.Docker.io:443/nginx:1', 'docker.io/library/nginx', '1', undefined],
    ['registry.example:5000/shop/web:1.5@sha256:ab', 'registry.example:5000/shop/web', '1.5', 'sha256:ab'],
  ] as const)('%s is %s', (...[reference, repository, tag, digest]) => {
    expect(splitImage(reference)).toEqual({ repository, tag, digest })
  })

  test.each([
    ['registry.example/shop/*', 'registry.example/shop/web:1.5.0', true],
    ['registry.example/shop/*', 'registry.example/shop/team/web', false],
    ['registry.example/shop/**', 'registry.example/shop/team/web@sha256:ab', true],
    ['registry.example/shop/*', 'registry.example.evil/shop/web', false],
    ['registry.example/shop/*', 'registry.example:5000/shop/web', false],
    ['registry.example:5000/*', 'registry.example:5000/web', true],
    ['nginx', 'docker.io/library/nginx:1.27', true],
    ['shop/*', 'docker.io/shop/web', true],
    ['**/web:1.*', 'registry.example/shop/web:1.5', true],
    ['**/web:1.*', 'registry.example/shop/web:2.0', false],
    ['**/web:1.*', 'registry.example/shop/web', false],
    ['**:latest', 'registry.example/shop/web', true],
    ['**:latest', 'registry.example/shop/web@sha256:ab', false],
    ['evil.example/**', 'EVIL.example:443/shop/web:1', true],
    ['Registry.Example:443/shop/*', 'registry.example/shop/web:1', true],
    ['**@sha256:*', 'registry.example/shop/web:1@sha256:ab', true],
    ['**@sha256:*', 'registry.example/shop/web:1', false],
  ])('%s takes %s: %s', (pattern, reference, expected) => {
    expect(compileImagePattern(pattern)(splitImage(reference))).toBe(expected)
  })
})
