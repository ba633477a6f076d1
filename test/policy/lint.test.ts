import { describe, expect, test } from 'vitest'
import { lint } from '../../src/policy/lint.ts'
import { parsePolicy } from '../../src/policy/load.ts'
import { clusters } from './building.ts'

const cases = 'cases: [{ who: U9, may: logs, where: prod, expect: deny }]\n'

function found(text: string) {
  const read = parsePolicy({ text: text + cases, file: 'p.yaml', clusters })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return lint({ ...read, at: Date.parse('2026-06-01T00:00Z') })
}

/** A role that Ann and a group hold, with these grants, one a line from line 4 on. */
const grants = (...lines: readonly string[]) =>
  `roles:\n  a:\n    allow:\n${lines.map((line) => `      - ${line}\n`).join('')}bindings: [{ role: a, users: [U1], groups: [S1] }]\n`
const approvals = 'approvals: { one: { require: [{ role: a }] }, two: { require: [{ role: a, count: 2 }] } }\n'

describe('lint', () => {
  test('finds nothing in a file without fault', () => {
    expect(found(grants('{ actions: [deploy], environments: [test] }', '{ actions: [logs] }'))).toEqual([])
  })

  test.each([
    [
      'clusters and environments that exclude each other',
      grants('{ actions: [deploy], clusters: [test], environments: [production] }'),
      'lint_never_matches',
      4,
    ],
    [
      'a limit on replicas without scale',
      grants('{ actions: [deploy], replicas: { max: 3 } }'),
      'lint_limit_without_effect',
      4,
    ],
    [
      'a limit on images without deploy and rollback',
      grants('{ actions: [restart], images: ["a/*"] }'),
      'lint_limit_without_effect',
      4,
    ],
    [
      'an image pattern that no repository fits',
      grants('{ actions: [deploy], images: ["*"] }'),
      'lint_image_never_matches',
      4,
    ],
    [
      'a grant that a wider one covers',
      grants('{ actions: [deploy, logs] }', '{ actions: [deploy], namespaces: [shop] }'),
      'lint_shadowed',
      5,
    ],
    ['a grant that stands there twice', grants('{ actions: [logs] }', '{ actions: [logs] }'), 'lint_shadowed', 5],
    [
      'a grant that asks for an approval which a wider one does not',
      grants('{ actions: [deploy], namespaces: [shop], approval: one }', '{ actions: ["*"] }') +
        'approvals: { one: { require: [{ role: a }] } }\n',
      'lint_shadowed',
      4,
    ],
    [
      'a grant that a guard always denies',
      grants('{ actions: [deploy], namespaces: [kube-system] }') +
        'guards: [{ actions: ["*"], namespaces: ["kube-*"], deny: "no" }]\n',
      'lint_always_denied',
      4,
    ],
    ['break-glass that nobody has to approve', grants('{ actions: [break-glass] }'), 'lint_break_glass_alone', 4],
    [
      'a role that nobody holds',
      grants('{ actions: [logs] }').replace('roles:', 'roles:\n  lonely: {}'),
      'lint_role_unheld',
      2,
    ],
    [
      'a freeze that is over',
      `${grants('{ actions: [logs] }')}freezes: [{ name: x, from: 2026-01-01T00:00Z, to: 2026-02-01T00:00Z }]\n`,
      'lint_freeze_over',
      6,
    ],
    [
      'a guard that matches nowhere',
      `${grants('{ actions: [logs] }')}guards: [{ actions: ["*"], clusters: [test], environments: [production], deny: "no" }]\n`,
      'lint_never_matches',
      6,
    ],
  ] as const)('finds %s', (...[, text, code, line]) => {
    expect(found(text).filter((finding) => finding.rule.line === line)).toMatchObject([{ code }])
  })

  test('does not take a wider role for a shadow on those who do not hold it', () => {
    const text =
      'roles:\n  dev: { allow: [{ actions: [deploy] }] }\n  sre: { includes: [dev], allow: [{ actions: ["*"] }] }\nbindings: [{ role: dev, users: [U1] }, { role: sre, users: [U2] }]\n'
    expect(found(text)).toEqual([])
  })

  test('does not take a grant for some places for a shadow on one that also reaches no place', () => {
    expect(
      found(grants('{ actions: [audit], environments: [test, production] }', '{ actions: [audit, logs] }')).map(
        ({ rule }) => rule.line,
      ),
    ).toEqual([4])
  })

  test('finds approvals that nobody asks for, that nobody can fill, and that need everybody', () => {
    const text = `roles: { a: { allow: [{ actions: [deploy], approval: one }, { actions: [scale], approval: two }, { actions: [restart], approval: both }] }, b: {} }
bindings: [{ role: a, users: [U1, U2] }, { role: b, users: [U2] }]
approvals:
  one: { require: [{ role: b }] }
  two: { require: [{ role: a, count: 3 }] }
  both: { require: [{ role: a }, { role: b }] }
  spare: { require: [{ role: a }] }
`
    expect(found(text)).toMatchObject([
      { code: 'lint_approval_needs_all', rule: { name: 'one' } },
      { code: 'lint_approval_unfillable', rule: { name: 'two' }, seats: 3, people: 2 },
      { code: 'lint_approval_needs_all', rule: { name: 'both' } },
      { code: 'lint_approval_unused', rule: { name: 'spare' } },
    ])
  })

  test('a group is taken to have people enough', () => {
    expect(
      found(`${grants('{ actions: [deploy], approval: two }', '{ actions: [scale], approval: one }')}${approvals}`),
    ).toEqual([])
  })

  test('misses cases where there are none', () => {
    const read = parsePolicy({ text: grants('{ actions: [logs] }'), file: 'p.yaml', clusters })
    expect(read.ok && lint({ ...read, at: 0 })).toMatchObject([{ code: 'lint_no_cases' }])
  })
})
