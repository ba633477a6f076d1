import type { WorkloadKind } from '../../clusters/names.ts'
import { nearNames } from '../../near-names.ts'
import type { Found, Read } from '../argument.ts'
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

/** What a target's text names, as far as it does. */
export interface Pieces {
  readonly clusters: readonly string[]
  readonly namespace?: string
  readonly kind?: WorkloadKind
  readonly name?: string
}

/** The text of a target and its flags together; `one`: no commas between clusters. */
export function readPieces(found: Found, many: 'one' | 'many'): Read<Pieces> {
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

/** The same said twice and differently. */
export function contradiction(flag: string, one: string, other: string): Read<never> {
  return { ok: false, fault: { kind: 'target', why: 'contradiction', flag: `--${flag}`, one, other }, side: flag }
}

function isKindWord(text: string): boolean {
  const lower = text.toLowerCase()
  return kinds.has(lower) || otherKinds.has(lower)
}

/** The one spelling that is echoed; a namespace that reads like a kind stands apart, as a flag. */
export function spell({ clusters, namespace, kind, name }: Pieces): Found {
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
