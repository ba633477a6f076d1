import type { Labels } from '../alertmanager/notice.ts'
import type { JsonObject } from '../../json.ts'
import type { Asked } from './request.ts'

/** An alerting rule, and what of it holds at the moment. */
export interface WatchedRule {
  readonly name: string
  readonly query: string
  readonly labels: Labels
  readonly annotations: Labels
  readonly forMs: number
  readonly active: readonly ActiveAlert[]
}

export interface ActiveAlert {
  readonly labels: Labels
  readonly annotations: Labels
  readonly state: 'pending' | 'firing'
  /** Epoch ms. */
  readonly since: number
}

interface RuleGroup extends JsonObject {
  readonly name: string
  readonly rules: readonly RuleShown[]
}
interface RuleShown extends JsonObject {
  readonly name: string
}

/** What `/api/v1/rules` and `/api/v1/alerts` show. */
export interface Alerting {
  readonly groups: readonly RuleGroup[]
  readonly alerts: readonly JsonObject[]
}

const moment = (at: number): string => new Date(at).toISOString()

/** As Prometheus shows its rules, in one group that was evaluated at `at` (https://prometheus.io/docs/prometheus/latest/querying/api/#rules). */
export function alertingOf(rules: readonly WatchedRule[], at: number): Alerting {
  const shown = rules.map((rule): RuleShown => ({
    type: 'alerting',
    name: rule.name,
    query: rule.query,
    duration: rule.forMs / 1000,
    keepFiringFor: 0,
    labels: { ...rule.labels },
    annotations: { ...rule.annotations },
    state: stateOf(rule.active),
    alerts: rule.active.map(alertShown),
    health: 'ok',
    evaluationTime: 0.0004,
    lastEvaluation: moment(at),
  }))
  return {
    groups: [
      {
        name: 'kubernetes-apps',
        file: '/etc/prometheus/rules/kubernetes-apps.yaml',
        interval: 1,
        limit: 0,
        rules: shown,
        evaluationTime: 0.001,
        lastEvaluation: moment(at),
      },
    ],
    alerts: rules.flatMap(({ active }) => active.map(alertShown)),
  }
}

/** The groups as far as they were asked for; a group of which nothing is left is left out. */
export function wantedRules(groups: readonly RuleGroup[], asked: Asked): readonly RuleGroup[] {
  if (asked.one('type') === 'record') return []
  const names = asked.all('rule_name[]')
  return groups
    .map((group) => ({
      ...group,
      rules: group.rules.filter(({ name }) => names.length === 0 || names.includes(name)),
    }))
    .filter(({ rules }) => rules.length > 0)
}

const stateOf = (active: readonly ActiveAlert[]): string =>
  active.some(({ state }) => state === 'firing') ? 'firing' : active.length > 0 ? 'pending' : 'inactive'

const alertShown = ({ labels, annotations, state, since }: ActiveAlert): JsonObject => ({
  labels: { ...labels },
  annotations: { ...annotations },
  state,
  activeAt: moment(since),
  value: '1e+00',
})
