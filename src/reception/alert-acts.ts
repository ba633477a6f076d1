import { acknowledge, unacknowledge } from '../alerts/deeds.ts'
import type { AlertGroup, AlertGroupId } from '../alerts/group.ts'
import type { AlertProblem } from '../alerts/problems.ts'
import { clusterOf } from '../alerts/workload.ts'
import type { AlertNotes } from '../cards/alert-notes.ts'
import { clustersOf, findGroup, refused } from './alert-groups.ts'
import type { Acted, Acting } from './alert-groups.ts'
import { spokenBy } from './desk.ts'

export async function acknowledgeGroup(typed: string | undefined, acting: Acting): Promise<Acted> {
  const found = await findGroup(typed, 'ack', acting)
  if (!found.ok) return found
  const { asking, desk } = acting
  await record({ what: 'ack', group: found.group }, acting)
  const at = await desk.store.now()
  return change(found.group.id, acting, (group) => {
    const deed = acknowledge(group, asking.person, at)
    if (!deed.ok || !deed.next) return deed
    const note = group.acknowledged ? [] : desk.alerts.notes.acknowledged(deed.next, { by: asking.person, at })
    return { ...deed, with: note }
  })
}

export async function unacknowledgeGroup(typed: string | undefined, acting: Acting): Promise<Acted> {
  const found = await findGroup(typed, 'ack', acting)
  if (!found.ok) return found
  const { asking, desk } = acting
  await record({ what: 'unack', group: found.group }, acting)
  const at = await desk.store.now()
  return change(found.group.id, acting, (group) => {
    const deed = unacknowledge(group, at)
    if (!deed.ok || !deed.next) return deed
    return { ...deed, with: desk.alerts.notes.unacknowledged(deed.next, { by: asking.person, at }) }
  })
}

type Changing =
  | {
      readonly ok: true
      readonly next?: AlertGroup | undefined
      readonly with?: ReturnType<AlertNotes['acknowledged']>
    }
  | { readonly ok: false; readonly problem: AlertProblem }

/** One deed on the stored group, with the note about it; asked again where somebody else was faster. */
export async function change(
  id: AlertGroupId,
  { desk }: Acting,
  deed: (group: AlertGroup) => Changing,
): Promise<Acted> {
  let problem: AlertProblem | undefined
  const stored = await desk.alerts.ledger.amend(id, (group) => {
    const done = deed(group)
    problem = done.ok ? undefined : done.problem
    if (!done.ok || !done.next) return undefined
    return { next: done.next, ...(done.with ? { with: done.with } : {}) }
  })
  if (problem) return refused(problem)
  return stored ? { ok: true, group: stored.value } : refused({ code: 'alert_unknown', id })
}

/** On the trail, after the decision that allows it and before it is done. */
export async function record(
  act: {
    readonly what: 'ack' | 'unack' | 'silence' | 'unsilence'
    readonly group: AlertGroup
    readonly details?: Readonly<Record<string, string | number | readonly string[]>>
  },
  { asking, desk }: Acting,
): Promise<void> {
  const { what, group, details = {} } = act
  await asking.recording.done()
  const cluster = clusterOf(group, clustersOf({ asking, desk }))
  const name = group.members.find((member) => member.details)?.details?.labels['alertname']
  await desk.audit.record({
    what,
    who: spokenBy(asking.person),
    ...(cluster === undefined ? {} : { cluster }),
    channel: asking.place.channel,
    details: { alert: group.id, ...(name === undefined ? {} : { name }), ...details },
  })
}
