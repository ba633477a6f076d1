import type { Pod } from '../../clusters/nouns.ts'
import type { ShownLine } from '../../logs/line.ts'
import { singleLines } from '../../logs/entry.ts'
import { tailLogs } from '../../logs/tail.ts'
import type { Subject } from './target.ts'

/** What a failing container wrote last. */
export interface LastWords {
  readonly pod: string
  readonly container: string
  /** `previous`: of the one that ended, while another stands in its place. */
  readonly of: 'current' | 'previous'
  /** Masked; empty where the node kept nothing. */
  readonly lines: readonly ShownLine[]
}

const linesShown = 8

interface Speaker {
  readonly pod: Pod
  readonly container: string
  readonly of: 'current' | 'previous'
}

/** Undefined where no container fails, or none has spoken yet. Throws `ClusterError`. */
export async function lastWordsOf(
  { workload, access, pods: named, container }: Subject,
  { mask, signal }: { readonly mask: (text: string) => string; readonly signal: AbortSignal },
): Promise<LastWords | undefined> {
  const { namespace, selector } = workload
  const pods = await access.pods({ namespace, selector })
  const speaker = worstSpeaker(pods, { named, container })
  if (!speaker) return undefined
  const read = async (of: Speaker['of']) => {
    const query = { container: speaker.container, tail: linesShown, since: undefined, of, filter: {}, mask }
    const { entries } = await tailLogs([speaker.pod], query, { access, signal })
    return entries.flatMap(singleLines).slice(-linesShown)
  }
  const first = await read(speaker.of)
  const { name } = speaker.pod
  if (first.length > 0 || speaker.of === 'current')
    return { pod: name, container: speaker.container, of: speaker.of, lines: first }
  const second = await read('current')
  return { pod: name, container: speaker.container, of: 'current', lines: second }
}

/** Pods that the alert names first; the one that has crashed most often, if any does not run as wanted. */
function worstSpeaker(
  pods: readonly Pod[],
  { named, container }: { readonly named: readonly string[]; readonly container: string | undefined },
): Speaker | undefined {
  const speakers = pods.flatMap((pod) => {
    const found = failing(pod, container)
    return found ? [{ pod, ...found }] : []
  })
  const rank = ({ pod, crashes }: (typeof speakers)[number]) => (named.includes(pod.name) ? 1_000_000 : 0) + crashes
  return speakers.sort((one, other) => rank(other) - rank(one))[0]
}

function failing(
  pod: Pod,
  named: string | undefined,
): { readonly container: string; readonly of: 'current' | 'previous'; readonly crashes: number } | undefined {
  if (pod.ready && pod.reasons.length === 0 && pod.restarts === 0) return undefined
  const reasons = new Set(pod.reasons.flatMap((reason) => reason.container ?? []))
  const spoke = pod.containers.filter(({ state, last }) => state === 'running' || state === 'terminated' || last)
  const found =
    spoke.find(({ name }) => name === named) ??
    spoke.find(({ name }) => reasons.has(name)) ??
    spoke.find(({ ready, role }) => !ready && role !== 'ephemeral') ??
    spoke.toSorted((one, other) => other.restarts - one.restarts)[0]
  if (!found) return undefined
  // A container that runs again says nothing yet of why it ended the time before.
  const of = found.state !== 'terminated' && found.last ? 'previous' : 'current'
  return { container: found.name, of, crashes: found.restarts }
}
