import { cancel } from '../../src/operations/answer.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { waitsForApproval } from '../../src/operations/states.ts'
import { vote } from '../../src/operations/vote.ts'
import type { Errand, Reaction } from './errands.ts'
import type { Replica } from './replica.ts'
import { touch } from './world.ts'
import type { World } from './world.ts'

/**
 * People in front of waiting cards. Each does one thing after another; whatever a process took from them and died over is taken up by the next
 * one, as the inbox does.
 */
export function createPeople(world: World, team: Operation['requester']['team']) {
  const since = new Map<string, number>()
  const done = new Map<string, number>()
  const asked = new Map<string, Replica>()

  const act = async (reaction: Reaction, operation: Operation, replica: Replica): Promise<void> => {
    const { id, plan } = operation
    switch (reaction.does) {
      case 'touch':
        return touch(world, plan.workload.name, 'registry.example/shop/web:1.4.9')
      case 'leave':
        return world.office.leave(reaction.by)
      case 'cancel':
        await cancel({ id, by: { team, user: reaction.by } }, replica.hands)
        return
      case 'approve':
      case 'reject': {
        const by = { team, user: reaction.by }
        await vote({ id, fingerprint: plan.fingerprint, by, verdict: reaction.does }, replica.hands)
      }
    }
  }

  return ({ cause, reactions }: Errand, operation: Operation, replica: Replica): void => {
    if (!waitsForApproval(operation)) return
    const now = world.clock.now()
    const from = since.get(cause) ?? now
    since.set(cause, from)
    const at = done.get(cause) ?? 0
    const next = reactions[at]
    if (!next || now < from + next.afterMs || asked.get(cause)?.mortal.alive) return
    asked.set(cause, replica)
    void act(next, operation, replica).then(() => {
      if (asked.get(cause) !== replica) return
      done.set(cause, at + 1)
      asked.delete(cause)
    })
  }
}
