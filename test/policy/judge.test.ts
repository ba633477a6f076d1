import { describe, expect, test } from 'vitest'
import { GroupId, UserId } from '../../src/chat/identity.ts'
import { createJudge } from '../../src/policy/judge.ts'
import { designPolicy, order, policyOf } from './building.ts'

const policy = policyOf(designPolicy)
const judge = createJudge({ policy: () => policy, freezes: () => [] })

describe('who holds what', () => {
  test('roles are held through includes at any depth, in the order of the file', () => {
    expect(judge.rolesOf({ user: UserId.parse('U0SAM'), groups: [GroupId.parse('S0SRE')] })).toEqual([
      'viewer',
      'developer',
      'sre',
    ])
    expect(judge.rolesOf({ user: UserId.parse('U0ANN'), groups: [GroupId.parse('S0DEVS')] })).toEqual([
      'viewer',
      'developer',
    ])
    expect(judge.rolesOf({ user: UserId.parse('U0EVE'), groups: [] })).toEqual([])
  })

  test('who can order something: everybody bound to a role with a grant for it, or to one that includes it', () => {
    expect(judge.whoCan(order())).toEqual({
      roles: ['developer', 'sre'],
      users: ['U0ANN', 'U0BO'],
      groups: ['S0DEVS', 'S0SRE'],
    })
    expect(judge.whoCan(order({ action: 'restart', cluster: 'prod' }))).toEqual({
      roles: ['sre'],
      users: [],
      groups: ['S0SRE'],
    })
  })

  test('who may approve: holders of the seats’ roles, whether or not they may order it', () => {
    const decision = judge.decide(order({ cluster: 'prod' }))
    if (decision.verdict !== 'approval') throw new Error('expected an approval')
    expect(judge.mayApprove(decision.requirement)).toEqual({ roles: ['sre'], users: [], groups: ['S0SRE'] })
  })

  test('a person reached only through a group is not bound by name', () => {
    expect(judge.isBoundByUser(UserId.parse('U0ANN'))).toBe(true)
    expect(judge.isBoundByUser(UserId.parse('U0SAM'))).toBe(false)
  })

  test('the groups whose members must be known are those that bindings name', () => {
    expect(judge.groups()).toEqual(['S0DEVS', 'S0SRE'])
  })
})

test('freezes from chat count at once, for decisions and for explanations', () => {
  const freeze = { name: 'incident 88', clusters: ['test'], from: 0, to: Number.MAX_SAFE_INTEGER, except: [] }
  const frozen = createJudge({ policy: () => policy, freezes: () => [freeze] })
  expect(frozen.decide(order())).toMatchObject({ refusal: { code: 'policy_frozen', freeze: 'incident 88' } })
  expect(frozen.explain(order()).freezes.map(({ rule, active }) => [rule.name, active])).toEqual([
    ['freeze year-end', false],
    ['freeze incident 88', true],
  ])
})
