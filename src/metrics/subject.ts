import type { WorkloadKind } from '../clusters/names.ts'
import { literally } from './promql.ts'
import type { Matcher } from './promql.ts'

/** The workload whose numbers are wanted. */
export interface Subject {
  readonly namespace: string
  readonly kind: WorkloadKind
  readonly name: string
}

/** Whose series a metric has, i.e. which labels lead from a workload to them. */
export type Belonging =
  /** `namespace` and `pod`: the kubelet, kube-state-metrics, and what is scraped from pods. */
  | 'pod'
  /** kube-state-metrics about the workload itself. */
  | 'workload'
  /** Istio, as the receiving side reports it. */
  | 'mesh'
  /** ingress-nginx: traffic to the service of the workload's name. */
  | 'ingress'
  /** Every claim of its namespace; queries join them with its pods. */
  | 'claim'

/** What Kubernetes makes the random parts of names of: no vowels, no 0, 1 and 3 (apimachinery, util/rand). */
const letter = '[bcdfghjklmnpqrstvwxz2456789]'
/** A generated name is cut here before its five random letters. */
const generatedLimit = 58

const workloadLabel = { Deployment: 'deployment', StatefulSet: 'statefulset', DaemonSet: 'daemonset' } as const

/** The conditions that keep a metric to one workload. */
export function matchersOf({ namespace, kind, name }: Subject, belonging: Belonging): readonly Matcher[] {
  const equal = (label: string, value: string): Matcher => ({ label, is: '=', value })
  switch (belonging) {
    case 'pod':
      return [equal('namespace', namespace), { label: 'pod', is: '=~', value: podNames({ kind, name }) }]
    case 'workload':
      return [equal('namespace', namespace), equal(workloadLabel[kind], name)]
    case 'mesh':
      return [
        equal('reporter', 'destination'),
        equal('destination_workload_namespace', namespace),
        equal('destination_workload', name),
      ]
    case 'ingress':
      return [equal('exported_namespace', namespace), equal('exported_service', name)]
    case 'claim':
      return [equal('namespace', namespace)]
  }
}

/** Pods of a workload by their names, those of earlier revisions too: a pattern for RE2, anchored where it is used. */
function podNames({ kind, name }: Pick<Subject, 'kind' | 'name'>): string {
  switch (kind) {
    case 'StatefulSet':
      return `${literally(name)}-[0-9]+`
    case 'DaemonSet':
      return `${literally(`${name}-`.slice(0, generatedLimit))}${letter}{5}`
    case 'Deployment': {
      const prefix = `${name}-`
      // The hash of the template has at most ten letters; in a long name it is cut, or gone.
      return prefix.length + 11 <= generatedLimit
        ? `${literally(prefix)}${letter}{1,10}-${letter}{5}`
        : `${literally(prefix.slice(0, generatedLimit))}(${letter}{0,10}-?)${letter}{5}`
    }
  }
}
