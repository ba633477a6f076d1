import type { Decision } from '../../src/policy/decision.ts'
import { describe, expect, test } from 'vitest'
import { GroupId } from '../../src/chat/identity.ts'
import { decide } from '../../src/policy/decide.ts'
import { withFreezes } from '../../src/policy/freezes.ts'
import { designPolicy, order, policyOf, scaleOrder, without } from './building.ts'

const policy = policyOf(designPolicy)
const sre = { user: 'U0SAM', groups: ['S0SRE'] }
const inProd = { cluster: 'prod', ...sre }
const frozenDay = Date.parse('2026-12-31T12:00+08:00')

/** `allow`, `prod-change`, `prod-change+two-people`, or the refusal's code. */
function short(decision: Decision): string {
  if (decision.verdict === 'deny') return decision.refusal.code
  return decision.verdict === 'approval' ? decision.requirement.names.join('+') : 'allow'
}

describe('the policy of the design', () => {
  test.each([
    ['Ann deploys to test alone', order(), 'allow'],
    ['Ann asks for prod with one line', order({ cluster: 'prod' }), 'prod-change'],
    ['a namespace that no grant names is denied', order({ cluster: 'prod', namespace: 'billing' }), 'policy_no_grant'],
    [
      'an image from elsewhere is denied',
      order({ cluster: 'prod', images: ['evil.example/web:1'] }),
      'policy_no_grant',
    ],
    [
      'one foreign image among several is enough to be denied',
      order({ cluster: 'prod', images: ['registry.example/shop/web:1', 'nginx'] }),
      'policy_no_grant',
    ],
    [
      'an order that does not say its images is denied',
      without('images', order({ cluster: 'prod' })),
      'policy_no_grant',
    ],
    ['a stranger is denied', order({ user: 'U0EVE' }), 'policy_no_grant'],
    ['a group gives what a name gives', order({ user: 'U0EVE', groups: ['S0DEVS'] }), 'allow'],
    ['a developer reads what viewers read', order({ action: 'logs', cluster: 'prod' }), 'allow'],
    ['an SRE holds what developers hold', order({ action: 'logs', cluster: 'prod', ...sre }), 'allow'],
    ['of grants that match one without approval beats any', order({ cluster: 'prod', ...sre }), 'allow'],
    ['scale to 10 is within the limit', scaleOrder(3, 10), 'allow'],
    ['scale to 11 is not', scaleOrder(3, 11), 'policy_no_grant'],
    ['the guard asks two people for zero in production', scaleOrder(4, 0, { cluster: 'prod', ...sre }), 'two-people'],
    ['one replica is no zero', scaleOrder(4, 1, { cluster: 'prod', ...sre }), 'allow'],
    ['the guard does not give what no grant gives', scaleOrder(4, 0, { cluster: 'prod' }), 'policy_no_grant'],
    ['a denial wins over every grant', order({ namespace: 'kube-system', ...sre }), 'policy_guard'],
    ['a freeze denies', order({ cluster: 'prod', at: frozenDay }), 'policy_frozen'],
    ['a freeze holds only where it stands', order({ at: frozenDay }), 'allow'],
    [
      'rollback is excepted from the freeze',
      order({ action: 'rollback', cluster: 'prod', at: frozenDay }),
      'prod-change',
    ],
    ['scale up is excepted from the freeze', scaleOrder(3, 5, { cluster: 'prod', at: frozenDay, ...sre }), 'allow'],
    ['scale down is not', scaleOrder(5, 3, { cluster: 'prod', at: frozenDay, ...sre }), 'policy_frozen'],
    ['reads go on in a freeze', order({ action: 'logs', cluster: 'prod', at: frozenDay }), 'allow'],
    ['cancelling goes on in a freeze', order({ action: 'cancel', cluster: 'prod', at: frozenDay, ...sre }), 'allow'],
    ['the star does not reach break-glass', order({ action: 'break-glass', ...sre }), 'policy_no_grant'],
    [
      'a reason for break-glass is worth nothing without the grant',
      order({ cluster: 'prod', at: frozenDay, breakGlass: 'fire', ...sre }),
      'policy_frozen',
    ],
  ])('%s', (_, request, expected) => {
    expect(short(decide(policy, request))).toBe(expected)
  })

  test('the answer names the line that decided', () => {
    expect(decide(policy, order())).toMatchObject({ rule: { name: 'developer', file: 'policies/roles.yaml', line: 6 } })
    expect(decide(policy, order({ cluster: 'prod' }))).toMatchObject({
      rule: { name: 'developer', line: 8 },
      requirement: { seats: [{ role: 'sre', count: 1 }], expiresMs: 1_800_000 },
    })
    expect(decide(policy, scaleOrder(4, 0, { cluster: 'prod', ...sre }))).toMatchObject({
      rule: { name: 'sre', line: 9 },
      guards: [{ name: 'guard 1', line: 17 }],
    })
  })

  test('a refusal says which grants were near, what failed, and which roles may', () => {
    expect(decide(policy, scaleOrder(3, 11))).toEqual({
      verdict: 'deny',
      refusal: {
        code: 'policy_no_grant',
        rule: { name: 'default', file: 'policies/roles.yaml', line: 1 },
        roles: ['viewer', 'developer'],
        nearest: [
          { rule: { name: 'developer', file: 'policies/roles.yaml', line: 7 }, failed: 'replicas: { max: 10 }' },
        ],
        rolesThatMay: ['sre'],
      },
    })
  })

  test('a guard denies in its own words', () => {
    expect(decide(policy, order({ namespace: 'kube-system', ...sre }))).toMatchObject({
      refusal: {
        code: 'policy_guard',
        rule: { name: 'guard 2' },
        text: 'platform namespace: use the platform repository',
      },
    })
  })

  test('a freeze names itself, its end and what it lets through', () => {
    expect(decide(policy, order({ cluster: 'prod', at: frozenDay }))).toMatchObject({
      refusal: {
        freeze: 'year-end',
        until: Date.parse('2027-01-03T09:00+08:00'),
        allowed: ['rollback', 'scale-up'],
        rolesThatMay: [],
      },
    })
  })

  test('a freeze begins at its first moment and is over at its last', () => {
    const verdicts = [
      '2026-12-30T09:59:59.999Z',
      '2026-12-30T10:00Z',
      '2027-01-03T00:59:59.999Z',
      '2027-01-03T01:00Z',
    ].map((at) => decide(policy, order({ cluster: 'prod', at: Date.parse(at) })).verdict)
    expect(verdicts).toEqual(['approval', 'deny', 'deny', 'approval'])
  })
})

