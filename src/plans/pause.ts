import type { Workload } from '../clusters/nouns.ts'
import type { Drafted, Scene } from './draft.ts'
import type { Order, PlanProblem } from './plan.ts'
import { at } from './pointer.ts'
import { spelled, workloadObject } from './target.ts'
import { templateOf, templatePath } from './template.ts'
import { ownerWarnings } from './warnings.ts'

type Pause = Extract<Order, { action: 'restart' | 'pause' | 'resume' }>
type Refusal = Extract<PlanProblem, { code: 'plan_cannot' }>['why']

/** `spec.paused` of a Deployment; the other kinds have none. A resume rests on the template too: that is what would roll out. */
export function draftPause({ workload }: Scene, order: Pause): Drafted {
  const why = refusal(workload, order)
  if (why) return { code: 'plan_cannot', action: order.action, kind: workload.kind, target: spelled(order.target), why }
  const pausing = order.action === 'pause'
  const owners = ownerWarnings(workload.owners)
  const present = at(workload.object, '/spec/paused')
  return {
    object: workloadObject(workload),
    uid: workload.uid,
    live: workload.object,
    rests: [
      { path: '/spec/paused', value: present },
      ...(pausing ? [] : [{ path: templatePath, value: templateOf(workload.object) }]),
    ],
    besides: null,
    patch: [{ op: present === undefined ? 'add' : 'replace', path: '/spec/paused', value: pausing }],
    effect: { kind: 'paused', after: pausing },
    back: { action: pausing ? 'resume' : 'pause', restore: [{ path: '/spec/paused', value: !pausing }], anchors: [] },
    warnings: owners.warnings,
    contested: owners.contested,
    rollsOut: !pausing,
  }
}

function refusal({ kind, deleting, paused }: Workload, { action }: Pause): Refusal | undefined {
  if (kind !== 'Deployment') return 'kind-has-no-pause'
  if (deleting) return 'deleting'
  if (action === 'pause') return paused ? 'already-paused' : undefined
  return paused ? undefined : 'not-paused'
}
