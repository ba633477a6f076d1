import { groupOfCard, readAlertGroupId } from '../alerts/group.ts'
import type { AlertGroup, AlertGroupId } from '../alerts/group.ts'
import type { AlertProblem } from '../alerts/problems.ts'
import { reachOfGroup } from '../alerts/reach.ts'
import type { Reach } from '../alerts/reach.ts'
import type { Place } from '../chat/incoming.ts'
import type { Action, Refusal } from '../policy/decision.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'
import { refusalToRead } from './permission.ts'

export type Acted =
  | { readonly ok: true; readonly group: AlertGroup }
  | { readonly ok: false; readonly problem: AlertProblem | Refusal }

export interface Acting {
  readonly asking: Asking
  readonly desk: Desk
}

export const refused = (problem: AlertProblem | Refusal): Acted => ({ ok: false, problem })

/** The group in whose thread that is. */
export async function groupOfThread({ channel, thread }: Place, desk: Desk): Promise<AlertGroupId | undefined> {
  const card = thread === undefined ? undefined : await desk.cardAt({ channel, ts: thread })
  return card === undefined ? undefined : groupOfCard(card)
}

/** The group that is meant, if whoever asks may do that about it. */
export async function findGroup(typed: string | undefined, action: Action, { asking, desk }: Acting): Promise<Acted> {
  const id = typed === undefined ? await groupOfThread(asking.place, desk) : readAlertGroupId(typed)
  if (id === undefined)
    return refused(typed === undefined ? { code: 'alert_unnamed' } : { code: 'alert_unknown', id: typed })
  const found = await desk.alerts.ledger.get(id)
  if (!found) return refused({ code: 'alert_unknown', id })
  const refusal = await refusalToTouch(found.value, action, { asking, desk })
  return refusal ? refused(refusal) : { ok: true, group: found.value }
}

/** Decided where the alerts are. Those that belong to no configured cluster are for those who may do it on all of them. */
const refusalToTouch = (group: AlertGroup, action: Action, acting: Acting): Promise<Refusal | undefined> =>
  refusalWithin({ ...reachOfGroup(group, clustersOf(acting)), extent: 'group' }, action, acting)

/** In a list it stands for whoever may look where it is: what names a namespace and no workload may be about any of them. */
export const refusalToList = (group: AlertGroup, acting: Acting): Promise<Refusal | undefined> => {
  const reach = reachOfGroup(group, clustersOf(acting))
  return refusalWithin({ ...reach, extent: reach.namespace === undefined ? 'group' : 'all' }, 'status', acting)
}

/** On each cluster that is reached. `all`: whatever is there, not one group of alerts. */
export async function refusalWithin(
  { cluster: named, namespace, name, extent }: Reach & { readonly extent: 'group' | 'all' },
  action: Action,
  { asking, desk }: Acting,
): Promise<Refusal | undefined> {
  const all = [...desk.clusters.keys()]
  // A namespace of an unknown cluster is not that of ours.
  const within = {
    action,
    ...(named === undefined || namespace === undefined ? {} : { namespace }),
    ...(named === undefined || namespace === undefined || name === undefined ? {} : { name }),
    ...(extent === 'all' ? ({ whole: true } as const) : {}),
  }
  for (const cluster of all.filter((each) => named === undefined || each === named)) {
    const refusal = await refusalToRead(asking, desk, { ...within, cluster })
    if (refusal) return refusal
  }
  return undefined
}

export const clustersOf = ({ desk }: Acting): ReadonlySet<string> => new Set(desk.clusters.keys())