describe('grants', () => {
  const approvals =
    'approvals: { one: { require: [{ role: a }] }, two: { require: [{ role: a, count: 2 }] }, other: { require: [{ role: b }] } }'
  const choose = (grants: readonly string[]) =>
    decide(
      policyOf(
        `roles:\n  a:\n    allow:\n${grants.map((grant) => `      - { actions: [deploy], approval: ${grant} }\n`).join('')}  b: {}\nbindings: [{ role: a, users: [U0ANN] }]\n${approvals}`,
      ),
      order(),
    )

  test('with approvals everywhere, the fewest people in total win', () => {
    expect(choose(['two', 'one'])).toMatchObject({ rule: { line: 5 }, requirement: { names: ['one'] } })
  })

  test('with as many people, the first in the file wins', () => {
    expect(choose(['two', 'other', 'one'])).toMatchObject({ rule: { line: 5 }, requirement: { names: ['other'] } })
  })

  test('a limit on replicas says nothing about a restart, one on images nothing about scale', () => {
    const p = policyOf(
      'roles: { a: { allow: [{ actions: ["*"], replicas: { max: 1 }, images: ["x/**"] }] } }\nbindings: [{ role: a, users: [U0ANN] }]',
    )
    expect(decide(p, without('images', order({ action: 'restart' }))).verdict).toBe('allow')
    expect(decide(p, without('images', scaleOrder(1, 1))).verdict).toBe('allow')
    expect(decide(p, without('images', scaleOrder(1, 2))).verdict).toBe('deny')
  })

  test('min tests minReplicas and max tests maxReplicas', () => {
    const p = policyOf(
      'roles: { a: { allow: [{ actions: [scale], replicas: { min: 2, max: 8 } }] } }\nbindings: [{ role: a, users: [U0ANN] }]',
    )
    const bounds = (min: number, max: number) =>
      decide(p, order({ action: 'scale', replicas: { before: { min: 3, max: 4 }, after: { min, max } } })).verdict
    expect([bounds(2, 8), bounds(1, 8), bounds(2, 9)]).toEqual(['allow', 'deny', 'deny'])
  })

  test('a grant for some namespaces does not reach an order that names none', () => {
    const p = policyOf(
      'roles: { a: { allow: [{ actions: [status], namespaces: [shop] }] } }\nbindings: [{ role: a, users: [U0ANN] }]',
    )
    expect(decide(p, without('target', order({ action: 'status' }))).verdict).toBe('deny')
    expect(decide(p, order({ action: 'status' })).verdict).toBe('allow')
  })

  test('patterns hold for namespaces, names and clusters', () => {
    const p = policyOf(
      'roles: { a: { allow: [{ actions: [deploy], clusters: ["pr*"], namespaces: ["shop-*"], names: ["web*"] }] } }\nbindings: [{ role: a, users: [U0ANN] }]',
    )
    expect(decide(p, order({ cluster: 'prod', namespace: 'shop-eu', name: 'web-2' })).verdict).toBe('allow')
    expect(decide(p, order({ cluster: 'test', namespace: 'shop-eu', name: 'web-2' })).verdict).toBe('deny')
    expect(decide(p, order({ cluster: 'prod', namespace: 'shop', name: 'web-2' })).verdict).toBe('deny')
    expect(decide(p, order({ cluster: 'prod', namespace: 'shop-eu', name: 'api' })).verdict).toBe('deny')
  })
})

