import { clustersCard } from '../cards/clusters.ts'
import { eventsCard } from '../cards/events.ts'
import { historyCard } from '../cards/history.ts'
import { problemMessage } from '../cards/problem-card.ts'
import type { Cluster } from '../clusters/cluster.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { KubernetesEvent, Workload } from '../clusters/nouns.ts'
import type { Context, ScopeText, SinceText, TargetText } from '../command-line/context.ts'
import { newestOn } from '../operations/recollection.ts'
import type { Action, Refusal } from '../policy/decision.ts'
import { askAll, unlessForbidden } from '../reads/answers.ts'
import { attribute, workloadEvents } from '../reads/events.ts'
import { historyOf } from '../reads/history.ts'
import { clusterGlance } from '../reads/status.ts'
import { resolveCluster, resolveWorkload } from '../targets/resolve.ts'
import { alone, channel } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import { showAudit } from './audit.ts'
import { accessFor } from './desk.ts'
import type { Desk } from './desk.ts'
import { mayReadSomewhere, refusalToRead, refusalUnseen } from './permission.ts'
import { questionFor } from './question.ts'
import { onlyVisible, visibleTo } from './sight.ts'
import { showStatus } from './status.ts'

/** Everything that only looks. Decided and recorded like an order, without plan and approval. */
export function readsFor(asking: Asking, desk: Desk): Context<Answer>['reads'] {
  return {
    show: (question) => {
      switch (question.read) {
        case 'status':
          return showStatus(question.scope, asking, desk)
        case 'history':
          return showHistory(question.target, asking, desk)
        case 'events':
          return showEvents(question, asking, desk)
        case 'clusters':
          return showClusters(asking, desk)
        case 'audit':
          return showAudit(question.filters, asking, desk)
      }
    },
  }
}

type Found = { readonly ok: true; readonly workload: Workload } | { readonly ok: false; readonly answer: Answer }

/** The workload somebody wants to look at, if they may. */
export async function findFor(
  target: TargetText,
  action: Action,
  { asking, desk }: { readonly asking: Asking; readonly desk: Desk },
): Promise<Found> {
  const refused = await refusalUnseen(target, action, { asking, desk })
  if (refused) return { ok: false, answer: alone(problemMessage(refused, asking.texts)) }
  const found = await resolveWorkload(target, asking.around, {
    clusters: [...desk.clusters.keys()],
    groups: desk.groups,
    access: accessFor(desk, asking.speaker),
    visible: visibleTo({ asking, desk, actions: [action, 'status'] }),
  })
  if (!found.ok) {
    return { ok: false, answer: alone(problemMessage(found.problem, asking.texts, questionFor(found.problem, asking))) }
  }
  const { cluster, namespace, name } = found.workload
  const refusal = await refusalToRead(asking, desk, { action, cluster, namespace, name })
  return refusal ? { ok: false, answer: alone(problemMessage(refusal, asking.texts)) } : found
}

async function showHistory(target: TargetText, asking: Asking, desk: Desk): Promise<Answer> {
  const found = await findFor(target, 'history', { asking, desk })
  if (!found.ok) return found.answer
  const { workload } = found
  const own = await newestOn(workload, { ledger: desk.operations.ledger, count: 100 })
  const access = accessFor(desk, asking.speaker)(workload.cluster)
  const history = await historyOf(workload, { access, operations: own })
  return channel(historyCard({ history, now: desk.clock.now() }, asking.placeTexts))
}

async function showEvents(
  { scope, since }: { readonly scope: ScopeText; readonly since: SinceText | undefined },
  asking: Asking,
  desk: Desk,
): Promise<Answer> {
  const now = desk.clock.now()
  const from = since === undefined ? 0 : 'at' in since ? since.at : now - since.ago
  const access = accessFor(desk, asking.speaker)
  const { name, namespace = asking.around.namespace } = scope
  const [cluster] = scope.clusters
  if (name !== undefined) {
    const target = { ...scope, name, ...(cluster === undefined ? {} : { cluster }) }
    const found = await findFor(target, 'events', { asking, desk })
    if (!found.ok) return found.answer
    const { workload } = found
    const events = (await workloadEvents(workload, access(workload.cluster))).filter(({ lastAt }) => lastAt >= from)
    const what = `${workload.namespace}/${workload.name}`
    return channel(eventsCard({ what, cluster: workload.cluster, events, now }, asking.placeTexts))
  }
  const where = resolveCluster(cluster, asking.around, { clusters: [...desk.clusters.keys()], groups: desk.groups })
  if (!where.ok) return alone(problemMessage(where.problem, asking.texts, questionFor(where.problem, asking)))
  if (namespace === undefined) return alone(problemMessage({ code: 'target_missing' }, asking.texts))
  const place = { cluster: where.cluster, namespace }
  const refusal = await mayReadSomewhere(asking, desk, { action: 'events', ...place })
  if (refusal) return alone(problemMessage(refusal, asking.texts))
  const events = (await visibleEvents(place, { asking, desk })).filter(({ lastAt }) => lastAt >= from)
  return channel(eventsCard({ what: namespace, cluster: where.cluster, events, now }, asking.placeTexts))
}

/** Events of a namespace, each seen by whoever may see those of its workload; what is about none, by whoever may see all of them. */
async function visibleEvents(
  place: { readonly cluster: ClusterName; readonly namespace: string },
  { asking, desk }: { readonly asking: Asking; readonly desk: Desk },
): Promise<readonly KubernetesEvent[]> {
  const { cluster, namespace } = place
  const access = accessFor(desk, asking.speaker)(cluster)
  const [events, workloads] = await Promise.all([
    access.events({ namespace }),
    unlessForbidden(access.workloads({ namespace })),
  ])
  const rows = attribute(events, workloads ?? []).map(({ event, workload }) => ({
    ...place,
    ...(workload === undefined ? {} : { name: workload }),
    event,
  }))
  return (await onlyVisible(rows, { asking, desk, actions: ['events'] })).map(({ event }) => event)
}

async function showClusters(asking: Asking, desk: Desk): Promise<Answer> {
  const access = accessFor(desk, asking.speaker)
  const readable: Cluster[] = []
  let refusal: Refusal | undefined
  for (const cluster of desk.clusters.values()) {
    const refused = await mayReadSomewhere(asking, desk, { action: 'clusters', cluster: cluster.name })
    if (refused) refusal = refused
    else readable.push(cluster)
  }
  if (readable.length === 0 && refusal) return alone(problemMessage(refusal, asking.texts))
  const answers = await askAll(
    readable.map(({ name }) => name),
    (cluster) => clusterGlance(access(cluster), () => desk.clock.now()),
  )
  const environment = (name: string) => readable.find((cluster) => cluster.name === name)?.environment ?? ''
  return channel(
    clustersCard(
      answers.map((answer) => ({ ...answer, environment: environment(answer.cluster) })),
      asking.placeTexts,
    ),
  )
}
