import type { Pod } from '../nouns.ts'
import type { WatchParts } from './watch-stream.ts'
import { ClusterError } from '../problems.ts'
import { objectsIn } from '../reading/fields.ts'
import { readPod } from '../reading/pod.ts'
import { resourcePath } from './paths.ts'
import { createPatience, waitingCures } from './patience.ts'
import { BrokenStreamError, versionOf, watchEvents } from './watch-stream.ts'

interface Chosen {
  readonly namespace: string
  readonly selector: string
}

/** A stream that lived so long was worth opening, even if nothing happened. */
const soundMs = 5_000

/** See `ClusterAccess.watchPods`. */
export async function* watchPods(
  parts: WatchParts,
  chosen: Chosen,
  signal: AbortSignal,
): AsyncGenerator<readonly Pod[]> {
  const { clock } = parts
  const patience = createPatience(parts)
  /** By uid; `version` is where the next watch begins, empty: list again first. */
  const known = { version: '', pods: new Map<string, Pod>() }
  while (!signal.aborted) {
    const began = clock.now()
    let fault: unknown
    try {
      for await (const pods of oneConnection(parts, { chosen, signal, known })) {
        patience.proven()
        yield pods
      }
    } catch (error) {
      if (signal.aborted) return
      if (!waitingCures(error)) throw error
      const expired = error instanceof ClusterError && error.problem.code === 'cluster_expired'
      if (expired || error instanceof BrokenStreamError) known.version = ''
      fault = error
    }
    if (clock.now() - began >= soundMs) patience.proven()
    await patience.rest(fault, signal)
  }
}

async function* oneConnection(
  parts: WatchParts,
  {
    chosen,
    signal,
    known,
  }: {
    readonly chosen: Chosen
    readonly signal: AbortSignal
    readonly known: { version: string; readonly pods: Map<string, Pod> }
  },
): AsyncGenerator<readonly Pod[]> {
  const { client } = parts
  const path = resourcePath({ apiVersion: 'v1', resource: 'pods', namespace: chosen.namespace })
  const query = { labelSelector: chosen.selector }
  if (known.version === '') {
    const asked = `${path}?${new URLSearchParams(query).toString()}`
    const list = await client.within((deadline) => client.get(asked, deadline))
    known.pods.clear()
    for (const pod of objectsIn(list['items']).map(readPod)) known.pods.set(pod.uid, pod)
    known.version = versionOf(list)
    yield [...known.pods.values()]
  }
  for await (const event of watchEvents(parts, { path, query, signal, known })) {
    if (event === 'bookmark') continue
    const pod = readPod(event.object)
    if (event.type === 'deleted') known.pods.delete(pod.uid)
    else known.pods.set(pod.uid, pod)
    yield [...known.pods.values()]
  }
}
