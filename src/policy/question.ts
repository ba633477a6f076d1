import type { Bounds } from './decision.ts'
import type { Asked } from './schema.ts'
import type { KnownClusters, Question } from './policy.ts'

/** `[cluster][:[namespace/][kind/]name]` in its parts; a trailing slash is a namespace alone. */
export function splitPlace(where: string): {
  readonly cluster: string
  readonly namespace?: string
  readonly name?: string
} {
  const [cluster = '', rest = ''] = where.split(':')
  const parts = rest.split('/')
  const name = parts.at(-1) ?? ''
  const namespace = parts.length > 1 ? parts[0] : undefined
  return { cluster, ...(namespace ? { namespace } : {}), ...(name === '' ? {} : { name }) }
}

/** A case, or a question typed on the command line, as `decide` wants it. */
export function toQuestion(
  asked: Pick<Asked, 'may' | 'where' | 'with'>,
  context: { readonly clusters: KnownClusters; readonly at: number },
): Question {
  const place = splitPlace(asked.where)
  const { replicas, before, images, 'break-glass': breakGlass } = asked.with
  const after = toBounds(replicas)
  const earlier = toBounds(before)
  return {
    action: asked.may,
    ...place,
    environment: context.clusters.get(place.cluster) ?? '',
    ...(after === undefined ? {} : { replicas: earlier === undefined ? { after } : { before: earlier, after } }),
    ...(images === undefined ? {} : { images }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
    at: context.at,
    question: true,
  }
}

function toBounds(
  range: { readonly min?: number | undefined; readonly max?: number | undefined } | undefined,
): Bounds | undefined {
  if (range === undefined) return undefined
  return { min: range.min ?? range.max ?? 0, max: range.max ?? range.min ?? 0 }
}
