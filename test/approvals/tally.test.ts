import type { Vote } from '../../src/approvals/vote.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { castVote, expiryOf } from '../../src/approvals/cast.ts'
import { tally } from '../../src/approvals/tally.ts'
import { UserId } from '../../src/chat/identity.ts'
import { Fingerprint } from '../../src/plans/plan.ts'

const plan = Fingerprint.parse('a'.repeat(64))
const otherPlan = Fingerprint.parse('b'.repeat(64))
const id = (name: string) => UserId.parse(`U0${name.toUpperCase()}`)
const vote = (by: string, more: Partial<Vote> = {}): Vote => ({
  by: id(by),
  verdict: 'approve',
  fingerprint: plan,
  at: 100,
  ...more,
})
const held = (roles: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(roles).map(([name, own]) => [id(name), own]))
const ballot = (...seats: readonly (readonly [string, number])[]) => ({
  requester: id('ann'),
  fingerprint: plan,
  requirement: { seats: seats.map(([role, count]) => ({ role, count })) },
})

const oneSre = ballot(['sre', 1])
const sreAndOwner = ballot(['sre', 1], ['owner', 1])
const people = held({
  ann: ['sre'],
  sam: ['sre'],
  sue: ['sre'],
  oli: ['owner'],
  pat: ['sre', 'owner'],
  dev: ['developer'],
})

describe('counting votes', () => {
  test('one eligible person fills one seat', () => {
    expect(tally(oneSre, [vote('sam')], people)).toMatchObject({
      state: 'filled',
      seats: [{ role: 'sre', taken: id('sam') }],
    })
  })

  test.each([
    ['nobody has voted', []],
    ['the requester voted', [vote('ann')]],
    ['somebody without the role voted', [vote('dev')]],
    ['a stranger voted', [vote('eve')]],
    ['somebody approved another plan', [vote('sam', { fingerprint: otherPlan })]],
    ['the requester rejected', [vote('ann', { verdict: 'reject' })]],
    ['somebody without the role rejected', [vote('dev', { verdict: 'reject' })]],
  ])('it stays open while %s', (_, votes) => {
    expect(tally(oneSre, votes, people)).toMatchObject({ state: 'open', missing: 1, roles: ['sre'], ignored: votes })
  })

  test('a person counts once, however often they vote', () => {
    expect(tally(ballot(['sre', 2]), [vote('sam'), vote('sam'), vote('sam')], people)).toMatchObject({
      state: 'open',
      missing: 1,
    })
  })

  test('who holds both roles fills one seat, not two', () => {
    expect(tally(sreAndOwner, [vote('pat')], people)).toMatchObject({
      state: 'open',
      missing: 1,
      roles: ['sre', 'owner'],
    })
  })

  test('who holds both roles moves to the seat that the next one cannot fill', () => {
    expect(tally(sreAndOwner, [vote('pat'), vote('sam')], people)).toMatchObject({
      state: 'filled',
      seats: [
        { role: 'sre', taken: id('sam') },
        { role: 'owner', taken: id('pat') },
      ],
    })
    expect(tally(sreAndOwner, [vote('pat'), vote('oli')], people).state).toBe('filled')
  })

  test('a vote too many for one role does not fill the seat of another', () => {
    expect(tally(sreAndOwner, [vote('sam'), vote('sue')], people)).toMatchObject({
      state: 'open',
      missing: 1,
      roles: ['owner'],
    })
  })

  test('one rejection by somebody eligible ends it, approvals or not', () => {
    const rejection = vote('sue', { verdict: 'reject', reason: 'not today' })
    expect(tally(oneSre, [vote('sam'), rejection], people)).toEqual({ state: 'rejected', vote: rejection })
  })

  test('who has lost the role since does not count any more', () => {
    const votes = [vote('sam')]
    expect(tally(oneSre, votes, people).state).toBe('filled')
    expect(tally(oneSre, votes, held({ sue: ['sre'] }))).toMatchObject({ state: 'open', ignored: votes })
  })
})

