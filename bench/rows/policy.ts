import { UserId } from '../../src/chat/identity.ts'
import { decide } from '../../src/policy/decide.ts'
import type { PolicyRequest } from '../../src/policy/decision.ts'
import { loadPolicy } from '../../src/policy/load.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { median, pairedRatio, quantile, rounds } from '../numbers.ts'
import type { Row } from '../row.ts'
import { atMost, perSecond } from '../row.ts'

const clusters = new Map(
  ['test', 'stage', 'prod', 'edge'].map((name) => [name, name === 'prod' ? 'production' : 'test']),
)
const verbs = [
  'deploy',
  'scale',
  'rollback',
  'restart',
  'status',
  'logs',
  'events',
  'history',
  'pause',
  'resume',
] as const
const ruleCount = 200

interface PlainRule {
  readonly role: number
  readonly actions: readonly string[]
  readonly cluster: string
  readonly namespace: string
}

/** 20 roles with 10 grants each: actions × cluster × namespace pattern. */
const rules: readonly PlainRule[] = Array.from({ length: ruleCount }, (_, at) => ({
  role: Math.floor(at / 10),
  actions: [verbs[at % 10] ?? 'logs', verbs[(at * 7) % 10] ?? 'logs'],
  cluster: [...clusters.keys()][at % 4] ?? 'test',
  namespace: at % 3 === 0 ? `team-${at % 17}-*` : `team-${at % 17}-web`,
}))

const asYaml = (): string => {
  const roles = Array.from({ length: 20 }, (_, role) => {
    const grants = rules
      .filter((rule) => rule.role === role)
      .map(
        ({ actions, cluster, namespace }) =>
          `      - { actions: [${[...new Set(actions)].join(', ')}], clusters: [${cluster}], namespaces: ["${namespace}"] }`,
      )
    return `  role${role}:\n    allow:\n${grants.join('\n')}`
  })
  const bindings = Array.from(
    { length: 20 },
    (_, role) => `  - { role: role${role}, users: [U0P${role}, U0P${(role + 7) % 20}] }`,
  )
  return `roles:\n${roles.join('\n')}\nbindings:\n${bindings.join('\n')}\n`
}

const requests: readonly PolicyRequest[] = Array.from({ length: 1_000 }, (_, at) => ({
  actor: { user: UserId.parse(`U0P${at % 20}`), groups: [] },
  action: verbs[(at * 3) % 10] ?? 'logs',
  cluster: [...clusters.keys()][(at * 5) % 4] ?? 'test',
  environment: 'test',
  namespace: `team-${at % 17}-${at % 2 === 0 ? 'web' : 'api'}`,
  name: 'web',
  at: 1_800_000_000_000,
}))

export const policy: Row = {
  name: 'policy',
  about: `decisions of a policy with ${ruleCount} rules`,
  run: async () => {
    const read = loadPolicy({ text: asYaml(), file: 'roles.yaml', clusters })
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    const ours = (request: PolicyRequest): boolean => decide(read.policy, request).verdict === 'allow'
    const both = requests.map((request) => [ours(request), scan(request)] as const)
    if (both.some(([mine, plain]) => mine !== plain)) throw new Error('the plain scan decides otherwise')
    for (let at = 0; at < 100; at += 1) for (const request of requests) ours(request)

    const [mine = [], plain = []] = await rounds(15, [async () => rate(ours), async () => rate(scan)])
    const single = slowest(read.policy)
    return [
      {
        what: `policy decisions a second, ${ruleCount} rules`,
        ours: perSecond(median(mine)),
        against: `scan of all rules ${perSecond(median(plain))}`,
        ratio: pairedRatio(mine, plain),
      },
      {
        what: 'policy decision, p50 and p99',
        ours: `${quantile(single, 0.5).toFixed(2)} µs, ${quantile(single, 0.99).toFixed(2)} µs`,
        against: `${both.filter(([mine]) => mine).length} of 1000 allowed`,
        reach: atMost(10, quantile(single, 0.99), 'µs at p99'),
      },
    ]
  },
}

function rate(decision: (request: PolicyRequest) => boolean): number {
  const begun = performance.now()
  let count = 0
  while (performance.now() - begun < 60) {
    for (const request of requests) {
      decision(request)
      count += 1
    }
  }
  return count / ((performance.now() - begun) / 1000)
}

/** Microseconds of each single decision, the clock's own cost included. */
function slowest(policy: Policy): readonly number[] {
  const taken: number[] = []
  for (let at = 0; at < 100; at += 1) {
    for (const request of requests) {
      const begun = process.hrtime.bigint()
      decide(policy, request)
      taken.push(Number(process.hrtime.bigint() - begun) / 1000)
    }
  }
  return taken
}

/** What somebody would write first: every rule looked at for every request. */
function scan({ actor, action, cluster, namespace = '' }: PolicyRequest): boolean {
  return rules.some((rule) => {
    const holders = [`U0P${rule.role}`, `U0P${(rule.role + 7) % 20}`]
    if (!holders.includes(actor.user) || !rule.actions.includes(action) || rule.cluster !== cluster) return false
    return rule.namespace.endsWith('*')
      ? namespace.startsWith(rule.namespace.slice(0, -1))
      : rule.namespace === namespace
  })
}
