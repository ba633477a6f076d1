import type { Action, Decision, PolicyRequest } from '../../src/policy/decision.ts'
import type { Written } from './oracle.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GroupId, UserId } from '../../src/chat/identity.ts'
import { decide } from '../../src/policy/decide.ts'
import { clusters, policyOf } from './building.ts'
import { oracle } from './oracle.ts'

const known = new Map([...clusters, ['stage', 'test']])
const roleNames = ['a', 'b', 'c', 'd'] as const
const words = ['deploy', 'scale', 'rollback', 'logs', 'scale-up', 'scale-down', '*', 'break-glass']
const some = <Item>(items: readonly Item[]) => fc.uniqueArray(fc.constantFrom(...items), { minLength: 1, maxLength: 3 })
const maybe = <Item>(arbitrary: fc.Arbitrary<Item>) => fc.option(arbitrary, { nil: undefined, freq: 1 })

const place = {
  environments: maybe(some(['test', 'production', 't*'])),
  clusters: maybe(some(['prod', 'stage', '*'])),
  namespaces: maybe(some(['shop', 'sh*', 'kube-system'])),
}
const imagePatterns = some(['reg.example/shop/*', 'reg.example/**', '**/web', 'reg.example/shop/web'])

/** Undefined members go the way they go in a file: JSON leaves them out. */
const written: fc.Arbitrary<Written> = fc
  .record({
    grants: fc.array(
      fc.record({
        role: fc.constantFrom(...roleNames),
        grant: fc.record({
          actions: some(words),
          ...place,
          images: maybe(imagePatterns),
          replicas: maybe(fc.constantFrom({ max: 3 }, { min: 2 }, { min: 1, max: 4 })),
          approval: maybe(fc.constantFrom('x', 'y', 'z')),
        }),
      }),
      { maxLength: 10 },
    ),
    includes: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 4 }),
    bindings: fc.array(
      fc.record({ role: fc.constantFrom(...roleNames), users: some(['U1', 'U2']), groups: some(['S1', 'S2']) }),
      { minLength: 1, maxLength: 4 },
    ),
    guards: fc.array(
      fc.record({
        actions: some(words),
        ...place,
        when: maybe(fc.record({ replicas: maybe(fc.nat(3)), images: maybe(imagePatterns) })),
        effect: fc.constantFrom({ approval: 'x' }, { approval: 'y' }, { deny: 'no' }),
      }),
      { maxLength: 3 },
    ),
    freezes: fc.array(
      fc.record({ ...place, hours: fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 })), except: maybe(some(words)) }),
      { maxLength: 2 },
    ),
  })
  .map(({ grants, includes, bindings, guards, freezes }) => {
    const roles = roleNames.map((name, index) => [
      name,
      {
        // Only later roles are included, so that there is no circle.
        includes: includes.filter(([from, to]) => from === index && to > index).map(([, to]) => roleNames[to]),
        allow: grants.filter(({ role }) => role === name).map(({ grant }) => grant),
      },
    ])
    const file = {
      roles: Object.fromEntries(roles),
      bindings,
      approvals: {
        x: { require: [{ role: 'a', count: 2 }], expires: '30m' },
        y: {
          require: [
            { role: 'a', count: 1 },
            { role: 'b', count: 1 },
          ],
          expires: '20m',
        },
        z: { require: [{ role: 'c', count: 1 }], expires: '5m' },
      },
      guards: guards.map(({ effect, ...guard }) => ({ ...guard, ...effect })),
      freezes: freezes.map(({ hours: [from, length], ...freeze }, index) => ({
        ...freeze,
        name: `f${String(index)}`,
        from: new Date(from * 3_600_000).toISOString(),
        to: new Date((from + length) * 3_600_000).toISOString(),
      })),
    }
    return JSON.parse(JSON.stringify(file))
  })

const bounds = fc.tuple(fc.nat(5), fc.nat(5)).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }))