describe('casting a vote', () => {
  const open = { ...sreAndOwner, votes: [vote('sam')], expiresAt: 1000 }

  test('an eligible one is added and counted', () => {
    expect(castVote(open, vote('oli', { at: 999 }), people)).toMatchObject({
      ok: true,
      votes: [{ by: id('sam') }, { by: id('oli') }],
      tally: { state: 'filled' },
    })
  })

  test.each([
    ['the requester', vote('ann'), { code: 'approval_own_order' }],
    ['somebody without the role', vote('dev'), { code: 'approval_not_eligible', roles: ['sre', 'owner'] }],
    ['a card that shows another plan', vote('oli', { fingerprint: otherPlan }), { code: 'approval_other_plan' }],
    ['the moment of expiry', vote('oli', { at: 1000 }), { code: 'approval_expired', at: 1000 }],
    ['a second time', vote('sam', { at: 200 }), { code: 'approval_voted_already', verdict: 'approve', at: 100 }],
  ])('from %s is not taken', (_, late, problem) => {
    expect(castVote(open, late, people)).toEqual({ ok: false, problem })
  })

  test('who has approved may still reject', () => {
    expect(castVote(open, vote('sam', { verdict: 'reject' }), people)).toMatchObject({
      ok: true,
      tally: { state: 'rejected' },
    })
  })

  test('nothing more is taken after a rejection; after the last approval only a rejection is', () => {
    const rejected = { ...open, votes: [vote('sue', { verdict: 'reject' })] }
    expect(castVote(rejected, vote('oli'), people)).toMatchObject({
      problem: { code: 'approval_decided', state: 'rejected' },
    })
    const filled = { ...open, votes: [vote('sam'), vote('oli')] }
    expect(castVote(filled, vote('pat'), people)).toMatchObject({
      problem: { code: 'approval_decided', state: 'filled' },
    })
    expect(castVote(filled, vote('pat', { verdict: 'reject' }), people)).toMatchObject({ tally: { state: 'rejected' } })
  })

  test('the clock starts when the card is posted', () => {
    expect(expiryOf({ expiresMs: 900 }, 100)).toBe(1000)
    expect(castVote({ ...open, expiresAt: undefined }, vote('oli', { at: 10_000 }), people).ok).toBe(true)
  })
})

describe('whatever the votes', () => {
  const names = ['ann', 'bo', 'cy', 'di', 'ed', 'flo']
  const roles = ['a', 'b', 'c']
  const someRoles = fc
    .tuple(...names.map(() => fc.subarray(roles)))
    .map((each) => held(Object.fromEntries(names.map((name, index) => [name, each[index] ?? []]))))
  const seats = fc.uniqueArray(fc.tuple(fc.constantFrom(...roles), fc.integer({ min: 1, max: 2 })), {
    minLength: 1,
    selector: ([role]) => role,
  })
  const votes = fc.array(
    fc.constantFrom(...names).map((name) => vote(name)),
    { maxLength: 8 },
  )

  /** Tries every way to seat people. */
  function canFill(
    wanted: readonly string[],
    voters: readonly UserId[],
    holding: ReadonlyMap<UserId, readonly string[]>,
  ): boolean {
    const [role, ...rest] = wanted
    if (role === undefined) return true
    return voters.some(
      (voter) =>
        holding.get(voter)?.includes(role) === true &&
        canFill(
          rest,
          voters.filter((other) => other !== voter),
          holding,
        ),
    )
  }

  test('it is filled exactly when different people, none of them the requester, can take all seats', () => {
    fc.assert(
      fc.property(someRoles, seats, votes, (holding, wanted, cast) => {
        const voters = [...new Set(cast.map(({ by }) => by))].filter((by) => by !== id('ann'))
        const all = wanted.flatMap(([role, count]) => Array.from({ length: count }, () => role))
        expect(tally(ballot(...wanted), cast, holding).state === 'filled').toBe(canFill(all, voters, holding))
      }),
      { numRuns: 500 },
    )
  })

  test('while it is open, a new holder of any role that is said to help brings it nearer', () => {
    fc.assert(
      fc.property(someRoles, seats, votes, (holding, wanted, cast) => {
        const before = tally(ballot(...wanted), cast, holding)
        if (before.state !== 'open') return
        expect(before.roles.length).toBeGreaterThan(0)
        for (const role of before.roles) {
          const after = tally(ballot(...wanted), [...cast, vote('new')], new Map([...holding, [id('new'), [role]]]))
          expect(after.state === 'open' ? after.missing : 0).toBe(before.missing - 1)
        }
      }),
      { numRuns: 300 },
    )
  })
})
