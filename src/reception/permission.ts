import type { ClusterName } from '../clusters/names.ts'
import type { TargetText } from '../command-line/context.ts'
import type { Action, Refusal, Rule } from '../policy/decision.ts'
import { resolveCluster } from '../targets/resolve.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'
import { looks } from './recording.ts'

/** Where somebody wants to look. */
export interface Look {
  readonly action: Action
  readonly cluster: ClusterName
  readonly namespace?: string
  readonly name?: string
  /** All that is there, not something in particular: see `PolicyRequest`. */
  readonly whole?: true
}

export type Judged = { readonly rule: Rule; readonly refusal: Refusal | undefined }

/** What the policy says to it, without a record. */
export async function judgeLook(
  asking: Asking,
  desk: Desk,
  where: Look & { readonly question?: true },
): Promise<Judged> {
  const environment = desk.clusters.get(where.cluster)?.environment ?? ''
  const decision = await desk.policy.decide({ actor: asking.speaker.actor, environment, ...where })
  if (decision.verdict === 'deny') return { rule: decision.refusal.rule, refusal: decision.refusal }
  const { rule } = decision
  const roles = desk.policy.roles(asking.speaker.actor)
  // A read cannot wait for an approval; a grant that asks for one does not give it.
  const refusal =
    decision.verdict === 'approval' && where.question === undefined
      ? ({ code: 'policy_no_grant', rule, roles, nearest: [], rolesThatMay: [] } as const)
      : undefined
  return { rule, refusal }
}

export function note(
  asking: Asking,
  look: Look & { readonly why: 'asked' | 'listed' },
  { rule, refusal }: Judged,
): void {
  const { action, cluster, namespace, name, why } = look
  const place = [namespace, name].filter((part) => part !== undefined).join('/')
  asking.recording.decided({
    action,
    cluster,
    ...(place === '' ? {} : { place }),
    verdict: refusal ? 'deny' : 'allow',
    rule: rule.name,
    ...(refusal ? { code: refusal.code } : {}),
    why,
  })
}

/** May this person read that there? Undefined: yes. */
export async function refusalToRead(asking: Asking, desk: Desk, where: Look): Promise<Refusal | undefined> {
  const judged = await judgeLook(asking, desk, where)
  note(asking, { ...where, why: 'asked' }, judged)
  return judged.refusal
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
  const where = { action, cluster, name: typed.name, ...(namespace === undefined ? {} : { namespace }) }
  const complete = looks.has(action) && namespace !== undefined
  const judged = await judgeLook(asking, desk, complete ? where : { ...where, question: true })
  // A reason that lifts a freeze is heard where the order is.
  if (!judged.refusal || judged.refusal.code === 'policy_frozen') return undefined
  note(asking, { ...where, why: 'asked' }, judged)
  return judged.refusal
}

/** Somewhere on that cluster, or in that namespace, at least: which rows, is asked once they are known. */
export async function mayReadSomewhere(
  asking: Asking,
  desk: Desk,
  where: Pick<Look, 'action' | 'cluster' | 'namespace'>,
): Promise<Refusal | undefined> {
  const judged = await judgeLook(asking, desk, { ...where, question: true })
  note(asking, { ...where, why: 'asked' }, judged)
  return judged.refusal
}
