import { RE2JS } from 're2js'
import { logsCard } from '../cards/logs.ts'
import { problemMessage } from '../cards/problem-card.ts'
import type { Workload } from '../clusters/nouns.ts'
import type { Context, LogQuestion } from '../command-line/context.ts'
import { everything, tailLogs } from '../logs/tail.ts'
import { alone, channel } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import { accessFor } from './desk.ts'
import type { Desk } from './desk.ts'
import { findFor } from './reads.ts'

const usualTail = 50
const followTail = 10
/** Reading logs once takes no longer than this, however much there is. */
const patienceMs = 20_000

/** Logs of a workload: the last lines once, or as they come. */
export function logsFor(asking: Asking, desk: Desk): Context<Answer>['logs'] {
  return {
    show: async (question) => {
      const found = await allowed(question, asking, desk)
      if (!found.ok) return found.answer
      const { workload } = found
      const { cluster, namespace, name, selector } = workload
      const access = accessFor(desk, asking.speaker)(cluster)
      const abort = new AbortController()
      const cancel = desk.clock.after(patienceMs, () => abort.abort())
      try {
        const pods = await access.pods({ namespace, selector })
        const { of } = question
        const query = { ...common(question, workload, desk), tail: question.tail ?? usualTail, of }
        const tail = await tailLogs(pods, query, { access, signal: abort.signal })
        return channel(
          logsCard({ what: `${namespace}/${name}`, cluster, tail, pattern: question.grep, of }, asking.placeTexts),
        )
      } finally {
        cancel()
      }
    },
    follow: async (question) => {
      const found = await allowed(question, asking, desk)
      if (!found.ok) return found.answer
      const { workload } = found
      const { cluster, namespace, name, selector } = workload
      const access = accessFor(desk, asking.speaker)(cluster)
      const follow = {
        id: asking.key,
        by: asking.person,
        place: asking.place,
        cluster,
        namespace,
        name,
        startedAt: desk.clock.now(),
      }
      const query = { ...common(question, workload, desk), selector, tail: question.tail ?? followTail }
      const started = await desk.follows.start(follow, query, access)
      if (started.ok) return { kind: 'card', card: started.card }
      return alone(problemMessage({ code: 'logs_too_many', limit: started.limit }, asking.texts))
    },
  }
}

async function allowed(
  question: LogQuestion,
  asking: Asking,
  desk: Desk,
): Promise<{ readonly ok: true; readonly workload: Workload } | { readonly ok: false; readonly answer: Answer }> {
  if (asking.place.kind === 'shared') {
    return { ok: false, answer: alone(problemMessage({ code: 'place_shared', what: 'logs' }, asking.texts)) }
  }
  return findFor(question.target, 'logs', { asking, desk })
}

function common({ container, grep, since }: LogQuestion, { namespace }: Workload, desk: Desk) {
  const pattern = grep === undefined ? undefined : RE2JS.compile(grep)
  return {
    namespace,
    container,
    since: since === undefined ? undefined : 'at' in since ? since.at : desk.clock.now() - since.ago,
    matches: pattern === undefined ? everything : (text: string) => pattern.matcher(text).find(),
    mask: desk.mask,
  }
}
