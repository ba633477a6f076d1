import type { ClusterName } from '../clusters/names.ts'
import type { TargetText } from '../command-line/context.ts'
import type { Action, Refusal } from '../policy/decision.ts'
import { resolveCluster } from '../targets/resolve.ts'
import type { Asking } from './asking.ts'
import { spokenBy } from './desk.ts'
import type { Desk } from './desk.ts'

/** May this person read that there? Undefined: yes. */
export async function refusalToRead(
  asking: Asking,
  desk: Desk,
  where: {
    readonly action: Action
    readonly cluster: ClusterName
    readonly namespace?: string
    readonly name?: string
  },
): Promise<Refusal | undefined> {
  const environment = desk.clusters.get(where.cluster)?.environment ?? ''
  const decision = await desk.policy.decide({ actor: asking.speaker.actor, environment, ...where })
  if (decision.verdict === 'deny') return decision.refusal
  // A read cannot wait for an approval; a grant that asks for one does not give it.
  if (decision.verdict === 'approval') {
    return { code: 'policy_no_grant', rule: decision.rule, roles: [], nearest: [], rolesThatMay: [] }
  }
  return undefined
}

/** Whoever may not do this in any place that can be meant learns so, and nothing of what runs there, before it is looked for. */
export async function refusalUnseen(
  typed: TargetText,
  action: Action,
  { asking, desk }: { readonly asking: Asking; readonly desk: Desk },
): Promise<Refusal | undefined> {
  const found = resolveCluster(typed.cluster, asking.around, {
    clusters: [...desk.clusters.keys()],
    groups: desk.groups,
  })
  if (!found.ok) return undefined
  const { cluster } = found
  const namespace = typed.namespace ?? asking.around.namespace
  const decision = await desk.policy.decide({
    actor: asking.speaker.actor,
    action,
    cluster,
    environment: desk.clusters.get(cluster)?.environment ?? '',
    name: typed.name,
    ...(namespace === undefined ? {} : { namespace }),
    question: true,
  })
  // What guards and freezes say may turn on values that are known only later.
  if (decision.verdict !== 'deny' || decision.refusal.code !== 'policy_no_grant') return undefined
  const { refusal } = decision
  const details = { verdict: 'deny', code: refusal.code, rule: refusal.rule.name }
  const target = [namespace, typed.name].filter((part) => part !== undefined).join('/')
  await desk.audit.record({
    what: 'decision',
    who: spokenBy(asking.person),
    cluster,
    action,
    target,
    channel: asking.place.channel,
    details,
  })
  return refusal
}

/** Somewhere on that cluster, at least: which namespaces, is asked once they are known. */
export async function mayReadSomewhere(
  asking: Asking,
  desk: Desk,
  where: { readonly action: Action; readonly cluster: ClusterName },
): Promise<Refusal | undefined> {
  const environment = desk.clusters.get(where.cluster)?.environment ?? ''
  const decision = await desk.policy.decide({ actor: asking.speaker.actor, environment, ...where, question: true })
  return decision.verdict === 'deny' ? decision.refusal : undefined
}

/** Those in namespaces that this person may read. */
export async function onlyReadable<Item extends { readonly cluster: ClusterName; readonly namespace: string }>(
  items: readonly Item[],
  { asking, desk, action }: { readonly asking: Asking; readonly desk: Desk; readonly action: Action },
): Promise<readonly Item[]> {
  const allowed = new Map<string, boolean>()
  const key = ({ cluster, namespace }: Item): string => `${cluster}/${namespace}`
  for (const item of items) {
    if (allowed.has(key(item))) continue
    const { cluster, namespace } = item
    allowed.set(key(item), (await refusalToRead(asking, desk, { action, cluster, namespace })) === undefined)
  }
  return items.filter((item) => allowed.get(key(item)) === true)
}
