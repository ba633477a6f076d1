import type { AuditEntry } from '../audit/audit.ts'
import { readAlertGroupId } from '../alerts/group.ts'
import { problemMessage } from '../cards/problem-card.ts'
import { unrecorded } from '../cards/unrecorded.ts'
import type { Click } from '../chat/incoming.ts'
import type { TypedCommand } from '../command-line/command.ts'
import type { CommandProblem } from '../command-line/problems.ts'
import { readOperationId } from '../operations/operation-id.ts'
import { alone } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Asking } from './asking.ts'
import { spokenBy } from './desk.ts'
import { looks } from './recording.ts'

/** An order as it goes on the trail. What only looks does not wait for that. */
export interface Recorded {
  readonly entry: AuditEntry
  readonly kind: 'look' | 'act'
}

const ordered = ({ person, place }: Asking) => ({ what: 'command', who: spokenBy(person), channel: place.channel })

/** The same order, taken up once more after a crash. */
const mark = ({ again }: Asking) => (again ? { again: true } : {})

export const typedOrder = ({ action, canonical }: TypedCommand, asking: Asking): Recorded => ({
  entry: { ...ordered(asking), action, details: { line: canonical, ...mark(asking) } },
  kind: looks.has(action) ? 'look' : 'act',
})

/** What was typed is left out: nobody knows what it is. */
export const misreadOrder = ({ code }: CommandProblem, asking: Asking): Recorded => ({
  entry: { ...ordered(asking), details: { problem: code } },
  kind: 'look',
})

/** Buttons that do not stand for a line: those of operations, and the end of a follow. */
export function clickedOrder({ action, value }: Pick<Click, 'action' | 'value'>, asking: Asking): Recorded {
  const alert = action.startsWith('alert.') ? readAlertGroupId(value) : undefined
  const operation = action.startsWith('operation.') ? readOperationId(value.split(':')[0] ?? '') : undefined
  return {
    entry: {
      ...ordered(asking),
      ...(operation === undefined ? {} : { operation }),
      details: {
        click: action,
        ...(action.startsWith('logs.') ? { follow: value } : {}),
        ...(alert === undefined ? {} : { alert }),
        ...mark(asking),
      },
    },
    kind: /^(operation|alert)\./.test(action) ? 'act' : 'look',
  }
}

/** On the trail before it is done; without the trail nothing is done but looking, and what is seen is marked. */
export async function recorded(
  { entry, kind }: Recorded,
  { recording, texts, placeTexts }: Asking,
  work: () => Promise<Answer>,
): Promise<Answer> {
  recording.note(entry)
  if (kind === 'act' && !(await recording.done())) {
    return alone(problemMessage({ code: 'operation_unrecorded' }, texts))
  }
  const answer = await work()
  if ((await recording.done()) || (answer.kind !== 'channel' && answer.kind !== 'alone')) return answer
  return { ...answer, message: unrecorded(answer.message, answer.kind === 'channel' ? placeTexts : texts) }
}
