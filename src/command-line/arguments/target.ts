import type { WorkloadKind } from '../../clusters/names.ts'
import { nearNames } from '../../near-names.ts'
import type { Argument, Found, Read, Side } from '../argument.ts'
import type { ScopeText, TargetText, WorkloadsText } from '../context.ts'
import type { Fault } from '../problems.ts'
import { isClusterName, isLabel, isSubdomain, likeName } from './names.ts'

const kinds: ReadonlyMap<string, WorkloadKind> = new Map([
  ...['deployment', 'deployments', 'deploy', 'deployment.apps', 'deployments.apps'].map(
    (alias) => [alias, 'Deployment'] as const,
  ),
  ...['statefulset', 'statefulsets', 'sts', 'statefulset.apps', 'statefulsets.apps'].map(
    (alias) => [alias, 'StatefulSet'] as const,
  ),
  ...['daemonset', 'daemonsets', 'ds', 'daemonset.apps', 'daemonsets.apps'].map(
    (alias) => [alias, 'DaemonSet'] as const,
  ),
])

/** Kinds that people try from habit. A namespace of such a name is given with `--namespace`. */
const otherKinds: ReadonlySet<string> = new Set(
  'po pod pods rs replicaset replicasets svc service services cj cronjob cronjobs job jobs no node nodes ing ingress hpa cm configmap secret secrets pvc pv'.split(
    ' ',
  ),
)

const kindNames = ['deployment', 'statefulset', 'daemonset']

interface Pieces {
  readonly clusters: readonly string[]
  readonly namespace?: string
  readonly kind?: WorkloadKind
  readonly name?: string
}

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

function readPieces(found: Found, many: 'one' | 'many'): Read<Pieces> {
  const own = found.own === undefined ? { clusters: [] } : readText(found.own, many)
  if ('why' in own) return { ok: false, fault: own }
  const { cluster, namespace } = found.sides
  const named = cluster === undefined ? [] : clusterList(cluster, many)
  if ('why' in named) return { ok: false, fault: named, side: 'cluster' }
  if (namespace !== undefined && !isLabel(namespace)) {
    return { ok: false, fault: badName('namespace', namespace, isLabel), side: 'namespace' }
  }
  if (own.clusters.length > 0 && cluster !== undefined && own.clusters.join() !== named.join()) {
    return contradiction('cluster', own.clusters.join(), cluster)
  }
  if (own.namespace !== undefined && namespace !== undefined && own.namespace !== namespace) {
    return contradiction('namespace', own.namespace, namespace)
  }
  const place = namespace ?? own.namespace
  const value = {
    ...own,
    clusters: own.clusters.length > 0 ? own.clusters : named,
    ...(place === undefined ? {} : { namespace: place }),
  }
  return { ok: true, value, canonical: spell(value) }
}

function readText(text: string, many: 'one' | 'many'): Pieces | Fault {
  const [before, after, more] = text.split(':')
  if (before === undefined || more !== undefined) return { kind: 'target', why: 'shape' }
  const clusters = after === undefined ? [] : clusterList(before, many)
  if ('why' in clusters) return clusters
  const parts = (after ?? before).split('/')
  const name = parts.pop()
  if (name === undefined || name === '' || parts.length > 2 || parts.includes(''))
    return { kind: 'target', why: 'shape' }
  const kindText = parts.length === 2 || isKindWord(parts[0] ?? '') ? parts.pop() : undefined
  const [namespace] = parts
  const kind = kindText === undefined ? undefined : kinds.get(kindText.toLowerCase())
  if (kindText !== undefined && kind === undefined) {
    return { kind: 'target', why: 'kind', part: kindText, near: nearNames(kindText, kindNames), kinds: kindNames }
  }
  if (namespace !== undefined && !isLabel(namespace)) return badName('namespace', namespace, isLabel)
  if (!isSubdomain(name)) return badName('name', name, isSubdomain)
  return { clusters, ...(namespace === undefined ? {} : { namespace }), ...(kind === undefined ? {} : { kind }), name }
}

function clusterList(text: string, many: 'one' | 'many'): readonly string[] | Fault {
  const names = many === 'many' ? text.split(',') : [text]
  const wrong = names.find((name) => !isClusterName(name))
  return wrong === undefined ? [...new Set(names)] : badName('cluster', wrong, isClusterName)
}

function badName(why: 'cluster' | 'namespace' | 'name', part: string, isName: (text: string) => boolean): Fault {
  return { kind: 'target', why, part, like: likeName(part, isName) }
}

function contradiction(flag: string, one: string, other: string): Read<never> {
  return { ok: false, fault: { kind: 'target', why: 'contradiction', flag: `--${flag}`, one, other }, side: flag }
}

function isKindWord(text: string): boolean {
  const lower = text.toLowerCase()
  return kinds.has(lower) || otherKinds.has(lower)
}

function spell({ clusters, namespace, kind, name }: Pieces): Found {
  const cluster = clusters.join()
  if (name === undefined) {
    return {
      own: undefined,
      sides: { ...(cluster === '' ? {} : { cluster }), ...(namespace === undefined ? {} : { namespace }) },
    }
  }
  const apart = namespace !== undefined && kind === undefined && isKindWord(namespace)
  const parts = [
    ...(namespace === undefined || apart ? [] : [namespace]),
    ...(kind === undefined ? [] : [kind.toLowerCase()]),
    name,
  ]
  return {
    own: `${cluster === '' ? '' : `${cluster}:`}${parts.join('/')}`,
    sides: apart && namespace !== undefined ? { namespace } : {},
  }
}
