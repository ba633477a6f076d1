import type { JsonObject } from '../../../json.ts'
import { list, put, text, texts } from '../fields.ts'

/** Daemon pods are meant for one node: affinity to its name, and tolerations of whatever troubles nodes. The scheduler binds them like others. */

const troubles = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
] as const

export function onlyOn(node: string, pod: JsonObject): JsonObject {
  const terms = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }]
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } }
  const tolerations = [
    ...list(pod, 'spec', 'tolerations'),
    ...troubles.map(([name, effect]) => ({ key: `node.kubernetes.io/${name}`, operator: 'Exists', effect })),
  ]
  return put(put(pod, ['spec', 'affinity'], affinity), ['spec', 'tolerations'], tolerations)
}

/** The one node that a pod is meant for by the node's name; empty for pods that may go anywhere. */
export function wantedNode(pod: JsonObject): string {
  const terms = list(
    pod,
    'spec',
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  )
  return texts(list(terms[0], 'matchFields')[0], 'values')[0] ?? ''
}

export const nodeOf = (pod: JsonObject) => text(pod, 'spec', 'nodeName') || wantedNode(pod)
