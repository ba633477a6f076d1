import type { Argument, Found, Read, Side } from '../argument.ts'
import type { ScopeText, TargetText, WorkloadsText } from '../context.ts'
import { contradiction, readPieces, spell } from './target-text.ts'
import type { Pieces } from './target-text.ts'

const sides: readonly Side[] = [
  {
    name: 'cluster',
    label: 'CLUSTER',
    about: 'the cluster it is on; “to prod” and “on prod” say the same',
    words: ['to', 'on'],
    fits: (text) => /[a-z]/i.test(text),
  },
  {
    name: 'namespace',
    label: 'NAMESPACE',
    about: 'its namespace; “in shop” says the same',
    short: 'n',
    words: ['in'],
    fits: () => true,
  },
]

/**
 * One workload on one cluster: `[cluster:][namespace/][kind/]name`, or with `--cluster` and `--namespace`. In two parts the
 * first is a kind where it reads as one (`deploy/web`), else a namespace.
 */
export function target(about = 'the workload: [cluster:][namespace/][kind/]name'): Argument<TargetText> {
  return {
    ...shape('target', about),
    required: true,
    read(found) {
      const read = readPieces(found, 'one')
      if (!read.ok) return read
      const { clusters, name = '', ...place } = read.value
      const [cluster] = clusters
      return { ...read, value: { ...(cluster === undefined ? {} : { cluster }), ...place, name } }
    },
  }
}

/** One workload or several of one cluster, with commas between them; where no name is given, cluster and namespace alone. */
export function workloads(about = 'the workload, or several: web,api'): Argument<WorkloadsText> {
  return { ...shape('target', about), required: false, read: readSeveral }
}

function readSeveral({ own, sides: given }: Found): Read<WorkloadsText> {
  const [text, ...others] = own?.split(',') ?? []
  const first = readPieces({ own: text, sides: given }, 'one')
  if (!first.ok) return first
  const { clusters, namespace, kind, name } = first.value
  const [cluster] = clusters
  const place = { ...(cluster === undefined ? {} : { cluster }), ...(namespace === undefined ? {} : { namespace }) }
  const workload = (one: Pick<Pieces, 'kind' | 'name'>) => ({
    ...(one.kind ? { kind: one.kind } : {}),
    name: one.name ?? '',
  })
  const found: TargetText[] = name === undefined ? [] : [{ ...place, ...workload({ ...(kind ? { kind } : {}), name }) }]
  const spelled = first.canonical.own === undefined ? [] : [first.canonical.own]
  for (const other of others) {
    const read = readPieces({ own: other, sides: {} }, 'one')
    if (!read.ok) return read
    const [also] = read.value.clusters
    if (also !== undefined && also !== cluster) return contradiction('cluster', cluster ?? '', also)
    const elsewhere = read.value.namespace === namespace ? undefined : read.value.namespace
    const { own: short, sides: apart } = spell({
      ...workload(read.value),
      clusters: [],
      ...(elsewhere === undefined ? {} : { namespace: elsewhere }),
    })
    // A namespace that reads like a kind can be said by flag only, and that one is for all.
    if (short === undefined || apart['namespace'] !== undefined)
      return { ok: false, fault: { kind: 'target', why: 'shape' } }
    spelled.push(short)
    found.push({ ...place, ...(elsewhere === undefined ? {} : { namespace: elsewhere }), ...workload(read.value) })
  }
  const canonical = { own: spelled.length === 0 ? undefined : spelled.join(), sides: first.canonical.sides }
  return { ok: true, value: { ...place, workloads: found }, canonical }
}

/** What a read looks at: as a target, with several clusters or groups (`--cluster test,prod`), and the name may be left out. */
export function scope(about = 'a workload; without one, all there is'): Argument<ScopeText> {
  return { ...shape('scope', about), required: false, read: (found) => readPieces(found, 'many') }
}

function shape(kind: 'target' | 'scope', about: string): Omit<Argument<unknown>, 'read' | 'required'> {
  return { kind, place: 'positional', about, label: 'WORKLOAD', words: [], sides, fits: () => true }
}
