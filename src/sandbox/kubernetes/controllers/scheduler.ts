import type { JsonObject } from '../../../json.ts'
import type { Controller, ControllerParts } from './parts.ts'
import { flag, list, put, record, strings, text } from '../fields.ts'
import { conditionStatus, isDeleting, labelsOf, nameOf, namespaceOf, stamp } from '../objects.ts'
import { podUsage } from '../admission.ts'
import { parseQuantity } from '../quantity.ts'
import { wantedNode } from './daemon-pod.ts'
import { createWorkQueue } from './work-queue.ts'

const scheduler = 'kube-scheduler'

/** Puts pods on nodes, the emptiest that fits; says why when none does, and tries again when nodes or pods change. */
export function createScheduler({ clock, store, writes, resources, event }: ControllerParts): Controller {
  const pods = resources.of('v1', 'Pod')
  const nodes = resources.of('v1', 'Node')
  const waiting = new Set<string>()

  const usageOn = (node: string) => {
    const used = new Map<string, number>()
    for (const pod of store.each(pods)) {
      if (text(pod, 'spec', 'nodeName') !== node || ['Succeeded', 'Failed'].includes(text(pod, 'status', 'phase')))
        continue
      for (const [key, amount] of podUsage(pod)) used.set(key, (used.get(key) ?? 0) + amount)
    }
    return used
  }

  const reconcile = (key: string) => {
    const [namespace = '', name = ''] = key.split('/')
    const pod = store.get(pods, namespace, name)
    if (pod === undefined || text(pod, 'spec', 'nodeName') !== '' || isDeleting(pod)) {
      waiting.delete(key)
      return
    }
    const all = store.list(nodes).map((node) => ({ node, used: usageOn(nameOf(node)) }))
    const found = all.map(({ node, used }) => ({ node, used, why: obstacle(pod, node, used) }))
    const [best] = found
      .filter(({ why }) => why === undefined)
      .sort((a, b) => (a.used.get('pods') ?? 0) - (b.used.get('pods') ?? 0))
    if (best === undefined)
      fail(
        key,
        pod,
        found.map(({ why }) => why ?? ''),
      )
    else bind(key, pod, nameOf(best.node))
  }

  const bind = (key: string, pod: JsonObject, node: string) => {
    waiting.delete(key)
    const conditions = [
      ...list(pod, 'status', 'conditions').filter((one) => text(one, 'type') !== 'PodScheduled'),
      { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: stamp(clock.now()) },
    ]
    const bound = put(put(pod, ['spec', 'nodeName'], node), ['status', 'conditions'], conditions)
    store.replace(pods, bound, pod)
    event({
      about: pod,
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${namespaceOf(pod)}/${nameOf(pod)} to ${node}`,
      component: 'default-scheduler',
      action: 'Binding',
    })
  }

  const fail = (key: string, pod: JsonObject, obstacles: readonly string[]) => {
    waiting.add(key)
    const counts = new Map<string, number>()
    for (const why of obstacles) counts.set(why, (counts.get(why) ?? 0) + 1)
    const reasons = [...counts].map(([why, count]) => `${count} ${why}`).sort()
    const why = obstacles.length === 0 ? 'no nodes available to schedule pods' : `${reasons.join(', ')}.`
    const message = `0/${obstacles.length} nodes are available: ${why} no new claims to deallocate, preemption: 0/${obstacles.length} nodes are available: ${obstacles.length} Preemption is not helpful for scheduling.`
    const present = list(pod, 'status', 'conditions').find((one) => text(one, 'type') === 'PodScheduled')
    if (text(present, 'message') === message) return
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      lastProbeTime: null,
      lastTransitionTime: stamp(clock.now()),
      reason: 'Unschedulable',
      message,
    }
    writes.update(
      { resource: pods, namespace: namespaceOf(pod), name: nameOf(pod) },
      (current) => put(current, ['status'], { ...record(current, 'status'), conditions: [condition] }),
      {
        manager: scheduler,
        subresource: 'status',
      },
    )
    event({
      about: pod,
      type: 'Warning',
      reason: 'FailedScheduling',
      message,
      component: 'default-scheduler',
      action: 'Scheduling',
    })
  }

  const queue = createWorkQueue(clock, reconcile)
  return {
    hear: ({ type, resource, object }) => {
      if (resource === pods && type === 'ADDED') queue.add(`${namespaceOf(object)}/${nameOf(object)}`)
      const frees = (resource === pods && type === 'DELETED') || resource === nodes
      if (frees) for (const key of waiting) queue.add(key)
    },
    stop: () => queue.stop(),
  }
}

/** Why the pod cannot run there, or undefined. */
function obstacle(pod: JsonObject, node: JsonObject, used: Map<string, number>): string | undefined {
  const taint = list(node, 'spec', 'taints').find(
    (one) => text(one, 'effect') !== 'PreferNoSchedule' && !tolerates(pod, one),
  )
  if (taint !== undefined) return `node(s) had untolerated taint(s)`
  const wanted = wantedNode(pod)
  if (wanted !== '' && wanted !== nameOf(node)) return "node(s) didn't match Pod's node affinity/selector"
  const trouble = (name: string) => ({ key: `node.kubernetes.io/${name}`, effect: 'NoSchedule' })
  if (flag(node, 'spec', 'unschedulable') && !tolerates(pod, trouble('unschedulable')))
    return 'node(s) were unschedulable'
  if (conditionStatus(node, 'Ready') !== 'True' && wanted === '') return 'node(s) had untolerated taint(s)'
  const labels = labelsOf(node)
  if (Object.entries(strings(pod, 'spec', 'nodeSelector')).some(([key, value]) => labels[key] !== value))
    return "node(s) didn't match Pod's node affinity/selector"
  const room = strings(node, 'status', 'allocatable')
  const usage = podUsage(pod)
  if ((used.get('pods') ?? 0) + 1 > parseQuantity(room['pods'] ?? '110')) return 'Too many pods'
  for (const name of ['cpu', 'memory'])
    if ((usage.get(name) ?? 0) > 0 && (used.get(name) ?? 0) + (usage.get(name) ?? 0) > parseQuantity(room[name] ?? '0'))
      return `Insufficient ${name}`
  return undefined
}

export function tolerates(pod: JsonObject, taint: JsonObject): boolean {
  return list(pod, 'spec', 'tolerations').some((toleration) => {
    const effect = text(toleration, 'effect')
    if (effect !== '' && effect !== text(taint, 'effect')) return false
    const key = text(toleration, 'key')
    if (text(toleration, 'operator') === 'Exists') return key === '' || key === text(taint, 'key')
    return key === text(taint, 'key') && text(toleration, 'value') === text(taint, 'value')
  })
}