const move = (
  before: readonly [number, number],
  after: readonly [number, number],
  rest: Parameters<typeof order>[0] = {},
) =>
  order({
    action: 'scale',
    replicas: { before: { min: before[0], max: before[1] }, after: { min: after[0], max: after[1] } },
    ...rest,
  })

describe('groups that could not be asked about', () => {
  const s0sre = GroupId.parse('S0SRE')
  const asks = (action: 'deploy' | 'break-glass', user: string) => {
    const request = order({ action, user, cluster: 'prod', namespace: 'billing' })
    return decide(policy, { ...request, actor: { ...request.actor, unchecked: [GroupId.parse('S0DEVS'), s0sre] } })
  }

  test('are named where one of them would have allowed it', () => {
    expect(asks('deploy', 'U0EVE')).toMatchObject({ refusal: { code: 'policy_unchecked', groups: [s0sre] } })
  })

  test('are not where none of them would', () => {
    expect(short(asks('break-glass', 'U0EVE'))).toBe('policy_no_grant')
  })
})

describe('directions of scale', () => {
  const up = policyOf('roles: { a: { allow: [{ actions: [scale-up] }] } }\nbindings: [{ role: a, users: [U0ANN] }]')
  const down = policyOf('roles: { a: { allow: [{ actions: [scale-down] }] } }\nbindings: [{ role: a, users: [U0ANN] }]')
  test.each([
    ['more replicas go up', move([2, 2], [3, 3]), ['allow', 'deny']],
    ['fewer go down', move([2, 2], [1, 1]), ['deny', 'allow']],
    ['as many go either way', move([2, 2], [2, 2]), ['allow', 'allow']],
    ['one bound higher and none lower goes up', move([2, 5], [2, 6]), ['allow', 'deny']],
    ['bounds that part go neither way', move([2, 5], [1, 6]), ['deny', 'deny']],
    [
      'an order that does not say how many there were goes neither way',
      order({ action: 'scale', replicas: { after: { min: 9, max: 9 } } }),
      ['deny', 'deny'],
    ],
  ])('%s', (_, request, expected) => {
    expect([decide(up, request).verdict, decide(down, request).verdict]).toEqual(expected)
  })

  test('a guard may stand on one direction', () => {
    const p = policyOf(
      'roles: { a: { allow: [{ actions: ["*"] }] } }\nbindings: [{ role: a, users: [U0ANN] }]\nguards: [{ actions: [scale-down], deny: "not now" }]',
    )
    expect(decide(p, scaleOrder(3, 4)).verdict).toBe('allow')
    expect(decide(p, scaleOrder(4, 3)).verdict).toBe('deny')
  })
})

