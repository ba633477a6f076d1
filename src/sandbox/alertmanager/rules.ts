import type { PageWorkload } from '../page/protocol.ts'
import { fingerprintOf } from './notice.ts'
import type { FiredAlert, Labels } from './notice.ts'

/** What the rules look at. */
export interface Watched {
  readonly name: string
  workloads(): readonly PageWorkload[]
}

interface Truth {
  readonly labels: Labels
  readonly annotations: Labels
  readonly forMs: number
  readonly expression: string
}

const crashLoopMs = 4_000
const shortOfMs = 15_000

/** The rules of kube-prometheus that a shop has, in the trial's own haste. */
export interface Rules {
  /** All that fires now. */
  fire(clusters: readonly Watched[], now: number): readonly FiredAlert[]
}

export function createRules(): Rules {
  const since = new Map<string, number>()
  return {
    fire: (clusters, now) => {
      const truths = clusters.flatMap((cluster) =>
        cluster.workloads().flatMap((workload) => truthsOf(cluster.name, workload)),
      )
      const keyed = truths.map((truth) => ({ truth, key: fingerprintOf(truth.labels) }))
      const held = new Set(keyed.map(({ key }) => key))
      for (const key of since.keys()) if (!held.has(key)) since.delete(key)
      return keyed.flatMap(({ truth, key }): FiredAlert[] => {
        const start = since.get(key) ?? now
        since.set(key, start)
        const { labels, annotations, forMs, expression } = truth
        if (now - start < forMs) return []
        const query = new URLSearchParams({ 'g0.expr': expression, 'g0.tab': '1' })
        return [
          {
            labels,
            annotations,
            startsAt: start + forMs,
            generatorUrl: `http://prometheus.example/graph?${query.toString()}`,
          },
        ]
      })
    },
  }
}

function truthsOf(cluster: string, { namespace, name, kind, wanted, pods }: PageWorkload): readonly Truth[] {
  const crashing = pods.filter(({ why }) => why === 'CrashLoopBackOff')
  const ready = pods.filter(({ state }) => state === 'ready').length
  const where = { cluster, namespace }
  const loops = crashing.map((pod): Truth => ({
    labels: { alertname: 'KubePodCrashLooping', severity: 'critical', ...where, pod: pod.name, container: name },
    annotations: {
      summary: `Pod ${namespace}/${pod.name} keeps restarting`,
      summaryCn: `Pod ${namespace}/${pod.name} 不断重启`,
      runbook_url: 'https://runbooks.prometheus-operator.dev/runbooks/kubernetes/kubepodcrashlooping',
    },
    forMs: crashLoopMs,
    expression: `increase(kube_pod_container_status_restarts_total{namespace="${namespace}",pod=~"${name}-.*"}[5m]) > 1`,
  }))
  if (kind !== 'Deployment' || ready >= wanted) return loops
  return [
    ...loops,
    {
      labels: { alertname: 'KubeDeploymentReplicasMismatch', severity: 'warning', ...where, deployment: name },
      annotations: {
        summary: `Deployment ${namespace}/${name} is short of replicas`,
        summaryCn: `Deployment ${namespace}/${name} 副本数不足`,
        runbook_url: 'https://runbooks.prometheus-operator.dev/runbooks/kubernetes/kubedeploymentreplicasmismatch',
      },
      forMs: shortOfMs,
      expression: `kube_deployment_status_replicas_unavailable{namespace="${namespace}",deployment="${name}"} > 0`,
    },
  ]
}
