import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../src/policy/load.ts'
import { clusters, designCases, designPolicy, problemsOf } from './building.ts'

const roles = 'roles: { a: {} }\n'

describe('a policy file that is right', () => {
  test('the one of the design passes its own cases', () => {
    expect(problemsOf(designPolicy + designCases)).toEqual([])
  })

  test('its digest changes with its text', () => {
    const digest = (text: string) => {
      const read = loadPolicy({ text, file: 'p', clusters })
      return read.ok ? read.policy.digest : ''
    }
    expect(digest(roles)).toMatch(/^[0-9a-f]{64}$/)
    expect(digest(`${roles}# changed`)).not.toBe(digest(roles))
  })
})

describe('a policy file with a mistake', () => {
  test.each([
    ['', { code: 'file_empty' }],
    ['# nothing but words', { code: 'file_empty' }],
    ['- roles', { code: 'file_wrong_value', line: 1, expected: { kind: 'map' } }],
    ['bindings: []', { code: 'file_missing_key', field: 'roles' }],
    ['roles:\n\ta: {}', { code: 'file_tab', line: 2, column: 1 }],
    ['roles: { a: {}, b: {}, a: {} }', { code: 'file_duplicate_key', field: 'roles.a', firstLine: 1, column: 24 }],
    ['roles: { a: { allow: [ }', { code: 'file_syntax', line: 1 }],
    ['roles: { a: !!js/function x }', { code: 'file_syntax', line: 1 }],
    ['roles: { a: {} }\n---\nroles: {}', { code: 'file_second_document' }],
    ['roles: { __proto__: {} }', { code: 'file_unknown_key', found: '__proto__' }],
    ['roles: { a: { alow: [] } }', { code: 'file_unknown_key', line: 1, column: 15, near: ['allow'] }],
    ['roles: { Admin: {} }', { code: 'file_wrong_value', found: 'Admin', expected: { kind: 'role_name' } }],
    ['roles: { a: { includes: [b] } }', { code: 'file_unknown_name', kind: 'role', found: 'b' }],
    [
      'roles: { a: { includes: [b] }, b: { includes: [c] }, c: { includes: [a] } }',
      { code: 'policy_cycle', roles: ['a', 'b', 'c', 'a'] },
    ],
    ['roles: { a: { includes: [a] } }', { code: 'policy_cycle', roles: ['a', 'a'] }],
    ['roles: { a: { allow: [{ actions: [dploy] }] } }', { code: 'file_wrong_value', found: 'dploy', near: ['deploy'] }],
    ['roles: { a: { allow: [{ actions: [] }] } }', { expected: { kind: 'not_empty' } }],
    [
      'roles: { a: { allow: [{ actions: [deploy], images: [1.10] }] } }',
      { found: '1.10', expected: { kind: 'pattern' } },
    ],
    ['roles: { a: { allow: [{ actions: [deploy], clusters: [prd] }] } }', { kind: 'cluster', near: ['prod'] }],
    [
      'roles: { a: { allow: [{ actions: [deploy], clusters: ["x*"] }] } }',
      { kind: 'cluster', found: '"x*"'.slice(1, 3) },
    ],
    [
      'roles: { a: { allow: [{ actions: [deploy], environments: [prod] }] } }',
      { kind: 'environment', near: ['production'] },
    ],
    ['roles: { a: { allow: [{ actions: [deploy], approval: x }] } }', { kind: 'approval', found: 'x' }],
    [
      'roles: { a: { allow: [{ actions: [scale], replicas: 3 }] } }',
      { field: 'roles.a.allow[0].replicas', expected: { kind: 'map' } },
    ],
    [
      'roles: { a: { allow: [{ actions: [scale], replicas: { min: 3, max: 2 } }] } }',
      { expected: { kind: 'max_not_below_min' } },
    ],
    [`${roles}bindings: [{ role: b, users: [U1] }]`, { code: 'file_unknown_name', line: 2, field: 'bindings[0].role' }],
    [`${roles}bindings: [{ role: a, users: [ann] }]`, { code: 'file_wrong_value', expected: { kind: 'user_id' } }],
    [`${roles}bindings: [{ role: a, groups: [U1] }]`, { expected: { kind: 'group_id' } }],
    [`${roles}bindings: [{ role: a }]`, { code: 'file_missing_key', field: 'bindings[0].users' }],
    [`${roles}approvals: { x: { require: [{ role: b }] } }`, { code: 'file_unknown_name', kind: 'role' }],
    [
      `${roles}approvals: { x: { require: [{ role: a, count: 0 }] } }`,
      { expected: { kind: 'at_least', values: ['1'] } },
    ],
    [`${roles}approvals: { x: { require: [{ role: a }, { role: a }] } }`, { code: 'policy_twice', found: 'a' }],
    [
      `${roles}approvals: { x: { require: [{ role: a }], expires: 30 } }`,
      { found: '30', expected: { kind: 'duration' } },
    ],
    [`${roles}guards: [{ actions: ["*"] }]`, { field: 'guards[0].approval', expected: { kind: 'approval_or_deny' } }],
    [
      `${roles}guards: [{ actions: ["*"], deny: no way, approval: x }]`,
      { field: 'guards[0].deny', expected: { kind: 'approval_or_deny' } },
    ],
    [
      `${roles}guards: [{ actions: [scale], when: { replicas: ten }, deny: x }]`,
      { expected: { kind: 'number_or_range' } },
    ],
    [
      `${roles}guards: [{ actions: [scale], when: { replicas: -1 }, deny: x }]`,
      { found: '-1', expected: { kind: 'at_least' } },
    ],
    [`${roles}freezes: [{ name: x }]`, { field: 'freezes[0]', expected: { kind: 'fixed_or_recurring' } }],
    [
      `${roles}freezes: [{ name: x, from: 2026-01-01T00:00, to: 2026-02-01T00:00Z }]`,
      { found: '2026-01-01T00:00', expected: { kind: 'moment' } },
    ],
    [
      `${roles}freezes: [{ name: x, from: 2026-02-31T00:00Z, to: 2026-04-01T00:00Z }]`,
      { expected: { kind: 'moment' } },
    ],
    [
      `${roles}freezes: [{ name: x, from: 2026-02-01T00:00Z, to: 9999-12-31T23:59-14:00 }]`,
      { found: '9999-12-31T23:59-14:00', expected: { kind: 'moment' } },
    ],
    [
      `${roles}freezes: [{ name: x, from: 2026-02-01T00:00Z, to: 275761-01-01T00:00Z }]`,
      { expected: { kind: 'moment' } },
    ],
    [
      `${roles}freezes: [{ name: x, from: 2026-02-01T00:00Z, to: 2026-02-01T00:00Z }]`,
      { expected: { kind: 'after_from' } },
    ],
    [
      `${roles}freezes: [{ name: x, every: "0 18 * * 5", for: 60h }]`,
      { code: 'file_missing_key', field: 'freezes[0].zone' },
    ],
    [`${roles}freezes: [{ name: x, every: "0 18 * * 5", zone: Mars/Base, for: 60h }]`, { expected: { kind: 'zone' } }],
    [`${roles}freezes: [{ name: x, every: "friday", zone: UTC, for: 60h }]`, { expected: { kind: 'cron' } }],
    [
      `${roles}freezes: [{ name: x, every: "0 0 30 2 *", zone: UTC, for: 60h }]`,
      { expected: { kind: 'cron_that_happens' } },
    ],
    [`${roles}cases: [{ who: { role: b }, may: deploy, where: prod, expect: deny }]`, { kind: 'role', found: 'b' }],
    [
      `${roles}cases: [{ who: U1, may: deploy, where: "prd:shop/web", expect: deny }]`,
      { kind: 'cluster', near: ['prod'] },
    ],
    [
      `${roles}cases: [{ who: U1, may: deploy, where: prod, expect: { approval: x } }]`,
      { kind: 'approval', found: 'x' },
    ],
    [
      `${roles}cases: [{ who: U1, may: deploy, where: prod, expect: maybe }]`,
      { found: 'maybe', expected: { kind: 'one_of' } },
    ],
  ])('%j', (text, problem) => {
    expect(problemsOf(text)).toMatchObject([problem])
  })

  test('a case that fails is a mistake of the file, told with its line and the answer it got', () => {
    const text = `${designPolicy}cases:\n  - { who: { user: U0X, groups: [S0SRE] }, may: deploy, where: "prod:shop/web", expect: deny }\n`
    expect(problemsOf(text)).toMatchObject([
      {
        code: 'policy_case_failed',
        line: 22,
        number: 1,
        who: '{ user: U0X, groups: [S0SRE] }',
        action: 'deploy',
        where: 'prod:shop/web',
        expected: 'deny',
        got: { verdict: 'allow', rule: { name: 'sre', line: 9 } },
      },
    ])
  })

  test('several mistakes are told at once, by line', () => {
    const text = 'roles:\n  a: { includes: [x] }\nbindings:\n  - { role: y, users: [U1] }\n'
    expect(problemsOf(text)).toMatchObject([
      { line: 2, found: 'x' },
      { line: 4, found: 'y' },
    ])
  })
})

describe('a file that means harm', () => {
  test('aliases that multiply are refused', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) =>
        `a${String(level)}: &a${String(level)} [${level === 0 ? 'x' : Array.from({ length: 9 }, () => `*a${String(level - 1)}`).join(', ')}]`,
    )
    expect(problemsOf(levels.join('\n'))).toMatchObject([{ code: 'file_alias_bomb' }])
  })

  test('a hole without bottom is refused', () => {
    expect(problemsOf(`roles: ${'{ a: '.repeat(60)}1${' }'.repeat(60)}`)).toMatchObject([
      { code: 'file_syntax', detail: expect.stringContaining('nested') },
    ])
    expect(problemsOf(`roles: ${'['.repeat(3000)}`).length).toBeGreaterThan(0)
  })

  test('no more than twenty problems are listed', () => {
    expect(
      problemsOf(`roles: { ${Array.from({ length: 50 }, (_, index) => `A${String(index)}: {}`).join(', ')} }`),
    ).toHaveLength(20)
  })
})