describe('guards', () => {
  const base = `roles: { a: { allow: [{ actions: ["*"], approval: mine }] }, b: {}, c: {} }
bindings: [{ role: a, users: [U0ANN] }]
approvals:
  mine: { require: [{ role: b, count: 2 }], expires: 1h }
  theirs: { require: [{ role: b }, { role: c, count: 3 }], expires: 20m }
`
  test('merge into the grant: the higher count of each role, roles joined, the shortest expiry', () => {
    expect(decide(policyOf(`${base}guards: [{ actions: [deploy], approval: theirs }]`), order())).toMatchObject({
      requirement: {
        names: ['mine', 'theirs'],
        seats: [
          { role: 'b', count: 2 },
          { role: 'c', count: 3 },
        ],
        expiresMs: 1_200_000,
      },
      guards: [{ name: 'guard 1' }],
    })
  })

  test('a denial wins over approvals that stand before it', () => {
    const p = policyOf(`${base}guards: [{ actions: [deploy], approval: theirs }, { actions: ["*"], deny: "closed" }]`)
    expect(decide(p, order())).toMatchObject({ refusal: { code: 'policy_guard', rule: { name: 'guard 2' } } })
  })

  test('bounds that may come to the guarded number are guarded', () => {
    expect(short(decide(policy, move([1, 4], [0, 4], inProd)))).toBe('two-people')
    expect(short(decide(policy, move([1, 4], [1, 4], inProd)))).toBe('allow')
  })

  test('one guarded image among several is enough', () => {
    const p = policyOf(
      `${base}guards: [{ actions: [deploy], when: { images: ["**:latest"] }, deny: "name a version" }]`,
    )
    expect(decide(p, order({ images: ['a/b:1', 'a/c:latest'] })).verdict).toBe('deny')
    expect(decide(p, order({ images: ['a/b:1', 'a/c:2'] })).verdict).toBe('approval')
  })

  test('an order that leaves out what a guard asks for is guarded', () => {
    expect(short(decide(policy, order({ action: 'scale', cluster: 'prod', ...sre })))).toBe('two-people')
    expect(short(decide(policy, without('target', order(sre))))).toBe('policy_guard')
  })

  test('a read that is about no namespace is not stopped by the guard of one', () => {
    expect(short(decide(policy, without('target', order({ action: 'status', ...sre }))))).toBe('allow')
  })

  test('what is read as a whole is stopped by the guard of a part of it', () => {
    const named = policyOf(
      designPolicy.replace(
        'guards:',
        'guards:\n  - { actions: [logs], namespaces: [shop], names: ["db-*"], deny: "no" }',
      ),
    )
    const logs = (more: Parameters<typeof order>[0]) => {
      const { name: _, ...all } = order({ action: 'logs', ...sre, ...more })
      return short(decide(named, all))
    }
    expect(logs({})).toBe('allow')
    expect(logs({ whole: true })).toBe('policy_guard')
    expect(logs({ whole: true, namespace: 'billing' })).toBe('allow')
  })
})

