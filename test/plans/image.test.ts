import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalRepository, parseImage, parseImageArgument, spellImage } from '../../src/plans/image.ts'

const digest = `sha256:${'ab'.repeat(32)}`

describe('what somebody types for an image', () => {
  test.each(['1.5.0', '1.10', 'latest', 'v2', '10', '2024-01-01_rc.1', 'nginx'])(
    '%s is a tag, kept letter by letter',
    (tag) => {
      expect(parseImageArgument(tag)).toEqual({ ok: true, value: { kind: 'tag', tag } })
    },
  )

  test('sha256:… is a digest', () => {
    expect(parseImageArgument(digest)).toEqual({ ok: true, value: { kind: 'digest', digest } })
  })

  test.each([
    ['nginx:1.25', { repository: 'nginx', tag: '1.25' }],
    ['shop/web', { repository: 'shop/web' }],
    ['registry.example:5000/shop/web:1.5.0', { repository: 'registry.example:5000/shop/web', tag: '1.5.0' }],
    [`registry.example/shop/web@${digest}`, { repository: 'registry.example/shop/web', digest }],
    [`localhost/web:1@${digest}`, { repository: 'localhost/web', tag: '1', digest }],
    ['[2001:db8::1]:5000/web:1', { repository: '[2001:db8::1]:5000/web', tag: '1' }],
  ])('%s is a full reference', (text, reference) => {
    expect(parseImageArgument(text)).toEqual({ ok: true, value: { kind: 'reference', reference } })
  })

  test.each([
    ['', 'empty'],
    ['-1', 'tag'],
    ['a b', 'tag'],
    ['a'.repeat(129), 'tag'],
    ['web:', 'tag'],
    ['web:1:2', 'tag'],
    ['sha256:abc', 'digest'],
    ['web@sha256:abc', 'digest'],
    ['web@', 'digest'],
    [`web@${digest.toUpperCase()}`, 'digest'],
    [':1.5', 'empty'],
    ['registry.example/Shop/web', 'uppercase'],
    ['registry.example//web', 'repository'],
    ['registry.example/web/', 'repository'],
    ['-registry.example/web', 'domain'],
    ['registry.example:port/web', 'domain'],
    ['../web', 'domain'],
    ['web/../x', 'repository'],
    ['http://registry.example/web', 'domain'],
    [`registry.example/${'a'.repeat(250)}`, 'too-long'],
    [`${'ab'.repeat(32)}:1`, 'repository'],
  ])('%s is refused', (text, fault) => {
    expect(parseImageArgument(text)).toEqual({ ok: false, fault })
  })

  test('what was parsed spells out as it was typed', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,8})?$/)
    const tag = fc.stringMatching(/^[A-Za-z0-9_][\w.-]{0,20}$/)
    const reference = fc
      .tuple(
        fc.constantFrom('', 'registry.example/', 'registry.example:5000/'),
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.option(tag),
      )
      .map(([domain, path, version]) => `${domain}${path.join('/')}${version === null ? '' : `:${version}`}`)
    fc.assert(
      fc.property(reference, (text) => {
        const parsed = parseImage(text)
        expect(parsed.ok && spellImage(parsed.value)).toBe(text)
      }),
    )
  })

  test('any text is either refused or a reference that spells out as typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const parsed = parseImage(text)
        expect(!parsed.ok || spellImage(parsed.value) === text).toBe(true)
      }),
    )
  })
})

describe('the normalised repository', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx'],
    ['shop/web', 'docker.io/shop/web'],
    ['docker.io/nginx', 'docker.io/library/nginx'],
    ['index.docker.io/shop/web', 'docker.io/shop/web'],
    ['localhost/web', 'localhost/web'],
    ['Registry/web', 'Registry/web'],
    ['registry.example:5000/shop/web', 'registry.example:5000/shop/web'],
  ])('of %s is %s', (repository, normal) => {
    expect(normalRepository(repository)).toBe(normal)
  })
})
