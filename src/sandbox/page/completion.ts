import { z } from 'zod'
import type { CommandLine } from '../../command-line/command-line.ts'
import type { LiveNames } from '../../command-line/complete.ts'
import type { PageCompletion, PageWorkload } from './protocol.ts'

/** What a cluster runs, for names that complete. */
export interface Inhabited {
  readonly name: string
  workloads(): readonly Pick<PageWorkload, 'namespace' | 'name' | 'tag' | 'kind'>[]
}

export interface Place {
  readonly cluster?: string
  readonly namespace?: string
}

interface CompletionParts {
  readonly commandLine: CommandLine
  readonly clusters: readonly Inhabited[]
  /** What a channel stands for, as readback.yaml says. */
  readonly placeOf: (channel: string) => Place
  /** Tags to offer besides the ones that run. */
  readonly tags: Readonly<Record<string, readonly string[]>>
}

const Line = z.string().max(2_000)

/** What could be typed next in that channel: the commands' own declarations, with the names of what runs at this moment. */
export function createCompletion({ commandLine, clusters, placeOf, tags }: CompletionParts) {
  const namesFor = (typed: string, place: Place): LiveNames => {
    const found = clusters.flatMap((cluster) =>
      cluster.workloads().map((workload) => ({ cluster: cluster.name, ...workload })),
    )
    const here = found.filter(
      ({ cluster, namespace }) => cluster === place.cluster && (place.namespace ?? namespace) === namespace,
    )
    const words = typed.split(/\s+/).slice(0, -1)
    const meant = found.filter(({ cluster, namespace, name }) =>
      [name, `${namespace}/${name}`, `${cluster}:${namespace}/${name}`].some((spelling) => words.includes(spelling)),
    )
    const bare = new Set(place.cluster === undefined ? found.map(({ name }) => name) : here.map(({ name }) => name))
    return {
      clusters: clusters.map(({ name }) => name),
      namespaces: [...new Set(found.map(({ namespace }) => namespace))],
      workloads: [...bare, ...found.map(({ cluster, namespace, name }) => `${cluster}:${namespace}/${name}`)],
      containers: [],
      images: [...new Set(meant.flatMap(({ name, tag }) => [...(tags[name] ?? []), tag]))],
      operations: [],
    }
  }
  return (typed: string, channel: string): PageCompletion => {
    const line = Line.parse(typed)
    const { from, candidates, expecting } = commandLine.complete(line, namesFor(line, placeOf(channel)))
    const about = aboutWorkloads(clusters, placeOf(channel))
    const told = candidates.map((one) =>
      one.kind === 'value' && one.about === '' ? { ...one, about: about.get(one.text) ?? '' } : one,
    )
    return { from, candidates: told, ...(expecting === undefined ? {} : { expecting: expecting.about }) }
  }
}
/** Names as they may be typed in that place, with what is known about each. */
function aboutWorkloads(clusters: readonly Inhabited[], place: Place): ReadonlyMap<string, string> {
  const about = new Map<string, string>()
  for (const cluster of clusters)
    for (const { namespace, name, tag, kind } of cluster.workloads()) {
      about.set(`${cluster.name}:${namespace}/${name}`, `${kind}, now ${tag}`)
      if (cluster.name === place.cluster && namespace === place.namespace)
        about.set(name, `${kind} in ${cluster.name}, now ${tag}`)
    }
  return about
}

export type Completion = ReturnType<typeof createCompletion>
