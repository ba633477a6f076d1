import type { Pod } from '../nouns.ts'
import type { WatchParts } from './watch-stream.ts'
import { objectsIn } from '../reading/fields.ts'
import { readPod } from '../reading/pod.ts'
import { resourcePath } from './paths.ts'
import { reconnecting } from './reconnecting.ts'
import { versionOf, watchEvents } from './watch-stream.ts'

interface Chosen {
  readonly namespace: string
  readonly selector: string
}

/** By uid; `version` is where the next watch begins, empty: list again first. */
interface Known {
  version: string
  readonly pods: Map<string, Pod>
}

/** See `ClusterAccess.watchPods`. */
export function watchPods(parts: WatchParts, chosen: Chosen, signal: AbortSignal): AsyncGenerator<readonly Pod[]> {
  const known: Known = { version: '', pods: new Map() }
  const connect = (proven: () => void): AsyncIterable<readonly Pod[]> =>
    oneConnection(parts, { chosen, signal, known, proven })
  return reconnecting(parts, { known, signal, connect })
}

async function* oneConnection(
  parts: WatchParts,
  { chosen, signal, known, proven }: { chosen: Chosen; signal: AbortSignal; known: Known; proven: () => void },
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
    proven()
    if (event === 'bookmark') continue
    const pod = readPod(event.object)
    if (event.type === 'deleted') known.pods.delete(pod.uid)
    else known.pods.set(pod.uid, pod)
    yield [...known.pods.values()]
  }
}
