import { logsCard } from '../cards/logs.ts'
import { problemMessage } from '../cards/problem-card.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { Pod } from '../clusters/nouns.ts'
import type { Context, LogQuestion } from '../command-line/context.ts'
import type { FilterWish } from '../logs/filter.ts'
import type { Chosen } from '../logs/follow.ts'
import type { Follow } from '../logs/follow-record.ts'
import { tailLogs } from '../logs/tail.ts'
import { resolveCluster } from '../targets/resolve.ts'
import { alone, channel } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import { accessFor } from './desk.ts'
import type { Desk } from './desk.ts'
import { refusalToRead } from './permission.ts'
import { questionFor } from './question.ts'
import { findFor } from './reads.ts'

const usualTail = 50
const followTail = 10
const usualLastsMs = 600_000
/** Reading logs once takes no longer than this, however much there is. */
const patienceMs = 20_000

/** Logs of workloads: the last lines once, or as they come. */
export function logsFor(asking: Asking, desk: Desk): Context<Answer>['logs'] {
  return {
    show: async (question) => {
      const found = await chosenFor(question, asking, desk)
      if (!found.ok) return found.answer
      const { cluster, what, chosen } = found
      const access = accessFor(desk, asking.speaker)(cluster)
      const abort = new AbortController()
      const cancel = desk.clock.after(patienceMs, () => abort.abort())
      try {
        const pods = new Map<string, Pod>()
        for (const one of chosen) for (const pod of await access.pods(one)) pods.set(pod.uid, pod)
        const { of } = question
        const filter = filterOf(question)
        const query = { ...common(question, desk), filter, tail: question.tail ?? usualTail, of }
        const tail = await tailLogs([...pods.values()], query, { access, signal: abort.signal })
        return channel(logsCard({ what, cluster, tail, filter, of }, asking.placeTexts))
      } finally {
        cancel()
      }
    },
    follow: async (question) => {
      const found = await chosenFor(question, asking, desk)
      if (!found.ok) return found.answer
      const { cluster, what, chosen, places } = found
      const access = accessFor(desk, asking.speaker)(cluster)
      const recorded = await asking.recording.done()
      const follow: Follow = {
        // Whatever the process that had begun with it left, its cards are at their end.
        id: asking.again ? `${asking.key}/again` : asking.key,
        by: asking.person,
        place: asking.place,
        cluster,
        what,
        places: [...places],
        startedAt: desk.clock.now(),
        lastsMs: question.lasting ?? usualLastsMs,
        filter: filterOf(question),
        ...(recorded ? {} : { unrecorded: true }),
      }
      const query = { ...common(question, desk), chosen, tail: question.tail ?? followTail }
      const started = await desk.follows.start(follow, query, access)
      if (started.ok) return { kind: 'card', card: started.card }
      return alone(problemMessage({ code: 'logs_too_many', limit: started.limit }, asking.texts))
    },
  }
}

type Found =
  | {
      readonly ok: true
      readonly cluster: ClusterName
      readonly what: string
      readonly chosen: readonly Chosen[]
      readonly places: Follow['places']
    }
  | { readonly ok: false; readonly answer: Answer }

/** Which pods are meant, if this person may read all of them. */
async function chosenFor(question: LogQuestion, asking: Asking, desk: Desk): Promise<Found> {
  const refuse = (problem: Parameters<typeof problemMessage>[0]): Found => ({
    ok: false,
    answer: alone(problemMessage(problem, asking.texts)),
  })
  if (asking.place.kind === 'shared') return refuse({ code: 'place_shared', what: 'logs' })
  const { selector, target } = question
  if (target.workloads.length === 0) {
    return selector === undefined
      ? refuse({ code: 'target_missing' })
      : bySelector(question, selector, { asking, desk })
  }
  const chosen: Chosen[] = []
  const places: { namespace: string; name: string }[] = []
  let cluster: ClusterName | undefined
  for (const typed of target.workloads) {
    const found = await findFor(typed, 'logs', { asking, desk })
    if (!found.ok) return found
    const { workload } = found
    const { namespace, name } = workload
    cluster = workload.cluster
    chosen.push({
      namespace,
      selector: selector === undefined ? workload.selector : `${workload.selector},${selector}`,
    })
    places.push({ namespace, name })
  }
  if (cluster === undefined) return refuse({ code: 'target_missing' })
  const names = places.map(({ namespace, name }) => `${namespace}/${name}`).join(', ')
  return { ok: true, cluster, what: selector === undefined ? names : `${names} (${selector})`, chosen, places }
}

async function bySelector(
  { target }: LogQuestion,
  selector: string,
  { asking, desk }: { readonly asking: Asking; readonly desk: Desk },
): Promise<Found> {
  const { texts, around } = asking
  const where = resolveCluster(target.cluster, around, { clusters: [...desk.clusters.keys()], groups: desk.groups })
  if (!where.ok) {
    const answers = questionFor(where.problem, asking)
    return { ok: false, answer: alone(problemMessage(where.problem, texts, answers)) }
  }
  const namespace = target.namespace ?? around.namespace
  if (namespace === undefined) return { ok: false, answer: alone(problemMessage({ code: 'logs_no_namespace' }, texts)) }
  const { cluster } = where
  // Whose pods a selector finds is anybody's who runs something there.
  const refusal = await refusalToRead(asking, desk, { action: 'logs', cluster, namespace, whole: true })
  if (refusal) return { ok: false, answer: alone(problemMessage(refusal, texts)) }
  return {
    ok: true,
    cluster,
    what: `${namespace}: ${selector}`,
    chosen: [{ namespace, selector }],
    places: [{ namespace }],
  }
}

function common({ container, since }: LogQuestion, desk: Desk) {
  return {
    container,
    since: since === undefined ? undefined : 'at' in since ? since.at : desk.clock.now() - since.ago,
    mask: desk.mask,
  }
}

const filterOf = ({ grep, exclude, level, context }: LogQuestion): Follow['filter'] & FilterWish => ({
  ...(grep === undefined ? {} : { grep }),
  ...(exclude === undefined ? {} : { exclude }),
  ...(level === undefined ? {} : { level }),
  ...(context === undefined ? {} : { context }),
})
