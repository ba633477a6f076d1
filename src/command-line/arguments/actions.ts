import type { Action } from '../../policy/decision.ts'
import type { Argument } from '../argument.ts'
import { choice } from './values.ts'

/** Every action of the policy; a test compares. */
const actions = [
  'deploy',
  'scale',
  'rollback',
  'restart',
  'pause',
  'resume',
  'promote',
  'abort',
  'cancel',
  'status',
  'logs',
  'metrics',
  'query',
  'events',
  'history',
  'clusters',
  'audit',
  'silence',
  'ack',
  'freeze',
  'break-glass',
] as const satisfies readonly Action[]

/** Something that the policy can allow. */
export function action(about: string): Argument<Action> {
  return choice(actions, about)
}
