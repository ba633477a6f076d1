import type { PageWorkload } from '../page/protocol.ts'
import type { WatchedRule } from '../prometheus/rule-groups.ts'
import { fingerprintOf } from './notice.ts'
import type { FiredAlert, Labels } from './notice.ts'

/** What the rules look at. */
export interface Watched {
  readonly name: string
  workloads(): readonly PageWorkload[]
}

interface Rule {
  readonly name: string
  readonly severity: 'critical' | 'warning'
  readonly forMs: number
  /** As the rules file has it, for all that it watches. */
  readonly query: string
  /** What it found in one workload. */
  readonly find: (workload: PageWorkload) => readonly Found[]
}

interface Found {
  readonly labels: Labels
  readonly summary: string
  readonly summaryCn: string
  /** The query narrowed down to it. */
  readonly expression: string
}

const runbooks = 'https://runbooks.prometheus-operator.dev/runbooks/kubernetes'

/** The rules of kube-prometheus that a shop has, in the trial's own haste. */
const rules: readonly Rule[] = [
  {
    name: 'KubePodCrashLooping',
    severity: 'critical',
    forMs: 4_000,
    // Of all its pods: the one that loops was hardly scraped yet when the trial's haste fires.
    query: 'sum by (namespace, container) (kube_pod_container_status_restarts_total) > 1',
    find: ({ namespace, name, pods }) =>
      pods
        .filter(({ why }) => why === 'CrashLoopBackOff')
        .map((pod) => ({
          labels: { pod: pod.name, container: name },
          summary: `Pod ${namespace}/${pod.name} keeps restarting`,
          summaryCn: `Pod ${namespace}/${pod.name} 不断重启`,
          expression: `sum by (namespace, container) (kube_pod_container_status_restarts_total{namespace="${namespace}",container="${name}"}) > 1`,
        })),
  },
  {
    name: 'KubeDeploymentReplicasMismatch',
    severity: 'warning',
    forMs: 15_000,
    query: 'kube_deployment_status_replicas_unavailable > 0',
    find: ({ namespace, name, kind, wanted, pods }) =>
      kind !== 'Deployment' || pods.filter(({ state }) => state === 'ready').length >= wanted
        ? []
        : [
            {
              labels: { deployment: name },
              summary: `Deployment ${namespace}/${name} is short of replicas`,
              summaryCn: `Deployment ${namespace}/${name} 副本数不足`,
              expression: `kube_deployment_status_replicas_unavailable{namespace="${namespace}",deployment="${name}"} > 0`,
            },
          ],
  },
]

/** The rules of one cluster's Prometheus. */
export interface Rules {
  /** Evaluates them: all that fires now. */
  fire(cluster: Watched, now: number): readonly FiredAlert[]
  /** As they were evaluated last. */
  state(): readonly WatchedRule[]
}

export function createRules(): Rules {
  const since = new Map<string, number>()
  let watched: readonly WatchedRule[] = rules.map((rule) => ({ ...shown(rule), active: [] }))
  return {
    state: () => watched,
    fire: (cluster, now) => {
      const held = rules.map((rule) => ({ rule, truths: truthsOf(rule, cluster) }))
      const keys = new Set(held.flatMap(({ truths }) => truths.map(({ labels }) => fingerprintOf(labels))))
      for (const key of since.keys()) if (!keys.has(key)) since.delete(key)
      const startOf = (labels: Labels): number => {
        const key = fingerprintOf(labels)
        const start = since.get(key) ?? now
        since.set(key, start)
        return start
      }
      watched = held.map(({ rule, truths }) => ({
        ...shown(rule),
        active: truths.map(({ labels, annotations }) => ({
          labels,
          annotations,
          state: now - startOf(labels) < rule.forMs ? ('pending' as const) : ('firing' as const),
          since: startOf(labels),
        })),
      }))
      return held.flatMap(({ rule, truths }) =>
        truths.flatMap(({ labels, annotations, expression }): FiredAlert[] => {
          const startsAt = startOf(labels) + rule.forMs
          const query = new URLSearchParams({ 'g0.expr': expression, 'g0.tab': '1' })
          const generatorUrl = `http://prometheus.example/graph?${query.toString()}`
          // Which cluster it is the Prometheus adds on the way out: its external label.
          return now < startsAt
            ? []
            : [{ labels: { ...labels, cluster: cluster.name }, annotations, startsAt, generatorUrl }]
        }),
      )
    },
  }
}

const runbookOf = ({ name }: Rule): Labels => ({ runbook_url: `${runbooks}/${name.toLowerCase()}` })

const shown = (rule: Rule): Omit<WatchedRule, 'active'> => ({
  name: rule.name,
  query: rule.query,
  labels: { severity: rule.severity },
  annotations: runbookOf(rule),
  forMs: rule.forMs,
})

const truthsOf = (rule: Rule, { workloads }: Watched) =>
  workloads().flatMap((workload) =>
    rule.find(workload).map(({ labels, summary, summaryCn, expression }) => ({
      labels: {
        alertname: rule.name,
        severity: rule.severity,
        namespace: workload.namespace,
        ...labels,
      },
      annotations: { summary, summaryCn, ...runbookOf(rule) },
      expression,
    })),
  )