/** Orders as plans make them: scale carries replicas, deploy and rollback carry images. */
const order: fc.Arbitrary<PolicyRequest> = fc
  .record({
    user: fc.constantFrom('U1', 'U2', 'U3'),
    groups: fc.subarray(['S1', 'S2', 'S3']),
    action: fc.constantFrom<Action>('deploy', 'scale', 'rollback', 'logs'),
    cluster: fc.constantFrom('test', 'prod', 'stage'),
    namespace: fc.constantFrom('shop', 'shipping', 'kube-system'),
    images: fc.array(fc.constantFrom('reg.example/shop/web:1', 'reg.example/a/b/c:2', 'else.example/web:3'), {
      minLength: 1,
      maxLength: 2,
    }),
    before: bounds,
    after: bounds,
    glass: fc.boolean(),
    at: fc.nat(20 * 3_600_000),
  })
  .map(({ user, groups, action, cluster, namespace, images, before, after, glass, at }) => ({
    actor: { user: UserId.parse(user), groups: groups.map((group) => GroupId.parse(group)) },
    action,
    cluster,
    environment: known.get(cluster) ?? '',
    namespace,
    name: 'web',
    ...(action === 'scale' ? { replicas: { before, after } } : {}),
    ...(action === 'deploy' || action === 'rollback' ? { images } : {}),
    ...(glass ? { breakGlass: 'fire' } : {}),
    at,
  }))

function summary(decision: Decision, lines: ReadonlyMap<string, string>): string {
  if (decision.verdict === 'deny') {
    const { refusal } = decision
    return refusal.code === 'policy_no_grant' ? 'deny:grant' : `deny:${refusal.rule.name}`
  }
  const id = lines.get(`${decision.rule.name}:${String(decision.rule.line)}`) ?? '?'
  if (decision.verdict === 'allow') return `allow:${id}`
  const seats = decision.requirement.seats.map(({ role, count }) => `${role}=${String(count)}`).sort()
  return `${id} needs ${seats.join(' ')} in ${String(decision.requirement.expiresMs)}`
}

/** One grant a line, so that a line names a grant. */
function print(file: Written): { readonly text: string; readonly lines: ReadonlyMap<string, string> } {
  const out: string[] = ['roles:']
  const lines = new Map<string, string>()
  for (const [name, { includes = [], allow = [] }] of Object.entries(file.roles)) {
    out.push(`  ${name}:`, `    includes: ${JSON.stringify(includes)}`, `    allow:${allow.length === 0 ? ' []' : ''}`)
    for (const [index, grant] of allow.entries()) {
      out.push(`      - ${JSON.stringify(grant)}`)
      lines.set(`${name}:${String(out.length)}`, `${name}[${String(index)}]`)
    }
  }
  const { roles: _, ...rest } = file
  for (const [key, value] of Object.entries(rest)) out.push(`${key}: ${JSON.stringify(value)}`)
  return { text: out.join('\n'), lines }
}

test('compiled and indexed, the policy answers as a plain reading of the file does', () => {
  const verdicts = new Map<string, number>()
  fc.assert(
    fc.property(written, fc.array(order, { minLength: 30, maxLength: 30 }), (file, orders) => {
      const { text, lines } = print(file)
      const policy = policyOf(text, known)
      for (const request of orders) {
        const expected = oracle(file, request)
        expect(summary(decide(policy, request), lines)).toBe(expected)
        const kind = expected.includes('needs')
          ? 'approval'
          : (expected.split(/[ [\]]/)[0] ?? '').replace(/allow:.*/, 'allow')
        verdicts.set(kind, (verdicts.get(kind) ?? 0) + 1)
      }
    }),
    { numRuns: 200 },
  )
  // A property that only ever saw refusals would prove nothing.
  const rare = ['allow', 'approval', 'deny:grant', 'deny:guard', 'deny:freeze'].filter(
    (kind) => (verdicts.get(kind) ?? 0) <= 20,
  )
  expect(rare).toEqual([])
})

test('more groups never take anything away that no guard or freeze takes', () => {
  const people = (decision: Decision) => {
    if (decision.verdict === 'deny') return Number.POSITIVE_INFINITY
    return decision.verdict === 'allow' ? 0 : decision.requirement.seats.reduce((sum, { count }) => sum + count, 0)
  }
  fc.assert(
    fc.property(written, order, (file, request) => {
      const policy = policyOf(print({ ...file, guards: [], freezes: [] }).text, known)
      const more = {
        ...request,
        actor: { ...request.actor, groups: ['S1', 'S2', 'S3'].map((group) => GroupId.parse(group)) },
      }
      expect(people(decide(policy, more))).toBeLessThanOrEqual(people(decide(policy, request)))
    }),
    { numRuns: 100 },
  )
})

test('whoever is bound to nothing may do nothing', () => {
  fc.assert(
    fc.property(written, order, (file, request) => {
      const nobody = { ...request, actor: { user: UserId.parse('U9'), groups: [] } }
      expect(decide(policyOf(print(file).text, known), nobody).verdict).toBe('deny')
    }),
    { numRuns: 200 },
  )
})