describe('break-glass', () => {
  const glass = policyOf(
    `${designPolicy
      .replace(
        'allow: [ { actions: ["*"] } ]',
        'allow: [ { actions: ["*"] }, { actions: [break-glass], clusters: [prod] } ]',
      )
      .replace(
        'guards:',
        'guards:\n  - { actions: [break-glass], approval: two-people }',
      )}break-glass: { expires: 10m, review: 24h }\n`,
  )
  const frozen = { cluster: 'prod', at: frozenDay, ...sre }

  test('lifts a freeze with a reason, asks who its guards ask, and expires sooner', () => {
    expect(decide(glass, order({ ...frozen, breakGlass: 'checkout is down' }))).toMatchObject({
      verdict: 'approval',
      breakGlass: true,
      requirement: { names: ['two-people'], expiresMs: 600_000 },
      guards: [{ name: 'guard 1' }],
    })
  })

  test('without a reason it lifts nothing', () => {
    expect(short(decide(glass, order({ ...frozen, breakGlass: '  ' })))).toBe('policy_frozen')
    expect(decide(glass, order(frozen))).toMatchObject({ refusal: { rolesThatMay: ['sre'] } })
  })

  test('never lifts a guard', () => {
    expect(short(decide(glass, order({ ...frozen, namespace: 'kube-system', breakGlass: 'fire' })))).toBe(
      'policy_guard',
    )
  })

  test('is not used where nothing is frozen', () => {
    expect(decide(glass, order({ cluster: 'prod', breakGlass: 'fire', ...sre }))).not.toHaveProperty('breakGlass')
  })
})

describe('freezes', () => {
  const recurring = policyOf(
    `${designPolicy}  - { name: weekend, environments: [production], every: "0 18 * * 5", zone: Asia/Shanghai, for: 60h }\n`,
  )

  test('a recurring one is local time in its zone and elapsed time in its length', () => {
    const verdicts = ['2026-06-05T09:59Z', '2026-06-05T10:00Z', '2026-06-07T21:59Z', '2026-06-07T22:00Z'].map(
      (at) => decide(recurring, order({ cluster: 'prod', at: Date.parse(at), ...sre })).verdict,
    )
    expect(verdicts).toEqual(['allow', 'deny', 'deny', 'allow'])
  })

  test('of several the one that lasts longest is named, and only what all let through is allowed', () => {
    const chat = {
      name: 'incident 88',
      clusters: ['prod'],
      from: frozenDay - 1,
      to: frozenDay + 1,
      except: ['rollback'],
    } as const
    const both = withFreezes(policy, [chat])
    expect(decide(both, order({ cluster: 'prod', at: frozenDay }))).toMatchObject({
      refusal: { freeze: 'year-end', allowed: ['rollback'] },
    })
  })

  test('one made in chat denies like one of the file, and only while it lasts', () => {
    const chat = { name: 'incident 88', clusters: ['test'], from: 1000, to: 2000, except: [] }
    const during = withFreezes(policy, [chat])
    expect(decide(during, order({ at: 1999 }))).toMatchObject({
      refusal: { code: 'policy_frozen', freeze: 'incident 88', until: 2000, rule: { file: 'chat' } },
    })
    expect(decide(during, order({ at: 2000 })).verdict).toBe('allow')
    expect(decide(policy, order({ at: 1999 })).verdict).toBe('allow')
  })
})

describe('a question', () => {
  test('counts a limit as met whose value it leaves out, and lists it', () => {
    expect(decide(policy, without('images', order({ cluster: 'prod', question: true })))).toMatchObject({
      verdict: 'approval',
      assumed: ['images: [registry.example/shop/*]'],
    })
    expect(decide(policy, order({ action: 'scale', question: true }))).toMatchObject({
      verdict: 'allow',
      assumed: ['replicas: { max: 10 }'],
    })
  })

  test('takes it that no guard is hit by a value it leaves out, and says so', () => {
    expect(decide(policy, order({ action: 'scale', cluster: 'prod', question: true, ...sre }))).toMatchObject({
      verdict: 'allow',
      assumed: ['not replicas: 0 (guard 1)'],
    })
  })

  test('a limit whose value it gives is tested', () => {
    expect(short(decide(policy, order({ cluster: 'prod', images: ['evil.example/x'], question: true })))).toBe(
      'policy_no_grant',
    )
    expect(decide(policy, order({ cluster: 'prod', question: true }))).toMatchObject({ assumed: [] })
  })

  test('takes the direction of scale that a freeze excepts, and says so', () => {
    expect(
      decide(policy, order({ action: 'scale', cluster: 'prod', at: frozenDay, question: true, ...sre })),
    ).toMatchObject({
      verdict: 'allow',
      assumed: ['not replicas: 0 (guard 1)', 'scale-up (freeze year-end)'],
    })
  })
})
