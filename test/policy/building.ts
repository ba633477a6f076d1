import type { PolicyRequest } from '../../src/policy/decision.ts'
import type { KnownClusters, Policy } from '../../src/policy/policy.ts'
import type { PolicyProblem } from '../../src/policy/problems.ts'
import { GroupId, UserId } from '../../src/chat/identity.ts'
import { loadPolicy, parsePolicy } from '../../src/policy/load.ts'

export const clusters: KnownClusters = new Map([
  ['test', 'test'],
  ['prod', 'production'],
])

/** The policy of DESIGN section 5, word for word, without its cases. */
export const designPolicy = `roles:
  viewer:    { allow: [ { actions: [status, logs, metrics, events, history] } ] }
  developer:
    includes: [viewer]
    allow:
      - { actions: [deploy, rollback, restart], environments: [test] }
      - { actions: [scale], environments: [test], replicas: { max: 10 } }
      - { actions: [deploy, rollback], clusters: [prod], namespaces: [shop], images: ["registry.example/shop/*"], approval: prod-change }
  sre: { includes: [developer], allow: [ { actions: ["*"] } ] }
bindings:
  - { role: developer, users: [U0ANN, U0BO], groups: [S0DEVS] }
  - { role: sre, groups: [S0SRE] }
approvals:
  prod-change: { require: [ { role: sre, count: 1 } ], expires: 30m }
  two-people:  { require: [ { role: sre, count: 2 } ], expires: 15m }
guards:
  - { actions: [scale], environments: [production], when: { replicas: 0 }, approval: two-people }
  - { actions: ["*"], namespaces: [kube-system], deny: "platform namespace: use the platform repository" }
freezes:
  - { name: year-end, clusters: [prod], from: 2026-12-30T18:00+08:00, to: 2027-01-03T09:00+08:00, except: [rollback, scale-up] }
`

export const designCases = `cases:
  - { who: U0ANN, may: deploy, where: "test:shop/web", expect: allow }
  - { who: U0ANN, may: deploy, where: "prod:shop/web", expect: { approval: prod-change } }
  - { who: U0BO,  may: scale,  where: "prod:shop/web", with: { replicas: 0 }, expect: deny }
`

export function policyOf(text: string, known: KnownClusters = clusters): Policy {
  const read = parsePolicy({ text, file: 'policies/roles.yaml', clusters: known })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.policy
}

export function problemsOf(text: string): readonly PolicyProblem[] {
  const read = loadPolicy({ text, file: 'policies/roles.yaml', clusters })
  return read.ok ? [] : read.problems
}

type Wanted = Partial<Omit<PolicyRequest, 'actor'>> & { readonly user?: string; readonly groups?: readonly string[] }

/** An order with every value that an order has, unless told otherwise: Ann deploys shop/web to test, on an ordinary day. */
export function order({ user = 'U0ANN', groups = [], ...rest }: Wanted = {}): PolicyRequest {
  const cluster = rest.cluster ?? 'test'
  return {
    action: 'deploy',
    environment: clusters.get(cluster) ?? '',
    namespace: 'shop',
    name: 'web',
    images: ['registry.example/shop/web:1.5.0'],
    at: Date.parse('2026-06-01T12:00Z'),
    ...rest,
    cluster,
    actor: { user: UserId.parse(user), groups: groups.map((group) => GroupId.parse(group)) },
  }
}

/** A scale order; a plain number stands for a workload without autoscaler. */
export function scaleOrder(before: number, after: number, rest: Wanted = {}): PolicyRequest {
  return order({
    action: 'scale',
    replicas: { before: { min: before, max: before }, after: { min: after, max: after } },
    ...rest,
  })
}

/** The same order with its images, or its namespace and name, left out. */
export function without(part: 'images' | 'target', request: PolicyRequest): PolicyRequest {
  const { images, namespace, name, ...rest } = request
  if (part === 'target') return images === undefined ? rest : { ...rest, images }
  return { ...rest, ...(namespace === undefined ? {} : { namespace }), ...(name === undefined ? {} : { name }) }
}
