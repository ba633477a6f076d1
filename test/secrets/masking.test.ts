import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Masking } from '../../src/secrets/masking.ts'
import { createMasking } from '../../src/secrets/masking.ts'

function masking(patterns: readonly string[] = []): Masking {
  const made = createMasking(patterns)
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.masking
}

const { mask, maskValue } = masking()
/** Put together here, so that no line of this file looks like a key to a scanner. */
const join = (...parts: string[]) => parts.join('')
const secret = 'hunter2-Zx81'

describe('secrets in text', () => {
  test.each([
    `password=${secret}`,
    `PASSWORD: ${secret}`,
    `db_password = ${secret} host=db`,
    `connecting with passwd=${secret}, retry 3`,
    `{"password":"${secret}","user":"web"}`,
    `{"dbPassword" : "${secret}"}`,
    String.raw`{"msg":"{\"api_key\":\"${secret}\"}"}`,
    `apiKey=${secret}`,
    `client_secret='${secret}'`,
    `token=${secret}&page=2`,
    `https://api.example/x?access_token=${secret}&page=2`,
    `mysql --user web --password ${secret} shop`,
    `curl --auth-token "${secret}"`,
    `Authorization: Bearer ${secret}abc`,
    `authorization: Basic ${secret}`,
    `"Authorization":"${secret}"`,
    `Bearer ${secret}`,
    `postgres://web:${secret}@db:5432/shop`,
    `amqp://web:p@${secret}@mq/`,
    `redis://:${secret}@cache:6379`,
    `password="two words ${secret}"`,
    `key ${join('AK', 'IA')}${'A1B2'.repeat(4)} used`.replace('A1B2', secret.slice(0, 0) + 'A1B2'),
  ])('%s is masked', (line) => {
    const masked = mask(line)
    expect(masked).toContain('••••')
    expect(masked).not.toContain(secret)
    expect(masked).not.toContain('A1B2A1B2')
  })

  test.each([
    join('eyJ', 'hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'),
    join('xox', 'b-123456789012-abcdefABCDEF'),
    join('xap', 'p-1-A012-123456-abcdef'),
    join('gh', 'p_', 'a1'.repeat(18)),
    join('gl', 'pat-', 'x1Y2'.repeat(5)),
    join('AK', 'IA', 'ABCD1234'.repeat(2)),
    join('sk', '_live_', 'a1b2'.repeat(6)),
    join('AI', 'za', 'x'.repeat(35)),
  ])('a token that says what it is (%s) is masked wherever it stands', (token) => {
    expect(mask(`before ${token} after`)).toBe('before •••• after')
    expect(mask(`"${token}"`)).toBe('"••••"')
  })

  test('a private key is masked as a block, also when its end was cut off', () => {
    const begin = join('-----BEGIN RSA ', 'PRIVATE KEY-----')
    const end = join('-----END RSA ', 'PRIVATE KEY-----')
    expect(mask(`a\n${begin}\nMIIB+/\nabc-d\n${end}\nb`)).toBe(`a\n${begin}••••\nb`)
    expect(mask(`a\n${begin}\nMIIB+/\nab`)).toBe(`a\n${begin}••••`)
  })

  test('what stands around a secret stays readable', () => {
    expect(mask(`user=web password=${secret} host=db`)).toBe('user=web password=•••• host=db')
    expect(mask(`{"password":"${secret}","user":"web"}`)).toBe('{"password":"••••","user":"web"}')
    expect(mask(`postgres://web:${secret}@db:5432/shop`)).toBe('postgres://web:••••@db:5432/shop')
    expect(mask(`GET /x?token=${secret}&page=2`)).toBe('GET /x?token=••••&page=2')
    expect(mask(`Authorization: Bearer ${secret}`)).toBe('Authorization: Bearer ••••')
  })

  test.each([
    'deploy web 1.5.0 to prod',
    'GET /healthz 200 in 3 ms',
    'http://web.shop.svc:8080/path?x=1',
    'registry.example:5000/shop/web@sha256:0123456789abcdef',
    'at 12:30 user@example.com wrote key metrics: basic checks passed',
    'basic authentication is on',
    'passed 12 tests',
    'Monkey business: 3',
    'Liveness probe failed: HTTP probe failed with statuscode: 503',
    '',
  ])('%s is left as it is', (line) => {
    expect(mask(line)).toBe(line)
  })

  test('masking what is masked changes nothing', () => {
    const shape = fc.constantFrom(
      `password=${secret}`,
      `Bearer ${secret}`,
      `"token": "${secret}"`,
      `http://u:${secret}@h`,
      ' ',
      '\n',
      '"',
      'x',
      'secret:',
      '--password ',
    )
    fc.assert(
      fc.property(fc.array(shape, { maxLength: 8 }), (parts) => {
        const once = mask(parts.join(''))
        expect(mask(once)).toBe(once)
      }),
    )
  })

  test('time grows with the text, also for text made to be slow', () => {
    for (const piece of [
      'password',
      'a://',
      'eyJ-',
      'token=',
      'x-'.repeat(20),
      '-----BEGIN PRIVATE KEY-----',
      'authorization ',
      'bearer a',
      'a:',
      '--secret-',
      '"password":"',
    ]) {
      const text = piece.repeat(Math.ceil(200_000 / piece.length))
      const before = process.cpuUsage().user
      mask(text)
      expect(process.cpuUsage(undefined).user - before, piece).toBeLessThan(2_000_000)
    }
  })
})

