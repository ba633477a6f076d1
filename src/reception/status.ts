import { placeStatusCard, overviewCard, workloadStatusCard } from '../cards/status.ts'
import { problemMessage } from '../cards/problem-card.ts'
import type { Message } from '../chat/message.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { ScopeText } from '../command-line/context.ts'
import { openKey, workloadKey } from '../operations/keys.ts'
import { operations } from '../operations/operation.ts'
import type { Operation } from '../operations/operation.ts'
import { askAll } from '../reads/answers.ts'
import { clusterStatus, placeStatus, workloadStatus } from '../reads/status.ts'
import { resolveWorkload } from '../targets/resolve.ts'
import { alone, channel } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import { accessFor } from './desk.ts'
import type { Desk } from './desk.ts'
import { mayReadSomewhere, refusalToRead, refusalUnseen } from './permission.ts'
import { questionFor } from './question.ts'
import { scopeOf } from './scope.ts'
import { onlyVisible, visibleTo } from './sight.ts'

const actions = ['status'] as const

/** `/ops status`: a workload, a namespace, or everything on all clusters. */
export async function showStatus(typed: ScopeText, asking: Asking, desk: Desk): Promise<Answer> {
  const scope = scopeOf(typed, asking, desk)
  if (!scope.ok) return alone(problemMessage(scope.problem, asking.texts, questionFor(scope.problem, asking)))
  const { name } = typed
  const namespace = typed.namespace ?? (typed.clusters.length === 0 ? asking.around.namespace : undefined)
  if (name !== undefined) return workloadStatusOn(scope.clusters, { ...typed, name }, { asking, desk })
  if (namespace !== undefined) return namespaceStatusOn(scope.clusters, namespace, { asking, desk })
  return everything(scope.clusters, { asking, desk })
}

interface At {
  readonly asking: Asking
  readonly desk: Desk
}

async function workloadStatusOn(
  clusters: readonly ClusterName[],
  typed: ScopeText & { readonly name: string },
  { asking, desk }: At,
): Promise<Answer> {
  const access = accessFor(desk, asking.speaker)
  const messages: Message[] = []
  const problems: Message[] = []
  const answers = await askAll(clusters, async (cluster) => {
    const unseen = await refusalUnseen({ ...typed, cluster }, 'status', { asking, desk })
    if (unseen) return { problem: unseen }
    const parts = { clusters: [cluster], groups: new Map(), access, visible: visibleTo({ asking, desk, actions }) }
    const found = await resolveWorkload({ ...typed, cluster }, asking.around, parts)
    if (!found.ok) return { problem: found.problem }
    const { namespace, name } = found.workload
    const refusal = await refusalToRead(asking, desk, { action: 'status', cluster, namespace, name })
    if (refusal) return { problem: refusal }
    const open = await openOn(workloadKey(found.workload), desk)
    return { status: { ...(await workloadStatus(found.workload, access(cluster))), open, now: desk.clock.now() } }
  })
  for (const answer of answers) {
    if (!answer.ok) problems.push(problemMessage(answer.problem, asking.texts))
    else if (answer.value.status) messages.push(workloadStatusCard(answer.value.status, asking.placeTexts))
    else problems.push(problemMessage(answer.value.problem, asking.texts, questionFor(answer.value.problem, asking)))
  }
  const [first, ...others] = messages.length > 0 ? messages : problems
  if (!first) return alone(problemMessage({ code: 'target_missing' }, asking.texts))
  const together = { ...first, parts: [first, ...others].flatMap(({ parts }) => parts) }
  return messages.length > 0 ? channel(together) : alone(together)
}

async function namespaceStatusOn(
  clusters: readonly ClusterName[],
  namespace: string,
  { asking, desk }: At,
): Promise<Answer> {
  const access = accessFor(desk, asking.speaker)
  const messages: Message[] = []
  const answers = await askAll(clusters, async (cluster) => {
    const refusal = await mayReadSomewhere(asking, desk, { action: 'status', cluster, namespace })
    if (refusal) return { refusal }
    const status = await placeStatus(access(cluster), namespace)
    const workloads = await onlyVisible(status.workloads, { asking, desk, actions })
    const here = (await openOn(cluster, desk)).filter(({ plan }) => plan.workload.namespace === namespace)
    return { status: { ...status, workloads }, open: await onlyVisibleOf(here, { asking, desk }) }
  })
  const refused = answers.every((answer) => answer.ok && answer.value.refusal)
  const texts = refused ? asking.texts : asking.placeTexts
  for (const answer of answers) {
    const { cluster } = answer
    if (!answer.ok) messages.push(problemMessage(answer.problem, texts))
    else if (answer.value.refusal) messages.push(problemMessage(answer.value.refusal, texts))
    else {
      const { status, open } = answer.value
      messages.push(placeStatusCard({ what: namespace, cluster, status, open }, texts))
    }
  }
  const [first, ...others] = messages
  if (!first) return alone(problemMessage({ code: 'target_missing' }, asking.texts))
  const together = { ...first, parts: [first, ...others].flatMap(({ parts }) => parts) }
  return refused ? alone(together) : channel(together)
}

async function everything(clusters: readonly ClusterName[], { asking, desk }: At): Promise<Answer> {
  const access = accessFor(desk, asking.speaker)
  const readable: ClusterName[] = []
  let refusal
  for (const cluster of clusters) {
    const refused = await mayReadSomewhere(asking, desk, { action: 'status', cluster })
    if (refused) refusal = refused
    else readable.push(cluster)
  }
  if (readable.length === 0 && refusal) return alone(problemMessage(refusal, asking.texts))
  const answers = await askAll(readable, async (cluster) => {
    const status = await clusterStatus(access(cluster))
    return {
      ...status,
      workloads: await onlyVisible(status.workloads, { asking, desk, actions }),
      unanswered: await visibleTo({ asking, desk, actions }).namespaces(cluster, status.unanswered),
    }
  })
  const open: Operation[] = []
  for (const cluster of readable) open.push(...(await openOn(cluster, desk)))
  return channel(
    overviewCard(
      { answers, all: readable.length === desk.clusters.size, open: await onlyVisibleOf(open, { asking, desk }) },
      asking.placeTexts,
    ),
  )
}

async function onlyVisibleOf(found: readonly Operation[], { asking, desk }: At): Promise<readonly Operation[]> {
  const rows = found.map((operation) => ({ ...operation.plan.workload, operation }))
  return (await onlyVisible(rows, { asking, desk, actions })).map(({ operation }) => operation)
}

async function openOn(key: string, desk: Desk): Promise<readonly Operation[]> {
  const found = await desk.store.list(operations, { key: openKey(key), limit: 50 })
  return found.map(({ value }) => value)
}
