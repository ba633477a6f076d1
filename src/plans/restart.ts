import type { Drafted, Scene } from './draft.ts'
import type { Order } from './plan.ts'
import { spelled, workloadObject } from './target.ts'
import { containersOf, templateOf, templatePath } from './template.ts'
import { templateWarnings } from './warnings.ts'

type Restart = Extract<Order, { action: 'restart' | 'pause' | 'resume' }>

/** The patch is empty: what makes new pods, `restartedAt`, is bookkeeping and is added when the patch is sent. */
export function draftRestart(scene: Scene, order: Restart): Drafted {
  const { workload } = scene
  if (workload.deleting || workload.paused) {
    const why = workload.deleting ? 'deleting' : 'paused'
    return { code: 'plan_cannot', action: 'restart', kind: workload.kind, target: spelled(order.target), why }
  }
  const template = templateOf(workload.object)
  return {
    object: workloadObject(workload),
    uid: workload.uid,
    live: workload.object,
    rests: [{ path: templatePath, value: template }],
    besides: null,
    patch: [],
    effect: { kind: 'restart' },
    warnings: templateWarnings(scene, containersOf(template)),
    contested: false,
    rollsOut: true,
  }
}