describe('values of variables and annotations', () => {
  test.each([
    'DB_PASSWORD',
    'dbPassword',
    'API_KEY',
    'apiKey',
    'SLACK_BOT_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'MYSQL_PWD',
    'x-auth-token',
    'SSH_PRIVATE_KEY',
    'REDIS_PASS',
    'SENTRY_DSN',
    'credentials',
  ])('the value of %s shows only a short keyed hash', (name) => {
    expect(maskValue(name, 'plain', 'key')).toMatch(/^••••#[0-9a-f]{6}$/)
  })

  test.each([
    ['LOG_LEVEL', 'debug'],
    ['REPLICAS', '3'],
    ['AUTHOR', 'ann'],
    ['COMPASS', 'north'],
    ['KEYCLOAK_URL', 'https://id.example'],
    ['PASSWORD', ''],
  ])('%s=%s is shown as it is', (name, value) => {
    expect(maskValue(name, value, 'key')).toBe(value)
  })

  test('a value that looks secret is masked under a harmless name', () => {
    expect(maskValue('DATABASE_URL', `postgres://web:${secret}@db/shop`, 'key')).toMatch(/^••••#/)
  })

  test('another value gives another hash, the same value the same, and another key another', () => {
    const shown = maskValue('TOKEN', 'one', 'key')
    expect(maskValue('TOKEN', 'one', 'key')).toBe(shown)
    expect(maskValue('TOKEN', 'two', 'key')).not.toBe(shown)
    expect(maskValue('TOKEN', 'one', 'other key')).not.toBe(shown)
  })
})

describe("the user's own patterns", () => {
  test('are masked besides the built-in ones, without regard to case', () => {
    const own = masking(['internal-[0-9]+', 'GEHEIM \\S+'])
    expect(own.mask(`INTERNAL-42 geheim x1 password=${secret}`)).toBe('•••• •••• password=••••')
    expect(own.maskValue('NOTE', 'internal-7', 'key')).toMatch(/^••••#/)
  })

  test('that cannot be used are told with their place, all at once', () => {
    expect(createMasking(['fine', '(', 'a*', '(?<=x)y'])).toEqual({
      ok: false,
      problems: [
        { code: 'mask_invalid', index: 1, pattern: '(', why: expect.stringContaining('') },
        { code: 'mask_matches_nothing', index: 2, pattern: 'a*' },
        { code: 'mask_invalid', index: 3, pattern: '(?<=x)y', why: expect.stringContaining('') },
      ],
    })
  })

  test('cannot hang the bot', () => {
    expect(masking(['(a+)+$']).mask(`${'a'.repeat(5_000)}b`)).toContain('b')
  })
})
